#include "core/actions/tap_tempo.hpp"

#include <algorithm>

#include "core/music/time.hpp"

namespace doodled {

std::optional<double> TapTempo::tap(Nanoseconds now) {
  constexpr Nanoseconds longest{2'000'000'000};
  if (count_ > 0) {
    const auto interval = now - taps_[count_ - 1];
    const bool strange = count_ > 1 && (interval > (taps_[count_ - 1] - taps_[count_ - 2]) * 3 / 2 ||
                                        interval < (taps_[count_ - 1] - taps_[count_ - 2]) * 2 / 3);
    if (interval > longest || interval <= Nanoseconds{0} || strange) count_ = 0;
  }
  if (count_ == most) {
    std::rotate(taps_.begin(), taps_.begin() + 1, taps_.end());
    --count_;
  }
  taps_[count_++] = now;
  if (count_ < 2) return std::nullopt;
  const auto mean = (taps_[count_ - 1] - taps_[0]) / static_cast<std::int64_t>(count_ - 1);
  return std::clamp(60e9 / static_cast<double>(mean.count()), min_tempo_bpm, max_tempo_bpm);
}

}  // namespace doodled
