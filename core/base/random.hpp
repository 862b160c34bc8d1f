// Seeded numbers that are the same on every machine and compiler (the standard distributions are not).
// The generator is SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
#pragma once
#include <cstdint>
#include <string_view>

namespace doodled {

class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // 0 <= result < bound; bound > 0. The bias is below 2^-32 for the small bounds used here.
  constexpr int below(int bound) {
    return static_cast<int>((next() >> 32) * static_cast<std::uint64_t>(bound) >> 32);
  }
  // 0 <= result < 1, in steps of 2^-53.
  constexpr double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

// A seed for a named part, so that drawing from one part leaves the others as they were. FNV-1a.
constexpr std::uint64_t part_seed(std::uint64_t seed, std::string_view part) {
  std::uint64_t hash = 0xcbf29ce484222325 ^ seed;
  for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace doodled
