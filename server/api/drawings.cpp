#include "server/api/drawings.hpp"

#include <algorithm>

#include "server/api/svg.hpp"

namespace doodled::api {
namespace {

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
    lines += svg_rectangle(x, 0, 1, height, "fill=\"#8884\"/>");
  }
  return lines;
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
  std::string svg = svg_opening(width, height, timeline.title) + bar_lines(timeline, width, height);
  for (const auto& [tick, track, note] : notes) {
    const std::string colour = "rx=\"2\" fill=\"" + std::string(svg_colours[track % svg_colours.size()]) +
                               "\" fill-opacity=\"" + svg_number(0.35 + note.velocity / 200.0) + "\">";
    svg += svg_rectangle(static_cast<double>(tick) * scale, (high + 1 - note.pitch) * row,
                         std::max(2.0, static_cast<double>(note.duration) * scale - 1), row - 1, colour) +
           "<title>" + pitch_name(note.pitch) + ", velocity " + std::to_string(note.velocity) +
           "</title></rect>";
  }
  return svg + "</svg>";
}

}  // namespace doodled::api
