// Moving along a scale.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/music/pitch.hpp"

namespace doodled::varying {

// All pitches of a key in MIDI's range, counted as degrees.
class Ladder {
 public:
  explicit Ladder(const Key& key) {
    for (int pitch = 0; pitch < 128; ++pitch)
      if (in_key(pitch, key)) rungs_.push_back(pitch);
    octave_ = static_cast<int>(std::ranges::count_if(rungs_, [](int pitch) { return pitch < 12; }));
  }

  // The rung at or nearest below `pitch`, else the lowest.
  int degree(int pitch) const {
    const auto above = std::ranges::upper_bound(rungs_, pitch);
    return std::max(0, static_cast<int>(above - rungs_.begin()) - 1);
  }
  // Folded by octaves into the range.
  int pitch(int degree) const {
    while (degree < 0) degree += octave_;
    while (degree >= static_cast<int>(rungs_.size())) degree -= octave_;
    return rungs_[static_cast<std::size_t>(degree)];
  }
  // `degrees` further; what lies between two rungs stays as far above the lower one.
  int moved(int from, int degrees) const {
    const int start = degree(from);
    return std::clamp(pitch(start + degrees) + from - rungs_[static_cast<std::size_t>(start)], 0, 127);
  }

 private:
  std::vector<int> rungs_;
  int octave_ = 12;  // rungs of an octave
};

}  // namespace doodled::varying
