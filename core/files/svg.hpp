// The words that our SVG drawings are made of. Texts are escaped; nothing in a session can add markup. Only
// core/files includes this.
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace doodled::svg {

inline constexpr std::array<const char*, 8> colours = {"#e4572e", "#17bebb", "#ffc914", "#76b041",
                                                       "#8f5bd6", "#2e86de", "#d6336c", "#868e96"};
inline const char* colour(std::size_t index) { return colours[index % colours.size()]; }

std::string escaped(std::string_view text);
// Two digits after the point.
std::string number(double value);

// <svg ...> with a viewBox from 0, 0; `attributes` as they stand in the tag.
std::string opening(double width, double height, std::string_view label, std::string_view attributes = {});
// Without its end, so that a title can follow.
std::string rectangle(double x, double y, double width, double height, std::string_view attributes);
std::string text(double x, double y, double size, std::string_view content);

// One part of a larger drawing: a nested <svg> at a place, scaled to the width.
struct Panel {
  std::string svg;
  double width, height;
};
std::string placed(const Panel& panel, double x, double y);

}  // namespace doodled::svg
