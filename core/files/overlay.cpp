// The evidence of a session as regions with labels, to lay over its picture.
#include <algorithm>
#include <map>
#include <set>

#include "core/files/drawings.hpp"
#include "core/files/svg.hpp"

namespace doodled {
namespace {

constexpr double letter_width = 0.56;  // of the letters' height, on average in a sans-serif
constexpr std::size_t most_letters = 34;

// What was read in one place, and everything that came of it.
struct Region {
  std::string outline;  // SVG, open after its geometry
  bool polygon = false;
  Box bounds;  // pixels
  std::vector<const Evidence*> parts;

  bool of_notes() const {
    return std::ranges::all_of(
        parts, [](const Evidence* e) { return e->pointer.find("/notes/") != std::string::npos; });
  }
};

Box bounds_of(const Evidence& evidence, double width, double height) {
  if (evidence.polygon.empty()) {
    const Box box = evidence.box.value_or(Box{0, 0, 1, 1});
    return {box.x * width, box.y * height, box.width * width, box.height * height};
  }
  const auto [left, right] = std::ranges::minmax(evidence.polygon, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(evidence.polygon, {}, &Point::y);
  return {left.x * width, top.y * height, (right.x - left.x) * width, (bottom.y - top.y) * height};
}

std::string outline_of(const Evidence& evidence, const Box& bounds, double width, double height) {
  if (evidence.polygon.empty()) return svg::rectangle(bounds.x, bounds.y, bounds.width, bounds.height, "");
  std::string points;
  for (const auto& point : evidence.polygon)
    points += svg::number(point.x * width) + "," + svg::number(point.y * height) + " ";
  return "<polygon points=\"" + points + "\" ";
}

// One region for all evidence of the same place, in the order of the evidence.
std::vector<Region> regions_of(const Session& session, double width, double height) {
  std::vector<Region> regions;
  std::map<std::string, std::size_t> known;
  for (const Evidence& evidence : session.evidence) {
    const Box bounds = bounds_of(evidence, width, height);
    std::string outline = outline_of(evidence, bounds, width, height);
    const auto [place, added] = known.emplace(outline, regions.size());
    if (added) regions.push_back({std::move(outline), !evidence.polygon.empty(), bounds, {}});
    regions[place->second].parts.push_back(&evidence);
  }
  return regions;
}

// Colours tell the parts of a session apart: its tracks by number, what is not of a track in grey.
const char* colour_of(const Region& region) {
  constexpr std::string_view tracks = "/tracks/";
  for (const Evidence* part : region.parts)
    if (part->pointer.starts_with(tracks) && part->pointer.size() > tracks.size())
      return svg::colours[static_cast<std::size_t>(part->pointer[tracks.size()] - '0') %
                          (svg::colours.size() - 1)];
  return svg::colours.back();
}

std::string title_of(const Region& region) {
  std::string title;
  for (const Evidence* part : region.parts)
    title += (title.empty() ? "" : "\n") + part->reading + " -> " + part->pointer + " (" + part->rule + ")";
  std::string escaped;  // line by line: control characters are not let through
  for (std::size_t from = 0; from <= title.size();) {
    const auto end = std::min(title.find('\n', from), title.size());
    escaped += (from > 0 ? "&#10;" : "") + svg::escaped(std::string_view(title).substr(from, end - from));
    from = end + 1;
  }
  return escaped;
}

std::string pointers_of(const Region& region) {
  std::string pointers;
  for (const Evidence* part : region.parts) pointers += (pointers.empty() ? "" : " ") + part->pointer;
  return svg::escaped(pointers);
}

std::string shape_of(const Region& region) {
  const std::string colour = colour_of(region);
  const bool faint = region.of_notes();
  return region.outline + "fill=\"" + colour + "\" fill-opacity=\"" + (faint ? "0.05" : "0.14") +
         "\" stroke=\"" + colour + "\" stroke-opacity=\"" + (faint ? "0.25" : "1") + "\" stroke-width=\"" +
         (faint ? "1" : "2") + "\" vector-effect=\"non-scaling-stroke\" data-pointer=\"" +
         pointers_of(region) + "\"><title>" + title_of(region) + "</title>" +
         (region.polygon ? "</polygon>" : "</rect>");
}

// 'circle, 93 % - shape-wave, pen-tonic'
std::string label_of(const Region& region) {
  std::set<std::string_view> rules;
  for (const Evidence* part : region.parts) rules.insert(part->rule);
  std::string label = region.parts.front()->reading + " \u2192 ";
  for (const auto rule : rules) {
    if (label.size() + rule.size() > most_letters && !label.ends_with("\u2192 ")) return label + ", \u2026";
    label += (label.ends_with("\u2192 ") ? "" : ", ") + std::string(rule);
  }
  return label;
}

bool overlaps(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// Lines of text that do not lie on one another: each goes to the top of its region, or as far below as it
// must.
class Labels {
 public:
  Labels(double width, double height) : width_(width), height_(height), size_(std::max(width, height) / 55) {}

  std::string add(const Region& region) {
    const std::string text = label_of(region);
    Box place{region.bounds.x, region.bounds.y - size_ * 0.4,
              letter_width * size_ * static_cast<double>(text.size()), size_ * 1.3};
    place.x = std::clamp(place.x, 0.0, std::max(0.0, width_ - place.width));
    place.y = std::max(place.y, 0.0);
    while (std::ranges::any_of(taken_, [&](const Box& other) { return overlaps(place, other); })) {
      place.y += size_ * 1.3;
      if (place.y > height_) return {};  // no room: its title still says it
    }
    taken_.push_back(place);
    return "<text x=\"" + svg::number(place.x) + "\" y=\"" + svg::number(place.y + size_) +
           "\" font-size=\"" + svg::number(size_) + "\" fill=\"" + colour_of(region) + "\">" +
           svg::escaped(text) + "</text>";
  }

 private:
  double width_, height_, size_;
  std::vector<Box> taken_;
};

}  // namespace

std::string overlay_svg(const Session& session, double width, double height) {
  auto regions = regions_of(session, width, height);
  // Large regions lie below small ones, so that each can be pointed at.
  std::ranges::stable_sort(regions, std::ranges::greater{},
                           [](const Region& r) { return r.bounds.width * r.bounds.height; });
  std::string drawing = svg::opening(width, height, "What was read in the picture"), texts;
  for (const Region& region : regions) drawing += shape_of(region);
  Labels labels(width, height);
  for (const Region& region : regions)
    if (!region.of_notes()) texts += labels.add(region);
  return drawing +
         "<g font-family=\"sans-serif\" font-weight=\"600\" paint-order=\"stroke\" stroke=\"#fff\" "
         "stroke-width=\"" +
         svg::number(std::max(width, height) / 300) +
         "\" stroke-linejoin=\"round\" pointer-events=\"none\">" + texts + "</g></svg>";
}

}  // namespace doodled
