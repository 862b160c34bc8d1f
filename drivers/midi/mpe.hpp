// MPE, MIDI RP-053: one zone, lower or upper. Pure; never allocates.
#pragma once
#include <array>
#include <cstdint>

#include "core/play/device_profile.hpp"
#include "core/play/midi_bytes.hpp"

namespace doodled::midi {

// Which member channel a note gets: of the free ones the one that last played this pitch, else the one that
// has rested longest; when all are taken, of those with the fewest notes the one whose pitch is nearest, but
// not the same, since the end of one would end the other.
class MemberChannels {
 public:
  // members 1..15
  void reset(int members) noexcept;
  // The member, 1..members.
  int take(int pitch) noexcept;
  void release(int member) noexcept;

 private:
  struct Member {
    std::uint8_t sounding = 0;
    int last_pitch = -1;
    std::uint32_t rested_since = 0;
  };
  int members_ = 0;
  std::uint32_t clock_ = 0;
  std::array<Member, 16> channels_{};
};

// The channel on the wire of member 1..15, and the member of such a channel; of 0 the manager's.
constexpr int zone_channel(MpeZone zone, int member) noexcept {
  return zone == MpeZone::lower ? member : 15 - member;
}

// Calls emit(Message) for the MPE configuration message (RPN 6 on the manager channel) and the bend range of
// the members (RPN 0, which one member takes for all), each closed by the null RPN; then that of the manager,
// where it is not the two semitones that every zone starts with.
template <class Emit>
void configure_zone(MpeZone zone, int members, int bend_semitones, int manager_semitones, Emit emit) {
  const auto rpn = [&](int channel, int number, int value) {
    emit(message(0xb0, channel, 101, 0));
    emit(message(0xb0, channel, 100, number));
    emit(message(0xb0, channel, 6, value));
    emit(message(0xb0, channel, 101, 127));
    emit(message(0xb0, channel, 100, 127));
  };
  const int manager = zone_channel(zone, 0);
  rpn(manager, 6, members);
  rpn(zone_channel(zone, 1), 0, bend_semitones);
  if (manager_semitones != 2) rpn(manager, 0, manager_semitones);
}

// 8192 is the middle; clamped to 0..16383.
int bend_value(double semitones, int range) noexcept;

}  // namespace doodled::midi
