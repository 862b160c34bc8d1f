// A histogram of durations with buckets of about 4 %, written by one thread and read by any.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>

#include "core/base/bell.hpp"
#include "core/play/device_rack.hpp"

namespace doodled {

class Lateness {
 public:
  // What is early counts as on time. Never allocates.
  void add(Nanoseconds late) noexcept;
  void clear() noexcept;
  LatenessSummary summary() const;
  // Not cleared by clear().
  LatenessHistogram histogram() const;

 private:
  static constexpr int sub_bits = 4, octaves = 26;  // 1 us .. 67 s
  static std::size_t bucket_of(std::uint64_t microseconds_16) noexcept;
  static double upper_ms(std::size_t bucket);

  std::array<std::atomic<std::uint32_t>, (octaves + 1) << sub_bits> buckets_{};
  std::atomic<std::int64_t> max_ns_{0};
  std::array<std::atomic<std::uint64_t>, LatenessHistogram::bounds_ms.size() + 1> counts_{};
  std::atomic<std::int64_t> sum_ns_{0};
};

}  // namespace doodled
