#include "core/files/drawings.hpp"

#include <algorithm>

#include "core/files/notes.hpp"
#include "core/files/svg.hpp"

namespace doodled {
namespace {

using namespace svg;

std::string bar_lines(const Timeline& timeline, double width, double height) {
  std::string lines;
  for (Tick tick = 0; tick <= timeline.length; tick += timeline.meter.bar()) {
    const double x = width * static_cast<double>(tick) / static_cast<double>(timeline.length);
    lines += rectangle(x, 0, 1, height, "fill=\"#8884\"/>");
  }
  return lines;
}

}  // namespace

std::string piano_roll_svg(const Timeline& timeline, MiddleC middle_c) {
  constexpr double width = 960, row = 8;
  const auto notes = notes_of(timeline);
  int low = 127, high = 0;
  for (const auto& note : notes) low = std::min(low, note.pitch), high = std::max(high, note.pitch);
  if (notes.empty()) low = 48, high = 72;
  const double height = (high - low + 3) * row,
               scale = width / static_cast<double>(std::max<Tick>(1, timeline.length));
  std::string svg = opening(width, height, timeline.title) + bar_lines(timeline, width, height);
  for (const auto& note : notes) {
    const std::string look = "rx=\"2\" fill=\"" + std::string(colour(note.track)) + "\" fill-opacity=\"" +
                             number(0.35 + note.velocity / 200.0) + "\">";
    svg += rectangle(static_cast<double>(note.start) * scale, (high + 1 - note.pitch) * row,
                     std::max(2.0, static_cast<double>(note.duration) * scale - 1), row - 1, look) +
           "<title>" + pitch_name(note.pitch, middle_c) + ", velocity " + std::to_string(note.velocity) +
           "</title></rect>";
  }
  return svg + "</svg>";
}

}  // namespace doodled
