#include "server/http/tls.hpp"

#include <string_view>

#include <openssl/ssl.h>

#include "server/http/tls_context.hpp"

namespace doodled::http {
namespace {

constexpr std::string_view protocols = "\x08http/1.1";  // RFC 7301, 3.1: each with its length before it

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
  unsigned char* found = nullptr;
  const auto* ours = reinterpret_cast<const unsigned char*>(protocols.data());
  if (SSL_select_next_proto(&found, length, ours, static_cast<unsigned int>(protocols.size()), offered,
                            offered_length) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

Error unusable(std::string field, const std::filesystem::path& file, const std::string& reason) {
  return {"invalid_settings", "TLS can't be used", {{std::move(field), file.string() + ": " + reason}}};
}

void set_rules(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
}

}  // namespace

Tls::Tls(std::unique_ptr<Context> context, std::string strict_transport_security)
    : context_(std::move(context)), strict_transport_security_(std::move(strict_transport_security)) {}
Tls::~Tls() = default;

Result<std::shared_ptr<const Tls>> Tls::load(const TlsFiles& files) {
  auto context = std::make_unique<Context>();
  auto& ssl = context->ssl;
  set_rules(ssl.native_handle());
  boost::system::error_code failed;
  ssl.use_certificate_chain_file(files.certificate.string(), failed);
  if (failed) return unusable("tls.certificate", files.certificate, failed.message());
  ssl.use_private_key_file(files.key.string(), boost::asio::ssl::context::pem, failed);
  if (failed) return unusable("tls.key", files.key, failed.message());
  if (SSL_CTX_check_private_key(ssl.native_handle()) != 1)
    return unusable("tls.key", files.key, "is not the key of the certificate");
  return std::make_shared<const Tls>(
      std::move(context), files.strict ? "max-age=" + std::to_string(files.strict->count()) : std::string());
}

}  // namespace doodled::http
