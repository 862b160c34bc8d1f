#include "server/certificate/own_certificate.hpp"

#include <cstdio>
#include <ctime>
#include <memory>

#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace doodled {
namespace {

constexpr std::int64_t day = 86'400;
constexpr std::int64_t lasts = 825 * day, renewed_before = 30 * day;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* one) const {
    Free(one);
  }
};
using Certificate = std::unique_ptr<X509, Freed<&X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<&X509_EXTENSION_free>>;
using File = std::unique_ptr<std::FILE, Freed<&std::fclose>>;

File open_file(const std::filesystem::path& path, const char* mode) {
  return File(std::fopen(path.c_str(), mode));
}

bool lasts_until(const std::filesystem::path& file, std::time_t when, std::time_t now) {
  const auto stream = open_file(file, "r");
  if (!stream) return false;
  const Certificate certificate(PEM_read_X509(stream.get(), nullptr, nullptr, nullptr));
  if (!certificate) return false;
  return X509_cmp_time(X509_get0_notBefore(certificate.get()), &now) < 0 &&
         X509_cmp_time(X509_get0_notAfter(certificate.get()), &when) > 0;
}

std::string alternative_names(const CertificateWish& wish) {
  std::string text;
  for (const auto& name : wish.names) text += (text.empty() ? "DNS:" : ",DNS:") + name;
  for (const auto& address : wish.addresses) text += (text.empty() ? "IP:" : ",IP:") + address;
  return text;
}

bool extend(X509& certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

// RFC 5280, 4.1.2.2: positive, and nobody could guess it.
bool set_serial(X509& certificate) {
  const Number serial(BN_new());
  return serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(&certificate)) != nullptr;
}

bool set_names(X509& certificate, const std::string& name) {
  auto* subject = X509_get_subject_name(&certificate);
  const auto* bytes = reinterpret_cast<const unsigned char*>(name.data());
  return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, bytes, static_cast<int>(name.size()), -1,
                                    0) == 1 &&
         X509_set_issuer_name(&certificate, subject) == 1;
}

// Valid from a day ago: clocks of phones differ.
bool set_times(X509& certificate, std::time_t now) {
  return X509_time_adj_ex(X509_getm_notBefore(&certificate), -1, 0, &now) != nullptr &&
         X509_time_adj_ex(X509_getm_notAfter(&certificate), static_cast<int>(lasts / day), 0, &now) !=
             nullptr;
}

Certificate signed_by_itself(EVP_PKEY& key, const CertificateWish& wish, std::time_t now) {
  Certificate certificate(X509_new());
  const auto name = wish.names.empty() ? std::string("doodled") : wish.names.front().substr(0, 64);
  if (!certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1 || !set_serial(*certificate) ||
      !set_names(*certificate, name) || !set_times(*certificate, now) ||
      X509_set_pubkey(certificate.get(), &key) != 1 ||
      !extend(*certificate, NID_basic_constraints, "critical,CA:FALSE") ||
      !extend(*certificate, NID_key_usage, "critical,digitalSignature") ||
      !extend(*certificate, NID_ext_key_usage, "serverAuth") ||
      !extend(*certificate, NID_subject_alt_name, alternative_names(wish)) ||
      X509_sign(certificate.get(), &key, EVP_sha256()) == 0)
    return nullptr;
  return certificate;
}

// Readable by us alone from the first byte on.
bool write_key(const std::filesystem::path& file, EVP_PKEY& key) {
  ::unlink(file.c_str());
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const File stream(::fdopen(descriptor, "w"));
  return stream &&
         PEM_write_PKCS8PrivateKey(stream.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
         std::fflush(stream.get()) == 0;
}

bool write_certificate(const std::filesystem::path& file, X509& certificate) {
  const auto stream = open_file(file, "w");
  return stream && PEM_write_X509(stream.get(), &certificate) == 1 && std::fflush(stream.get()) == 0;
}

// Under other names first, so that a start that is cut off leaves no half of a pair.
bool make(const CertificateFiles& files, const CertificateWish& wish, std::time_t now) {
  const Key key(EVP_EC_gen("P-256"));
  const auto certificate = key ? signed_by_itself(*key, wish, now) : nullptr;
  const CertificateFiles fresh{files.certificate.string() + ".new", files.key.string() + ".new"};
  if (!certificate || !write_key(fresh.key, *key) || !write_certificate(fresh.certificate, *certificate))
    return false;
  std::error_code failed;
  std::filesystem::rename(fresh.key, files.key, failed);
  if (!failed) std::filesystem::rename(fresh.certificate, files.certificate, failed);
  return !failed;
}

}  // namespace

Result<CertificateFiles> own_certificate(const std::filesystem::path& folder, const CertificateWish& wish,
                                         std::int64_t wall_ms) {
  CertificateFiles files{folder / "certificate.pem", folder / "key.pem"};
  const auto now = static_cast<std::time_t>(wall_ms / 1000);
  if (std::filesystem::exists(files.key) && lasts_until(files.certificate, now + renewed_before, now))
    return files;
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  if (make(files, wish, now)) return files;
  const auto message = "no certificate can be made in " + folder.string();
  return Error{"invalid_settings", message, {{"tls.certificate", message}}};
}

}  // namespace doodled
