// What MIDI output and MIDI files share: channels, value curves and controllers. Pure.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/play/device_profile.hpp"
#include "core/play/timeline.hpp"

namespace doodled::midi {

using Message = std::array<std::uint8_t, 3>;

// 0..1 in 128 or 16384 equal parts, so that 1200 Hz of 20..20000 Hz becomes 76.
inline int to_7_bits(double unit) { return std::clamp(static_cast<int>(std::lround(unit * 128)), 0, 127); }
inline int to_14_bits(double unit) {
  return std::clamp(static_cast<int>(std::lround(unit * 16384)), 0, 16383);
}

// 0..15
inline int wire_channel(const TimelineTrack& track, const DeviceProfile& profile) {
  return (track.role == Role::drums ? profile.drum_channel : track.channel) - 1;
}

inline Message message(int status, int channel, int first, int second) {
  return {static_cast<std::uint8_t>(status | channel), static_cast<std::uint8_t>(first),
          static_cast<std::uint8_t>(second)};
}

// Remembers what each controller was told last and leaves out what would not change it.
class Controllers {
 public:
  void forget() {
    for (auto& channel : last_) channel.fill(unknown);
  }
  // Calls `emit(Message)` for each message needed, at most two. `channel` 0..15, `value` 0..1.
  template <class Emit>
  void set(const ControllerRoute& route, int channel, double value, Emit emit) {
    if (route.pitch_bend) {
      const int bend = to_14_bits(value);
      if (changes(channel, bend_slot, bend)) emit(message(0xe0, channel, bend & 127, bend >> 7));
    } else if (route.controller >= 0 && route.fine) {
      const int fine = to_14_bits(value);
      if (!changes(channel, route.controller, fine)) return;
      emit(message(0xb0, channel, route.controller, fine >> 7));
      emit(message(0xb0, channel, route.controller + 32, fine & 127));
    } else if (route.controller >= 0) {
      const int coarse = to_7_bits(value);
      if (changes(channel, route.controller, coarse)) emit(message(0xb0, channel, route.controller, coarse));
    }
  }

 private:
  static constexpr std::int16_t unknown = -1;
  static constexpr int bend_slot = 120;

  bool changes(int channel, int slot, int value) {
    auto& last = last_[static_cast<std::size_t>(channel & 15)][static_cast<std::size_t>(slot & 127)];
    if (last == value) return false;
    last = static_cast<std::int16_t>(value);
    return true;
  }
  std::array<std::array<std::int16_t, 128>, 16> last_ = [] {
    std::array<std::array<std::int16_t, 128>, 16> nothing;
    for (auto& channel : nothing) channel.fill(unknown);
    return nothing;
  }();
};

}  // namespace doodled::midi
