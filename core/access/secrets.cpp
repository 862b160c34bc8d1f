#include "core/access/secrets.hpp"

#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace doodled {
namespace {

constexpr std::string_view base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// A byte of randomness for each character.
std::string random_text(std::string_view alphabet, std::size_t length) {
  std::string text(length, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(text.data()), static_cast<int>(length)) != 1)
    throw std::runtime_error("the system has no random numbers");
  for (auto& c : text) c = alphabet[static_cast<unsigned char>(c) % alphabet.size()];
  return text;
}

}  // namespace

static_assert(256 % base32.size() == 0 && 256 % base64url.size() == 0, "every character is as likely");

std::string new_token_secret() { return "doodled_" + random_text(base64url, 43); }

std::string new_code() { return random_text(base32, 8); }

std::string shown_code(std::string_view code) {
  return std::string(code.substr(0, 4)).append("-").append(code.substr(4));
}

std::string typed_code(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    code += c;
  }
  return code;
}

bool same_secret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace doodled
