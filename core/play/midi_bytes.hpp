// What MIDI output and MIDI files share: channels, value curves and controllers. Pure.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <type_traits>

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
  if (track.role == Role::drums) return profile.drum_channel - 1;
  const auto by_role = profile.channels.find(track.role);
  return (by_role == profile.channels.end() ? track.channel : by_role->second) - 1;
}

inline Message message(int status, int channel, int first, int second) {
  return {static_cast<std::uint8_t>(status | channel), static_cast<std::uint8_t>(first),
          static_cast<std::uint8_t>(second)};
}

// Remembers what each parameter and controller was told last and leaves out what would not change it.
class Controllers {
 public:
  void forget() {
    for (auto& channel : last_) channel.fill(unknown);
  }
  // Calls `emit` for each message needed, one after the other: a parameter's sequence is whole. `channel`
  // 0..15, `value` 0..1. An `emit` that takes no Bytes gets no SysEx; what goes by OSC is not sent here.
  template <class Emit>
  void set(const ParameterRoute& route, Parameter parameter, int channel, double value, Emit emit) {
    const int number = wire_number(route, value);
    switch (route.carrier) {
      case Carrier::none:
      case Carrier::osc:
        return;
      case Carrier::controller:
        if (changes(channel, route.number, number)) send_controller(route, channel, number, emit);
        return;
      case Carrier::pitch_bend:
        if (changes(channel, bend_slot, number)) emit(message(0xe0, channel, number & 127, number >> 7));
        return;
      case Carrier::rpn:
      case Carrier::nrpn:
        if (changes(channel, slot_of(parameter), number)) send_numbered(route, channel, number, emit);
        return;
      case Carrier::sysex:
        if constexpr (std::is_invocable_v<Emit, Bytes>)
          if (changes(channel, slot_of(parameter), number)) {
            std::array<std::uint8_t, SysexTemplate::longest> place;
            emit(route.sysex->fill(number, channel, place));
          }
        return;
    }
  }
  // `controller` 0..127
  template <class Emit>
  void set_controller(int controller, int channel, double value, Emit emit) {
    const int number = to_7_bits(value);
    if (changes(channel, controller, number)) emit(message(0xb0, channel, controller, number));
  }

 private:
  static constexpr std::int16_t unknown = -1;
  static constexpr int bend_slot = 128, first_parameter = 129;

  static constexpr int slot_of(Parameter parameter) { return first_parameter + static_cast<int>(parameter); }

  template <class Emit>
  static void send_controller(const ParameterRoute& route, int channel, int number, Emit emit) {
    emit(message(0xb0, channel, route.number, route.fine ? number >> 7 : number));
    if (route.fine) emit(message(0xb0, channel, route.number + 32, number & 127));
  }

  // Ends with the null parameter, so that a data entry of somebody else changes nothing.
  template <class Emit>
  static void send_numbered(const ParameterRoute& route, int channel, int number, Emit emit) {
    const bool registered = route.carrier == Carrier::rpn;
    emit(message(0xb0, channel, registered ? 101 : 99, route.number >> 7));
    emit(message(0xb0, channel, registered ? 100 : 98, route.number & 127));
    emit(message(0xb0, channel, 6, route.fine ? number >> 7 : number));
    if (route.fine) emit(message(0xb0, channel, 38, number & 127));
    emit(message(0xb0, channel, 101, 127));
    emit(message(0xb0, channel, 100, 127));
  }

  bool changes(int channel, int slot, int value) {
    auto& last = last_[static_cast<std::size_t>(channel & 15)][static_cast<std::size_t>(slot)];
    if (last == value) return false;
    last = static_cast<std::int16_t>(value);
    return true;
  }
  using Slots = std::array<std::int16_t, first_parameter + parameter_count>;
  std::array<Slots, 16> last_ = [] {
    std::array<Slots, 16> nothing;
    for (auto& channel : nothing) channel.fill(unknown);
    return nothing;
  }();
};

}  // namespace doodled::midi
