// System exclusive messages to and from a Push, by chapter 2.4 of Ableton's "Push 2 MIDI and Display
// Interface Manual" 1.1: F0 00 21 1D 01 01 <command> <7-bit arguments> F7. Only commands of that manual's
// list are here; other ones may destroy a calibration. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "drivers/push/surface/colour.hpp"
#include "drivers/push/surface/model.hpp"

namespace doodled::push {

using Message = std::vector<std::uint8_t>;

enum class MidiMode : std::uint8_t { live, user, dual };

// In 'mpe', which only a Push 3 knows, pads speak on channels 2 to 16; by an open driver's word, not tried.
enum class Aftertouch : std::uint8_t { channel, poly, mpe };

// Of the touch strip; 0x68 is the device's own default: a point, pitch bend, back to the centre.
enum class TouchStrip : std::uint8_t { pitch_bend = 0x68, modulation = 0x0c, host = 0x03 };

struct PaletteEntry {
  Colour colour;
  std::uint8_t white = 0;  // of white lights with the same index
  bool operator==(const PaletteEntry&) const = default;
};

Message identity_request();            // to all device ids
Message set_midi_mode(MidiMode mode);  // answered, on both ports
Message set_aftertouch(Aftertouch mode);
Message set_touch_strip(TouchStrip mode);
Message set_led_brightness(int value);      // 0..127; on USB power the device holds it down to 8
Message set_display_brightness(int value);  // 0..255; 0 is dark, whatever is drawn
Message set_palette(int index, const PaletteEntry& entry);
Message get_palette(int index);  // answered
Message reapply_palette();
// 31 lights from the bottom up, each 0..7; only in TouchStrip::host.
Message set_strip_lights(std::span<const std::uint8_t, 31> lights);

struct Identity {
  std::optional<Model> model;  // nothing for a family that is not known
  int major = 0, minor = 0, build = 0;
  std::uint32_t serial = 0;
  int board = 0;
  std::string version() const;  // '1.0.47'
};
// Of any device of Ableton's; nothing for any other message or maker.
std::optional<Identity> identity_from(Bytes message);

struct PaletteReply {
  int index;
  PaletteEntry entry;
};
std::optional<PaletteReply> palette_from(Bytes message);
// A reply to set_midi_mode(), or the user's own doing on a Push 3.
std::optional<MidiMode> midi_mode_from(Bytes message);

}  // namespace doodled::push
