#include "drivers/push/surface/sysex.hpp"

#include <algorithm>

namespace doodled::push {
namespace {

constexpr std::array<std::uint8_t, 6> header{0xf0, 0x00, 0x21, 0x1d, 0x01, 0x01};

enum Command : std::uint8_t {
  set_palette_entry = 0x03,
  get_palette_entry = 0x04,
  reapply = 0x05,
  led_brightness = 0x06,
  display_brightness = 0x08,
  midi_mode = 0x0a,
  strip_configuration = 0x17,
  strip_lights = 0x19,
  aftertouch_mode = 0x1e
};

Message command(std::uint8_t id, std::initializer_list<int> arguments = {}) {
  Message message(header.begin(), header.end());
  message.push_back(id);
  for (const int argument : arguments) message.push_back(static_cast<std::uint8_t>(argument & 127));
  message.push_back(0xf7);
  return message;
}

// The arguments of a reply to `id`, when it is one with `count` of them.
std::optional<Bytes> arguments_of(Bytes message, std::uint8_t id, std::size_t count) {
  const auto size = header.size() + 1 + count + 1;
  if (message.size() != size || !std::ranges::equal(message.first(header.size()), header))
    return std::nullopt;
  if (message[header.size()] != id || message.back() != 0xf7) return std::nullopt;
  return message.subspan(header.size() + 1, count);
}

int eight_bits(Bytes pair) { return pair[0] | (pair[1] & 1) << 7; }

std::optional<Model> model_of_family(int family) {
  if (family == usb_product(Model::push2)) return Model::push2;
  if (family == usb_product(Model::push3)) return Model::push3;
  return std::nullopt;
}

}  // namespace

Message identity_request() { return {0xf0, 0x7e, 0x7f, 0x06, 0x01, 0xf7}; }

Message set_midi_mode(MidiMode mode) { return command(midi_mode, {static_cast<int>(mode)}); }

Message set_aftertouch(Aftertouch mode) { return command(aftertouch_mode, {static_cast<int>(mode)}); }

Message set_touch_strip(TouchStrip mode) { return command(strip_configuration, {static_cast<int>(mode)}); }

Message set_led_brightness(int value) { return command(led_brightness, {std::clamp(value, 0, 127)}); }

Message set_display_brightness(int value) {
  const int light = std::clamp(value, 0, 255);
  return command(display_brightness, {light, light >> 7});
}

Message set_palette(int index, const PaletteEntry& entry) {
  const auto& [red, green, blue] = entry.colour;
  return command(set_palette_entry,
                 {index, red, red >> 7, green, green >> 7, blue, blue >> 7, entry.white, entry.white >> 7});
}

Message get_palette(int index) { return command(get_palette_entry, {index}); }

Message reapply_palette() { return command(reapply); }

Message set_strip_lights(std::span<const std::uint8_t, 31> lights) {
  Message message = command(strip_lights);
  message.pop_back();
  for (std::size_t i = 0; i < lights.size(); i += 2) {
    const int upper = i + 1 < lights.size() ? lights[i + 1] & 7 : 0;
    message.push_back(static_cast<std::uint8_t>((lights[i] & 7) | upper << 3));
  }
  message.push_back(0xf7);
  return message;
}

std::string Identity::version() const {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
}

// F0 7E id 06 02 00 21 1D <family 2> <member 2> <major> <minor> <build 2> <serial 5> <board> F7
std::optional<Identity> identity_from(Bytes message) {
  constexpr std::array<std::uint8_t, 5> maker{0x06, 0x02, 0x00, 0x21, 0x1d};
  if (message.size() != 23 || message[0] != 0xf0 || message[1] != 0x7e || message[22] != 0xf7)
    return std::nullopt;
  if (!std::ranges::equal(message.subspan(3, 5), maker)) return std::nullopt;
  Identity identity{model_of_family(message[8] | message[9] << 7),
                    message[12],
                    message[13],
                    message[14] | message[15] << 7,
                    0,
                    message[21]};
  for (std::size_t i = 0; i < 5; ++i)
    identity.serial |= static_cast<std::uint32_t>(message[16 + i]) << (7 * i);
  return identity;
}

std::optional<PaletteReply> palette_from(Bytes message) {
  const auto arguments = arguments_of(message, get_palette_entry, 9);
  if (!arguments) return std::nullopt;
  const auto value = [&](std::size_t at) {
    return static_cast<std::uint8_t>(eight_bits(arguments->subspan(at, 2)));
  };
  return PaletteReply{(*arguments)[0], {{value(1), value(3), value(5)}, value(7)}};
}

std::optional<MidiMode> midi_mode_from(Bytes message) {
  const auto arguments = arguments_of(message, midi_mode, 1);
  if (!arguments || (*arguments)[0] > 2) return std::nullopt;
  return static_cast<MidiMode>((*arguments)[0]);
}

}  // namespace doodled::push
