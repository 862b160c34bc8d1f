// One cycle of a drawn curve at another length, without the partials that would fold back. Pure.
#pragma once
#include <span>
#include <vector>

namespace doodled {

// The partials of one cycle: amplitudes of cosine and sine from the first on; [0] is the mean.
struct Partials {
  std::vector<double> cosine, sine;
};
inline constexpr std::size_t most_partials = 1024;
// `samples`: at least 2. Partials up to half their number, at most `most_partials`.
Partials partials_of(std::span<const double> samples);

// The cycle of these partials, at most the `highest`, as `length` samples. Without the mean (free of DC).
std::vector<float> cycle_of(const Partials& partials, std::size_t length, std::size_t highest);

// A curve of an LFO as one cycle of sound: band-limited, free of DC, its largest value at 1.
std::vector<float> resampled_cycle(std::span<const double> samples, std::size_t length);

}  // namespace doodled
