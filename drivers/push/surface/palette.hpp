// The device's 128 colours, of which some are ours to set: a colour gets a place when it is first lit and
// keeps it until nothing is lit with it and another needs the place. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "drivers/push/surface/colour.hpp"
#include "drivers/push/surface/sysex.hpp"

namespace doodled::push {

class Palette {
 public:
  // Never those that other lights rely on: 0 (black), 16, 48 and 127 (whites), 122 to 127 (named in the
  // manual). There are more places than lights with a colour (64 pads, 16 + 2 buttons).
  static constexpr int first = 17, last = 121, spared = 48;
  static constexpr bool is_ours(int index) { return index >= first && index <= last && index != spared; }

  // Begins a picture of all lights: what place() answers until the next begin() stays as it is.
  void begin();
  struct Place {
    int index = 0;
    bool anew = false;  // the device must be told: set_palette(index, ...)
  };
  // Black is 0. Two colours that a light can't tell apart share a place.
  Place place(Colour colour);
  // Nothing is known of the device's palette any more.
  void forget();

 private:
  struct Slot {
    std::optional<Colour> colour;
    std::uint64_t used = 0;  // the picture that used it last
  };
  std::array<Slot, 128> slots_{};
  std::uint64_t picture_ = 1;
};

}  // namespace doodled::push
