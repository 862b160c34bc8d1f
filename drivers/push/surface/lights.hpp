// What lights where: from the session that plays, the transport and what the hands chose. Pure.
#pragma once
#include <array>
#include <cstdint>

#include "drivers/push/surface/colour.hpp"
#include "drivers/push/surface/controls.hpp"
#include "drivers/push/surface/surface_state.hpp"

namespace doodled::push {

// A button's light: a colour where is_coloured(), else a white of the device's palette (0, 16, 48, 127).
struct ButtonLight {
  Colour colour;
  std::uint8_t white = 0;
  bool operator==(const ButtonLight&) const = default;
};

struct Lights {
  std::array<Colour, pad_count> pads{};  // by index_of()
  std::array<ButtonLight, button_count> buttons{};
  std::array<std::uint8_t, 31> strip{};  // from the bottom, 0..7
  bool operator==(const Lights&) const = default;
};

// Pads: struck steps in their track's colour, held ones darker, all others in the picture's colour, faint;
// the column or pad that sounds is nearly white. In the picture's view the places of tracks that sound are
// bright.
Lights lights_of(const Hands& hands, const Score& score, const Now& now);

}  // namespace doodled::push
