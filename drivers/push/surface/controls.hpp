// What a hand does on a Push, told from its MIDI. Numbers: appendix A of Ableton's manual 1.1 for Push 2; for
// Push 3 what two open projects measured. A Push speaks of buttons and encoders on channel 1 only and of pads
// on any channel (Push 3 gives each pad its own), so the channel decides before the number does. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>

#include "core/base/ids.hpp"
#include "drivers/push/surface/model.hpp"

namespace doodled::push {

inline constexpr int pad_rows = 8, pad_columns = 8, pad_count = 64;
inline constexpr int first_pad_note = 36;  // the pad at the bottom left; upwards by rows, each from the left

struct PadPlace {
  int row = 0, column = 0;  // row 0 is the topmost, as in a picture
  bool operator==(const PadPlace&) const = default;
};
constexpr int note_of(PadPlace pad) {
  return first_pad_note + pad_columns * (pad_rows - 1 - pad.row) + pad.column;
}
constexpr int index_of(PadPlace pad) { return pad.row * pad_columns + pad.column; }
constexpr PadPlace pad_of_index(int index) { return {index / pad_columns, index % pad_columns}; }
constexpr bool is_pad_note(int note) { return note >= first_pad_note && note < first_pad_note + pad_count; }
constexpr PadPlace pad_of_note(int note) {
  return {pad_rows - 1 - (note - first_pad_note) / pad_columns, (note - first_pad_note) % pad_columns};
}

// track_n: the eight above the display's pads; volume is the master encoder of a Push 2.
enum class Encoder : std::uint8_t {
  track_1,
  track_2,
  track_3,
  track_4,
  track_5,
  track_6,
  track_7,
  track_8,
  volume,
  tempo
};

// Those that the surface uses. upper_n are above the display, lower_n below it.
enum class Button : std::uint8_t {
  upper_1,
  upper_2,
  upper_3,
  upper_4,
  upper_5,
  upper_6,
  upper_7,
  upper_8,
  lower_1,
  lower_2,
  lower_3,
  lower_4,
  lower_5,
  lower_6,
  lower_7,
  lower_8,
  play,
  stop,
  vary,
  keep,
  undo,
  remove,
  shift,
  layout,
  tracks,
  picture,
  user,
  left,
  right,
  up,
  down,
  older,
  newer
};
inline constexpr int button_count = static_cast<int>(Button::newer) + 1;
constexpr Button upper_button(int column) { return static_cast<Button>(column); }
constexpr Button lower_button(int column) {
  return static_cast<Button>(static_cast<int>(Button::lower_1) + column);
}

// Which controller each button is. Numbers that are wrong on a device can be set.
struct ControlMap {
  std::array<std::int16_t, button_count> controller{};  // -1: the device has none
  std::int16_t& operator[](Button button) { return controller[static_cast<std::size_t>(button)]; }
  int operator[](Button button) const { return controller[static_cast<std::size_t>(button)]; }
};
ControlMap controls_of(Model model);

// Whether its light takes a colour of the palette; the others are white, with values 0, 16, 48 or 127.
bool is_coloured(Button button);

struct PadHit {
  PadPlace pad;
  int velocity = 0;  // 1..127, 0 when let go
};
struct EncoderTurn {
  Encoder encoder;
  int steps = 0;  // -64..63, to the right positive; about 210 a turn, tempo 18
};
struct EncoderTouch {
  Encoder encoder;
  bool touched = false;
};
struct ButtonPress {
  Button button;
  bool pressed = false;
};
using HandEvent = std::variant<PadHit, EncoderTurn, EncoderTouch, ButtonPress>;

// Nothing for what the surface does not use: pressure, the touch strip, pedals, active sensing, SysEx.
std::optional<HandEvent> hand_event(Bytes message, const ControlMap& map);

}  // namespace doodled::push
