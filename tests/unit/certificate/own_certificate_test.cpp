#include "server/certificate/own_certificate.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;

namespace {

constexpr std::int64_t day_ms = 86'400'000;

struct Fixture {
  test::TemporaryDirectory directory;
  CertificateWish wish{{"studio", "studio.local", "localhost"}, {"127.0.0.1", "::1", "192.168.1.20"}};

  CertificateFiles made(std::int64_t wall_ms = test::noon) {
    return *own_certificate(directory.path() / "tls", wish, wall_ms);
  }
};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

template <class T, class Read>
std::shared_ptr<T> read_pem(const std::filesystem::path& file, Read read, void (*free)(T*)) {
  std::FILE* stream = std::fopen(file.c_str(), "r");
  std::shared_ptr<T> one(read(stream, nullptr, nullptr, nullptr), free);
  std::fclose(stream);
  return one;
}

std::shared_ptr<X509> certificate_in(const CertificateFiles& files) {
  return read_pem<X509>(files.certificate, &PEM_read_X509, &X509_free);
}

}  // namespace

TEST_SUITE("own certificate") {
  TEST_CASE_FIXTURE(Fixture, "it is for the names and addresses of the box and signed by its own key") {
    const auto files = made();
    const auto certificate = certificate_in(files);
    const auto key = read_pem<EVP_PKEY>(files.key, &PEM_read_PrivateKey, &EVP_PKEY_free);
    REQUIRE(certificate);
    CHECK(X509_check_private_key(certificate.get(), key.get()) == 1);
    CHECK(X509_verify(certificate.get(), key.get()) == 1);
    for (const auto& name : wish.names)
      CHECK(X509_check_host(certificate.get(), name.data(), name.size(), 0, nullptr) == 1);
    for (const auto& address : wish.addresses)
      CHECK(X509_check_ip_asc(certificate.get(), address.c_str(), 0) == 1);
    CHECK(X509_check_ip_asc(certificate.get(), "192.168.1.21", 0) == 0);
    CHECK(X509_check_purpose(certificate.get(), X509_PURPOSE_SSL_SERVER, 0) == 1);
  }

  TEST_CASE_FIXTURE(Fixture, "nobody else may read the key") {
    const auto mode = std::filesystem::status(made().key).permissions();
    CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  }

  TEST_CASE_FIXTURE(Fixture, "it stays the same until it is about to end") {
    const auto first = text_of(made().certificate);
    CHECK(text_of(made(test::noon + 794 * day_ms).certificate) == first);
    CHECK(text_of(made(test::noon + 796 * day_ms).certificate) != first);
  }

  TEST_CASE_FIXTURE(Fixture, "one that is damaged, of another time, or without its key is made anew") {
    const auto files = made();
    const auto first = text_of(files.certificate);
    CHECK(text_of(made(test::noon - 400 * day_ms).certificate) != first);
    std::ofstream(files.certificate) << "no certificate";
    CHECK(certificate_in(made()));
    std::filesystem::remove(files.key);
    CHECK(std::filesystem::exists(made().key));
  }

  TEST_CASE_FIXTURE(Fixture, "where nothing can be written it says so") {
    std::ofstream(directory.path() / "tls") << "in the way";
    const auto refused = own_certificate(directory.path() / "tls", wish, test::noon);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().problems[0].pointer == "tls.certificate");
  }
}
