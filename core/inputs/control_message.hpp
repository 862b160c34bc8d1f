// What a knob, a fader, a key or a button says, out of the bytes that came in. Pure; the bytes may be
// anything.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

namespace doodled {

enum class ControlKind : std::uint8_t { controller, note, program, bend, pressure, osc };
std::string_view to_string(ControlKind kind);
std::optional<ControlKind> control_kind_from(std::string_view name);

// Which control it is.
struct ControlAddress {
  ControlKind kind = ControlKind::controller;
  int channel = 0;      // 1..16 of MIDI; 0: any, in bindings only
  int number = 0;       // of the controller or the note, 0..127; else 0
  std::string address;  // of OSC
  bool operator==(const ControlAddress&) const = default;
};

struct ControlMessage {
  ControlAddress from;
  double value = 0;  // 0..1; of a note its velocity, 0 when it ends; of a program its number, 0..127
};

// A channel message. Nothing for others, and for what is no whole message.
std::optional<ControlMessage> control_message(Bytes midi);

// One OSC message's numbers and texts; other arguments are passed over.
struct OscMessage {
  std::string address;
  std::vector<double> numbers;
  std::vector<std::string> texts;
};
// All messages of a packet: a message, or bundles up to eight deep; time tags are not waited for. OSC 1.0.
// Error: 'malformed_osc'.
Result<std::vector<OscMessage>> parse_osc(Bytes packet);

}  // namespace doodled
