// Timeline events to MIDI messages for a device's profile. Pure; allocates in prepare() only.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/play/driver.hpp"
#include "core/play/midi_bytes.hpp"
#include "drivers/midi/change_thinning.hpp"
#include "drivers/midi/note_expression.hpp"
#include "drivers/midi/sysex_queue.hpp"

namespace doodled::midi {

// Moves a note by octaves into the range; where the range is too small for that, to its nearest end.
int note_in_range(int pitch, int lowest, int highest);

class Encoder {
 public:
  explicit Encoder(DeviceProfile profile) : profile_(std::move(profile)), sysex_(profile_.sysex_gap_ms) {}

  void prepare(const Timeline& timeline);
  void encode(const TimelineEvent& event, Packets& packets) noexcept;
  // The device may have been switched off: its programs are told again.
  void forget_programs() noexcept { programs_told_ = false; }
  void encode_panic(Packets& packets) const noexcept;
  // SysEx that waits for the gap that the device needs.
  SysexQueue& sysex() noexcept { return sysex_; }

 private:
  struct Track {
    int channel = 0;              // 0..15; in an MPE zone that of its parameters, the manager's
    int program = -1, bank = -1;  // 0..127 and 0..16383; -1: not sent
    std::array<std::uint8_t, 128> note{};
  };
  struct Sounding {
    std::uint16_t track;
    std::uint8_t pitch, channel, note;
  };

  void note_on(std::uint16_t track, const NoteOn& note, Packets& packets) noexcept;
  void note_off(std::uint16_t track, int pitch, Packets& packets) noexcept;
  void introduce(Packets& packets) noexcept;
  void choose_programs(Packets& packets) noexcept;
  void change_parameter(const TimelineEvent& event, const ParameterChange& change, Packets& packets) noexcept;
  void forget(std::size_t index) noexcept;

  DeviceProfile profile_;
  std::vector<Track> tracks_;
  Controllers controllers_;
  NoteExpressions expressions_;
  ChangeThinning thinning_;
  SysexQueue sysex_;
  bool introduced_ = false;  // zone and bend range were told
  bool programs_told_ = false;
  std::array<Sounding, 128> sounding_{};  // oldest first
  std::size_t sounding_count_ = 0;
};

}  // namespace doodled::midi
