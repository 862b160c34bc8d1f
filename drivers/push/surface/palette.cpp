#include "drivers/push/surface/palette.hpp"

namespace doodled::push {
namespace {

// Five bits a channel: what follows would only wear out places.
Colour coarse(Colour colour) {
  const auto channel = [](std::uint8_t value) {
    return static_cast<std::uint8_t>((value & 0xf8) | value >> 5);
  };
  return {channel(colour.red), channel(colour.green), channel(colour.blue)};
}

}  // namespace

void Palette::begin() { ++picture_; }

void Palette::forget() { slots_.fill({}); }

Palette::Place Palette::place(Colour wanted) {
  const Colour colour = coarse(wanted);
  if (colour == black) return {0, false};
  int oldest = first;
  for (int i = first; i <= last; ++i) {
    auto& slot = slots_[static_cast<std::size_t>(i)];
    if (!is_ours(i)) continue;
    if (slot.colour == colour) {
      slot.used = picture_;
      return {i, false};
    }
    if (slot.used < slots_[static_cast<std::size_t>(oldest)].used) oldest = i;
  }
  slots_[static_cast<std::size_t>(oldest)] = {colour, picture_};
  return {oldest, true};
}

}  // namespace doodled::push
