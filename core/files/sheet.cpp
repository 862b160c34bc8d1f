// The sheet: panels of one width under each other.
#include <algorithm>

#include "core/base/base64.hpp"
#include "core/files/drawings.hpp"
#include "core/files/svg.hpp"

namespace doodled {
namespace {

using namespace svg;

constexpr double sheet_width = 960, margin = 24, inner_width = sheet_width - 2 * margin, gap = 16;
constexpr double most_picture_height = 480, roll_height = 240, curve_height = 72;
constexpr std::size_t most_curves = 12;

Panel heading(const Session& session) {
  const std::string facts = key_name(session.key) + " · " + number(session.tempo_bpm) + " bpm · " +
                            std::to_string(session.meter.numerator) + "/" +
                            std::to_string(session.meter.denominator);
  return {text(0, 26, 24, session.title) + text(0, 50, 14, facts), inner_width, 60};
}

Panel picture_panel(const Session& session, const SourcePicture& picture) {
  const double scale = std::min(inner_width / picture.width, most_picture_height / picture.height);
  const double width = picture.width * scale, height = picture.height * scale;
  const std::string size = "\" width=\"" + number(width) + "\" height=\"" + number(height) + "\"";
  // Both spellings of the link: browsers want the first, older renderers the second.
  const std::string link = "data:image/jpeg;base64," + base64(as_bytes(picture.jpeg));
  const std::string image = "<image xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"" + link +
                            size + " preserveAspectRatio=\"none\"/>";
  return {image + placed({overlay_svg(session, picture.width, picture.height), width, height}, 0, 0),
          inner_width, height};
}

Panel roll_panel(const Timeline& timeline, MiddleC middle_c) {
  auto roll = piano_roll_svg(timeline, middle_c);
  roll.insert(std::string_view("<svg").size(), " preserveAspectRatio=\"none\"");
  return {rectangle(0, 0, inner_width, roll_height, "fill=\"#fff\" stroke=\"#ccc\"/>") + roll, inner_width,
          roll_height};
}

// Points of 0..1 in both directions, y up.
std::string line(const std::vector<Point>& points, const char* colour) {
  std::string path;
  for (const auto& point : points)
    path += number(point.x * inner_width) + "," + number((1 - point.y) * curve_height) + " ";
  return "<polyline points=\"" + path + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\"/>";
}

Panel curve_panel(const std::string& name, const std::vector<Point>& points, std::size_t index) {
  return {rectangle(0, 0, inner_width, curve_height, "fill=\"#fff\" stroke=\"#ccc\"/>") +
              line(points, colour(index)) + text(6, 16, 12, name),
          inner_width, curve_height};
}

Panel lfo_panel(const LfoShape& lfo, std::size_t index) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < lfo.samples.size(); ++i)
    points.push_back(
        {static_cast<double>(i) / static_cast<double>(lfo.samples.size() - 1), lfo.samples[i] / 2 + 0.5});
  const std::string name = (lfo.name.empty() ? lfo.id : lfo.name) + " moves " +
                           std::string(info(lfo.parameter).name) + " of " + lfo.track;
  return curve_panel(name, points, index);
}

Panel automation_panel(const Track& track, const Pattern& pattern, const Automation& automation,
                       std::size_t index) {
  std::vector<Point> points;
  for (const auto& point : automation.points) {
    const double x = static_cast<double>(point.tick) / static_cast<double>(pattern.length);
    if (automation.interpolation == Interpolation::step && !points.empty())
      points.push_back({x, points.back().y});
    points.push_back({x, point.value});
  }
  if (!points.empty()) points.push_back({1, points.back().y});
  const std::string name =
      std::string(info(automation.parameter).name) + " of " + track.name + ", " + pattern.id;
  return curve_panel(name, points, index);
}

void append_curves(const Session& session, std::vector<Panel>& panels) {
  const auto end = panels.size() + most_curves;
  for (const auto& lfo : session.lfos)
    if (panels.size() < end) panels.push_back(lfo_panel(lfo, panels.size()));
  for (const auto& track : session.tracks)
    for (const auto& pattern : track.patterns)
      for (const auto& automation : pattern.automation)
        if (panels.size() < end)
          panels.push_back(automation_panel(track, pattern, automation, panels.size()));
}

}  // namespace

std::string sheet_svg(const Session& session, const Timeline& timeline,
                      const std::optional<SourcePicture>& picture, MiddleC middle_c) {
  std::vector<Panel> panels{heading(session)};
  if (picture) panels.push_back(picture_panel(session, *picture));
  panels.push_back(roll_panel(timeline, middle_c));
  append_curves(session, panels);
  double height = margin;
  std::string content;
  for (const auto& panel : panels) {
    content += placed(panel, margin, height);
    height += panel.height + gap;
  }
  height += margin - gap;
  return opening(sheet_width, height, session.title,
                 " width=\"" + number(sheet_width) + "\" height=\"" + number(height) + "\"") +
         rectangle(0, 0, sheet_width, height, "fill=\"#fafafa\"/>") + content + "</svg>\n";
}

}  // namespace doodled
