// Timeline events to OSC messages: one message an event, numbers only, never more than 1,400 bytes. Pure.
#pragma once
#include <array>
#include <optional>
#include <string>

#include "core/play/driver.hpp"
#include "drivers/osc/message.hpp"

namespace doodled::osc_out {

using osc_wire::largest_datagram;

// The first bar of the first melodic track as sixteen steps, in the words of the idea document:
// {"midi_sequence":[{"step":0,"note":60,"velocity":100,"active":true},...]}. Of notes within one step the
// first counts. At most 920 bytes, so it always fits one datagram.
std::string step_matrix(const Timeline& timeline);

class Encoder {
 public:
  // `compat`: also /live/synth/cutoff, /live/synth/resonance and /live/seq/matrix.
  // A parameter that the profile gives an OSC address goes there, alone, in the profile's range; the others
  // to /doodled/param/<name>.
  explicit Encoder(bool compat, DeviceProfile profile = {}) : compat_(compat), profile_(std::move(profile)) {}

  void prepare(const Timeline& timeline);
  void encode(const TimelineEvent& event, Packets& packets) noexcept;

 private:
  void encode_start(const SessionStart& start, Packets& packets) noexcept;
  void encode_note(const TimelineEvent& event, const NoteOn& note, Packets& packets) noexcept;
  void encode_cut(const TimelineEvent& event, const NoteOff& note, Packets& packets) noexcept;
  void encode_parameter(const TimelineEvent& event, const ParameterChange& change, Packets& packets) noexcept;
  void encode_expression(const TimelineEvent& event, const NoteExpression& change, Packets& packets) noexcept;

  bool compat_;
  DeviceProfile profile_;
  std::string matrix_;
  // The one track that speaks for the single synthesiser of the idea document.
  std::optional<std::uint16_t> cutoff_track_, resonance_track_;
  // Where each sounding note ends by itself, by track and pitch; -1: not sounding.
  std::vector<std::array<Tick, 128>> ends_;
};

}  // namespace doodled::osc_out
