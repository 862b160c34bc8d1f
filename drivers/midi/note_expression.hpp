// Which channel a note is on, and what its channel is told of its expression: each note its own in an MPE
// zone, else the newest note of a track for the track's channel. Allocates in prepare() only.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/play/device_profile.hpp"
#include "core/play/timeline.hpp"
#include "drivers/midi/mpe.hpp"

namespace doodled::midi {

class NoteExpressions {
 public:
  void prepare(const Timeline& timeline, const DeviceProfile& profile);

  bool mpe() const noexcept { return members_ > 0; }
  int members() const noexcept { return members_; }
  MpeZone zone() const noexcept { return zone_; }
  int manager() const noexcept { return zone_channel(zone_, 0); }
  int bend_range() const noexcept { return bend_range_; }

  // The channel (0..15) that the note starts on, after emit(bytes) for what it starts with: bend, controller
  // 74, pressure, as far as the channel was told otherwise.
  template <class Emit>
  int start(std::size_t track, int channel, int pitch, Emit emit) noexcept {
    auto& note = note_of(track, pitch);
    const bool zone = mpe() && !drums_[track];
    note.channel = static_cast<std::uint8_t>(zone ? zone_channel(zone_, channels_.take(pitch)) : channel);
    newest_[static_cast<std::size_t>(note.channel)] = &note;
    if (zone || expressive_[track]) tell_all(note, zone, emit);
    note.value = neutral;
    note.sounding = true;
    return note.channel;
  }
  // The channel that the note was on.
  int end(std::size_t track, int channel, int pitch) noexcept;

  template <class Emit>
  void express(std::size_t track, const NoteExpression& change, Emit emit) noexcept {
    auto& note = note_of(track, change.pitch);
    const auto dimension = static_cast<std::size_t>(change.dimension);
    if (!note.sounding) {
      note.value[dimension] = change.value;
      return;
    }
    if (newest_[static_cast<std::size_t>(note.channel)] == &note)
      tell(note.channel, change.dimension, change.value, mpe() && !drums_[track], emit);
  }

 private:
  using Values = std::array<float, dimension_count>;
  static constexpr Values neutral{0, 0, 0.5F};
  struct Note {
    Values value = neutral;  // of the note that comes
    std::uint8_t channel = 0;
    bool sounding = false;
  };

  Note& note_of(std::size_t track, int pitch) noexcept {
    return notes_[track * 128 + static_cast<std::size_t>(pitch & 127)];
  }

  template <class Emit>
  void tell_all(const Note& note, bool zone, Emit emit) noexcept {
    for (const auto dimension : {Dimension::bend, Dimension::timbre, Dimension::pressure})
      tell(note.channel, dimension, note.value[static_cast<std::size_t>(dimension)], zone, emit);
  }

  template <class Emit>
  void tell(int channel, Dimension dimension, double value, bool zone, Emit emit) noexcept {
    const bool bend = dimension == Dimension::bend;
    if (dimension == Dimension::timbre && !zone && !timbre_free_) return;
    const int wire = bend ? bend_value(value, bend_range_) : std::min(127, to_7_bits(value));
    auto& told = told_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(dimension)];
    if (told == wire) return;
    told = static_cast<std::int16_t>(wire);
    if (bend)
      emit(message(0xe0, channel, wire & 127, wire >> 7));
    else if (dimension == Dimension::timbre)
      emit(message(0xb0, channel, 74, wire));
    else
      emit(std::array<std::uint8_t, 2>{static_cast<std::uint8_t>(0xd0 | channel),
                                       static_cast<std::uint8_t>(wire)});
  }

  int members_ = 0, bend_range_ = 2;
  MpeZone zone_ = MpeZone::lower;
  bool timbre_free_ = true;  // controller 74 carries no parameter
  MemberChannels channels_;
  std::vector<Note> notes_;  // [track * 128 + pitch]
  std::vector<bool> drums_, expressive_;
  std::array<const Note*, 16> newest_{};
  std::array<std::array<std::int16_t, dimension_count>, 16> told_{};
};

}  // namespace doodled::midi
