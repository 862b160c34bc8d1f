// Colours of lights and of the display: sRGB, 8 bits a channel. Pure.
#pragma once
#include <algorithm>
#include <cstdint>

namespace doodled::push {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Colour&) const = default;
};

inline constexpr Colour black{0, 0, 0}, white{255, 255, 255};

// `share` 0..1 of `b`, the rest of `a`.
constexpr Colour mix(Colour a, Colour b, double share) {
  const auto channel = [share](int from, int to) {
    return static_cast<std::uint8_t>(from + (to - from) * share + 0.5);
  };
  return {channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue)};
}
constexpr Colour dimmed(Colour colour, double light) { return mix(black, colour, light); }

// Made as bright as it gets without another hue; what is nearly black becomes grey.
constexpr Colour vivid(Colour colour) {
  const int most = std::max({colour.red, colour.green, colour.blue});
  if (most < 24) return {200, 200, 200};
  const auto channel = [most](int value) { return static_cast<std::uint8_t>(value * 255 / most); };
  return {channel(colour.red), channel(colour.green), channel(colour.blue)};
}

// The square of the distance.
constexpr int distance(Colour a, Colour b) {
  const int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
  return red * red + green * green + blue * blue;
}

}  // namespace doodled::push
