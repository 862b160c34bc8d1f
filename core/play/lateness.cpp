#include "core/play/lateness.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace doodled {
namespace {

// Durations are counted in units of 1/16 us, so that the first bucket row is exact.
constexpr double unit_ns = 62.5;

std::size_t bound_of(std::int64_t ns) noexcept {
  const auto& bounds = LatenessHistogram::bounds_ms;
  const auto ms = static_cast<double>(ns) / 1e6;
  return static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), ms) - bounds.begin());
}

double percentile(const std::vector<std::uint64_t>& cumulated, double share, double (*upper)(std::size_t)) {
  const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(cumulated.back()));
  const auto found = std::upper_bound(cumulated.begin(), cumulated.end() - 1, wanted);
  return upper(static_cast<std::size_t>(found - cumulated.begin()));
}

}  // namespace

// As in HdrHistogram: below 2^sub_bits exact, above 2^sub_bits steps to each power of two.
std::size_t Lateness::bucket_of(std::uint64_t units) noexcept {
  const int exponent = std::max(0, static_cast<int>(std::bit_width(units)) - sub_bits - 1);
  const auto row = static_cast<std::size_t>(std::min(exponent, octaves - 1));
  const auto column = std::min<std::uint64_t>(units >> row, (2U << sub_bits) - 1);
  return (row << sub_bits) + static_cast<std::size_t>(column);
}

double Lateness::upper_ms(std::size_t bucket) {
  const std::size_t width = std::size_t{1} << sub_bits;
  const auto row = bucket < 2 * width ? 0 : bucket / width - 1;
  const auto column = bucket - row * width;
  return static_cast<double>((column + 1) << row) * unit_ns / 1e6;
}

void Lateness::add(Nanoseconds late) noexcept {
  const auto ns = std::max<std::int64_t>(0, late.count());
  auto& bucket = buckets_[bucket_of(static_cast<std::uint64_t>(static_cast<double>(ns) / unit_ns))];
  bucket.store(bucket.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  if (ns > max_ns_.load(std::memory_order_relaxed)) max_ns_.store(ns, std::memory_order_relaxed);
  auto& count = counts_[bound_of(ns)];
  count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  sum_ns_.store(sum_ns_.load(std::memory_order_relaxed) + ns, std::memory_order_relaxed);
}

void Lateness::clear() noexcept {
  for (auto& bucket : buckets_) bucket.store(0, std::memory_order_relaxed);
  max_ns_.store(0, std::memory_order_relaxed);
}

LatenessHistogram Lateness::histogram() const {
  LatenessHistogram histogram;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    histogram.counts[i] = counts_[i].load(std::memory_order_relaxed);
  histogram.sum_ms = static_cast<double>(sum_ns_.load(std::memory_order_relaxed)) / 1e6;
  return histogram;
}

LatenessSummary Lateness::summary() const {
  std::vector<std::uint64_t> cumulated;
  std::uint64_t count = 0;
  for (const auto& bucket : buckets_) cumulated.push_back(count += bucket.load(std::memory_order_relaxed));
  LatenessSummary summary{.count = count};
  if (count == 0) return summary;
  summary.max = static_cast<double>(max_ns_.load(std::memory_order_relaxed)) / 1e6;
  const auto at = [&](double share) {
    return std::min(summary.max, percentile(cumulated, share, &upper_ms));
  };
  summary.p50 = at(0.5);
  summary.p99 = at(0.99);
  summary.p999 = at(0.999);
  return summary;
}

}  // namespace doodled
