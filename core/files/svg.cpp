#include "core/files/svg.hpp"

#include <cstdio>

namespace doodled::svg {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      result += c;
  }
  return result;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string opening(double width, double height, std::string_view label, std::string_view attributes) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " + number(height) +
         "\" role=\"img\" aria-label=\"" + escaped(label) + "\"" + std::string(attributes) + ">";
}

std::string rectangle(double x, double y, double width, double height, std::string_view attributes) {
  return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\"" +
         number(height) + "\" " + std::string(attributes);
}

std::string text(double x, double y, double size, std::string_view content) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + number(size) +
         "\" font-family=\"sans-serif\" fill=\"#222\">" + escaped(content) + "</text>";
}

std::string placed(const Panel& panel, double x, double y) {
  return "<svg x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(panel.width) +
         "\" height=\"" + number(panel.height) + "\">" + panel.svg + "</svg>";
}

}  // namespace doodled::svg
