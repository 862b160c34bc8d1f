#include "core/base/ids.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>

namespace doodled {
namespace {

constexpr std::string_view crockford = "0123456789abcdefghjkmnpqrstvwxyz";

// How often this process was forked off another; a child must not draw its parent's bytes again.
std::atomic<unsigned> generation = 0;

// Fetched for many ids at once: a fetch has a price of its own. A child of this process fetches its own.
class RandomBytes {
 public:
  std::array<std::uint8_t, 16> next() {
    if (at_ == bytes_.size() || generation_ != generation.load(std::memory_order_relaxed)) fetch();
    return bytes_[at_++];
  }

 private:
  void fetch() {
    if (RAND_bytes(bytes_.front().data(), sizeof bytes_) != 1)
      throw std::runtime_error("no random bytes to be had");
    at_ = 0;
    generation_ = generation.load(std::memory_order_relaxed);
  }

  std::array<std::array<std::uint8_t, 16>, 256> bytes_{};
  std::size_t at_ = bytes_.size();
  unsigned generation_ = 0;
};

[[maybe_unused]] const int counts_forks =
    ::pthread_atfork(nullptr, nullptr, [] { generation.fetch_add(1, std::memory_order_relaxed); });

}  // namespace

std::string new_id(std::int64_t wall_ms) {
  static thread_local RandomBytes bytes;
  const auto random = bytes.next();
  std::string id(26, '0');
  for (int i = 9; i >= 0; --i, wall_ms >>= 5) id[i] = crockford[wall_ms & 31];
  for (int i = 0; i < 16; ++i) id[10 + i] = crockford[random[i] & 31];
  return id;
}

bool is_id(std::string_view text) {
  return text.size() == 26 &&
         std::ranges::all_of(text, [](char c) { return crockford.find(c) != std::string_view::npos; });
}

std::string to_hex(Bytes data) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(data.size() * 2);
  for (const auto byte : data) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string sha256_hex(Bytes data) {
  // EVP_sha256() is looked up anew in each digest.
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(data.data(), data.size(), digest.data(), &size, sha256.get(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  return to_hex(Bytes(digest.data(), size));
}

std::string sha256_hex(std::string_view text) { return sha256_hex(as_bytes(text)); }

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace doodled
