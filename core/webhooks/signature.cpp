#include "core/webhooks/signature.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/base/base64.hpp"

namespace doodled {

std::optional<std::vector<std::uint8_t>> signing_key(const llm::Secret& secret) {
  constexpr std::string_view prefix = "whsec_";
  const std::string_view text = secret.reveal();
  if (!text.starts_with(prefix)) return std::vector<std::uint8_t>(text.begin(), text.end());
  const auto bytes = from_base64(text.substr(prefix.size()));
  if (!bytes || bytes->empty()) return std::nullopt;
  return std::vector<std::uint8_t>(bytes->begin(), bytes->end());
}

std::string webhook_signature(const std::vector<std::uint8_t>& key, std::string_view id, std::int64_t seconds,
                              std::string_view body) {
  const std::string text = std::string(id) + "." + std::to_string(seconds) + "." + std::string(body);
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size) == nullptr)
    throw std::runtime_error("libcrypto knows no HMAC-SHA256");
  return "v1," + base64(Bytes(digest).first(size));
}

}  // namespace doodled
