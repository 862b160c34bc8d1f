// Picture bytes as files named by their SHA-256: DIR/images/ab/cdef...
// Thread-safe, also between processes: a file appears whole under its name or not at all.
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"

namespace doodled {

class Blobs {
 public:
  // Makes `directory` where missing. Throws StoreUnavailable, as every call here may.
  explicit Blobs(std::filesystem::path directory);

  // Returns the SHA-256. On return the bytes survive a power cut. The same bytes are written once.
  std::string put(Bytes data);
  // The same for who knows the SHA-256 already.
  void put_named(const std::string& sha256, Bytes data);
  // Nothing where there is no such file. The bytes are not checked against the name; verify does that.
  std::optional<std::vector<std::uint8_t>> get(std::string_view sha256) const;
  bool contains(std::string_view sha256) const;
  // True when the file is there and its bytes have this SHA-256.
  bool verify(std::string_view sha256) const;
  // True when there was a file. On return it is gone from the disk for good.
  bool remove(std::string_view sha256);
  // How many were removed since the start: what was put since is there while it is the same.
  std::uint64_t removals() const noexcept { return removals_; }

  // Where the bytes are, for those who hand out the file itself. `sha256` is 64 hexadecimal digits.
  std::filesystem::path path(std::string_view sha256) const;

 private:
  std::filesystem::path directory_;
  std::atomic<std::uint64_t> removals_ = 0;
};

}  // namespace doodled
