// The pieces that SVG answers are made of.
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace doodled::api {

inline constexpr std::array<const char*, 8> svg_colours = {"#e4572e", "#17bebb", "#ffc914", "#76b041",
                                                           "#8f5bd6", "#2e86de", "#d6336c", "#868e96"};

// Without anything that could be markup, and without control characters.
std::string svg_escaped(std::string_view text);
// Two decimals.
std::string svg_number(double value);
std::string svg_opening(double width, double height, std::string_view label);
// Left open after its attributes: '<rect ... ATTRIBUTES'.
std::string svg_rectangle(double x, double y, double width, double height, std::string_view attributes);

}  // namespace doodled::api
