// What was found for a path is found again for nothing: a page is read after each of its strokes, and most of
// its lines are what they were.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "core/reader/see/path.hpp"

namespace doodled::sight {

// Of a function of a path and nothing else. Keeps what it found for `most` of them, the newer in place of the
// older.
template <class Found, std::size_t most = 512>
class Memo {
 public:
  template <class Find>
  const Found& of(const Path& path, Find find) {
    Entry& entry = entries_[hash(path) % entries_.size()];
    if (!entry.known || !same(entry.path, path)) {
      entry.known = false;
      entry.found = find();
      entry.path = path;
      entry.known = true;
    }
    return entry.found;
  }

 private:
  struct Entry {
    bool known = false;
    Path path;
    Found found;
  };

  // To the bit: a zero has two signs.
  static bool same(const Path& a, const Path& b) {
    if (a.size() != b.size()) return false;
    return a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(cv::Point2f)) == 0;
  }
  static std::uint64_t hash(const Path& path) {
    std::uint64_t sum = path.size();
    for (const auto& p : path) {
      const std::uint64_t bits =
          std::uint64_t{std::bit_cast<std::uint32_t>(p.x)} << 32 | std::bit_cast<std::uint32_t>(p.y);
      sum = (std::rotl(sum, 23) ^ bits) * 0x9e3779b97f4a7c15;
    }
    return sum >> 40;
  }

  std::array<Entry, most> entries_;
};

}  // namespace doodled::sight
