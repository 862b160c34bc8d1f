#include "server/api/drawings.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace doodled::api {
namespace {

constexpr std::array<const char*, 8> colours = {"#e4572e", "#17bebb", "#ffc914", "#76b041",
                                                "#8f5bd6", "#2e86de", "#d6336c", "#868e96"};

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

std::string opening(double width, double height, std::string_view label) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " + number(height) +
         "\" role=\"img\" aria-label=\"" + escaped(label) + "\">";
}

std::string rectangle(double x, double y, double width, double height, std::string_view attributes) {
  return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\"" +
         number(height) + "\" " + std::string(attributes);
}

struct Sounding {
  Tick tick;
  std::uint16_t track;
  NoteOn note;
};

std::vector<Sounding> notes_of(const Timeline& timeline) {
  std::vector<Sounding> notes;
  for (const auto& event : timeline.events)
    if (const auto* note = std::get_if<NoteOn>(&event.body))
      notes.push_back({event.tick, event.track, *note});
  return notes;
}

std::string bar_lines(const Timeline& timeline, double width, double height) {
  std::string lines;
  for (Tick tick = 0; tick <= timeline.length; tick += timeline.meter.bar()) {
    const double x = width * static_cast<double>(tick) / static_cast<double>(timeline.length);
    lines += rectangle(x, 0, 1, height, "fill=\"#8884\"/>");
  }
  return lines;
}

std::string region_shape(const Evidence& evidence, double width, double height) {
  if (!evidence.polygon.empty()) {
    std::string points;
    for (const auto& point : evidence.polygon)
      points += number(point.x * width) + "," + number(point.y * height) + " ";
    return "<polygon points=\"" + points + "\" ";
  }
  const Box box = evidence.box.value_or(Box{0, 0, 1, 1});
  return rectangle(box.x * width, box.y * height, box.width * width, box.height * height, "");
}

}  // namespace

std::string piano_roll_svg(const Timeline& timeline) {
  constexpr double width = 960, row = 8;
  const auto notes = notes_of(timeline);
  int low = 127, high = 0;
  for (const auto& sounding : notes)
    low = std::min<int>(low, sounding.note.pitch), high = std::max<int>(high, sounding.note.pitch);
  if (notes.empty()) low = 48, high = 72;
  const double height = (high - low + 3) * row,
               scale = width / static_cast<double>(std::max<Tick>(1, timeline.length));
  std::string svg = opening(width, height, timeline.title) + bar_lines(timeline, width, height);
  for (const auto& [tick, track, note] : notes) {
    const std::string colour = "rx=\"2\" fill=\"" + std::string(colours[track % colours.size()]) +
                               "\" fill-opacity=\"" + number(0.35 + note.velocity / 200.0) + "\">";
    svg += rectangle(static_cast<double>(tick) * scale, (high + 1 - note.pitch) * row,
                     std::max(2.0, static_cast<double>(note.duration) * scale - 1), row - 1, colour) +
           "<title>" + pitch_name(note.pitch) + ", velocity " + std::to_string(note.velocity) +
           "</title></rect>";
  }
  return svg + "</svg>";
}

std::string overlay_svg(const doodled::Session& session, const Image& image) {
  const double width = image.facts.width, height = image.facts.height;
  std::string svg = opening(width, height, "What was read in the picture");
  for (std::size_t i = 0; i < session.evidence.size(); ++i) {
    const auto& evidence = session.evidence[i];
    const std::string shape = region_shape(evidence, width, height);
    svg += shape + "fill=\"" + colours[i % colours.size()] + "\" fill-opacity=\"0.12\" stroke=\"" +
           colours[i % colours.size()] + "\" vector-effect=\"non-scaling-stroke\" data-pointer=\"" +
           escaped(evidence.pointer) + "\"><title>" +
           escaped(evidence.reading + " -> " + evidence.pointer + " (" + evidence.rule + ")") + "</title>" +
           (evidence.polygon.empty() ? "</rect>" : "</polygon>");
  }
  return svg + "</svg>";
}

}  // namespace doodled::api
