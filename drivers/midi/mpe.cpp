#include "drivers/midi/mpe.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>

namespace doodled::midi {

void MemberChannels::reset(int members) noexcept {
  members_ = std::clamp(members, 1, 15);
  clock_ = 0;
  channels_.fill({});
}

int MemberChannels::take(int pitch) noexcept {
  const auto rank = [&](int channel) {
    const auto& member = channels_[static_cast<std::size_t>(channel)];
    const bool same = member.last_pitch == pitch;
    const int apart = same ? 128 : std::abs(member.last_pitch - pitch);
    const bool free = member.sounding == 0;
    return std::tuple(member.sounding, free ? !same : apart, free ? member.rested_since : 0, channel);
  };
  int best = 1;
  for (int channel = 2; channel <= members_; ++channel)
    if (rank(channel) < rank(best)) best = channel;
  auto& member = channels_[static_cast<std::size_t>(best)];
  ++member.sounding;
  member.last_pitch = pitch;
  return best;
}

void MemberChannels::release(int member) noexcept {
  auto& rested = channels_[static_cast<std::size_t>(member & 15)];
  if (rested.sounding > 0) --rested.sounding;
  rested.rested_since = ++clock_;
}

int bend_value(double semitones, int range) noexcept {
  const double share = range > 0 ? semitones / range : 0;
  return std::clamp(8192 + static_cast<int>(std::lround(8192 * share)), 0, 16383);
}

}  // namespace doodled::midi
