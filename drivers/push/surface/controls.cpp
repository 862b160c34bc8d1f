#include "drivers/push/surface/controls.hpp"

namespace doodled::push {
namespace {

struct Row {
  Button button;
  std::int16_t push2, push3;
  bool coloured;
};

constexpr std::array rows{Row{Button::play, 85, 85, true},    Row{Button::stop, 29, 29, true},
                          Row{Button::vary, 87, 92, false},   Row{Button::keep, 88, 82, false},
                          Row{Button::undo, 119, 119, false}, Row{Button::remove, 118, 118, false},
                          Row{Button::shift, 49, 49, false},  Row{Button::layout, 31, 31, false},
                          Row{Button::tracks, 50, 50, false}, Row{Button::picture, 51, 51, false},
                          Row{Button::user, 59, 59, false},   Row{Button::left, 44, 44, false},
                          Row{Button::right, 45, 45, false},  Row{Button::up, 46, 46, false},
                          Row{Button::down, 47, 47, false},   Row{Button::older, 62, 62, false},
                          Row{Button::newer, 63, 63, false}};

constexpr int first_upper = 102, first_lower = 20, first_encoder = 71, volume_encoder = 79,
              tempo_encoder = 14;

std::optional<Encoder> turned(int controller) {
  if (controller >= first_encoder && controller < first_encoder + 8)
    return static_cast<Encoder>(controller - first_encoder);
  if (controller == volume_encoder) return Encoder::volume;
  if (controller == tempo_encoder) return Encoder::tempo;
  return std::nullopt;
}

std::optional<Encoder> touched(int note) {
  if (note >= 0 && note < 8) return static_cast<Encoder>(note);
  if (note == 8) return Encoder::volume;
  if (note == 10) return Encoder::tempo;
  return std::nullopt;
}

std::optional<HandEvent> note_event(int channel, int note, int velocity) {
  if (is_pad_note(note)) return PadHit{pad_of_note(note), velocity};
  if (channel != 0) return std::nullopt;
  if (const auto encoder = touched(note)) return EncoderTouch{*encoder, velocity > 0};
  return std::nullopt;
}

std::optional<HandEvent> controller_event(int controller, int value, const ControlMap& map) {
  if (const auto encoder = turned(controller)) {
    const int steps = value < 64 ? value : value - 128;
    return steps == 0 ? std::nullopt : std::optional<HandEvent>(EncoderTurn{*encoder, steps});
  }
  for (int i = 0; i < button_count; ++i)
    if (map.controller[static_cast<std::size_t>(i)] == controller)
      return ButtonPress{static_cast<Button>(i), value > 0};
  return std::nullopt;
}

}  // namespace

ControlMap controls_of(Model model) {
  ControlMap map;
  for (int i = 0; i < 8; ++i) {
    map[upper_button(i)] = static_cast<std::int16_t>(first_upper + i);
    map[lower_button(i)] = static_cast<std::int16_t>(first_lower + i);
  }
  for (const auto& row : rows) map[row.button] = model == Model::push2 ? row.push2 : row.push3;
  return map;
}

bool is_coloured(Button button) {
  if (button <= Button::lower_8) return true;
  for (const auto& row : rows)
    if (row.button == button) return row.coloured;
  return false;
}

std::optional<HandEvent> hand_event(Bytes message, const ControlMap& map) {
  if (message.size() != 3) return std::nullopt;
  const int channel = message[0] & 15, first = message[1] & 127, second = message[2] & 127;
  switch (message[0] & 0xf0) {
    case 0x90:
      return note_event(channel, first, second);
    case 0x80:
      return note_event(channel, first, 0);
    case 0xb0:
      return channel == 0 ? controller_event(first, second, map) : std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace doodled::push
