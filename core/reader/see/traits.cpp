#include "core/reader/see/traits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/faces.hpp"
#include "core/reader/see/open_line.hpp"
#include "core/reader/see/outline.hpp"
#include "core/reader/see/swings.hpp"
#include "core/reader/see/trace.hpp"
#include "core/reader/see/trait_sheet.hpp"

namespace doodled::sight {
namespace {

constexpr int classes = 18;         // of the reading's list
constexpr int directions = 8;       // of 22.5 degrees
constexpr int rays = 24;            // from the middle
constexpr int scans = 12;           // across and down
constexpr double leg_share = 0.05;  // of the extent: legs wander no further from straight

Path with_end(const Stroke& stroke) {
  Path path = stroke.points;
  if (stroke.closed && !path.empty()) path.push_back(path.front());
  return path;
}

struct Lines {
  std::vector<Stroke> strokes;  // longest first
  std::vector<Enclosure> enclosures;
  int loose = 0, crossings = 0;
  double length = 0;
};

Lines lines_of(const Graph& graph, const Group& group, double pen) {
  Lines lines;
  std::set<int> nodes;
  for (const auto& edges : group.parts) {
    for (Stroke& stroke : trace(graph, edges, pen)) lines.strokes.push_back(std::move(stroke));
    lines.enclosures.push_back(enclose(graph, edges, pen));
    for (const int e : edges) nodes.insert({graph.edges[std::size_t(e)].a, graph.edges[std::size_t(e)].b});
  }
  for (const int n : nodes) {
    const int degree = graph.nodes[std::size_t(n)].degree();
    lines.loose += degree == 1, lines.crossings += degree > 2;
  }
  std::stable_sort(lines.strokes.begin(), lines.strokes.end(),
                   [](const Stroke& a, const Stroke& b) { return a.length > b.length; });
  for (const Stroke& stroke : lines.strokes) lines.length += stroke.length;
  return lines;
}

// All inner areas, largest first.
std::vector<Face> faces_of(const Lines& lines) {
  std::vector<Face> faces;
  for (const Enclosure& enclosure : lines.enclosures)
    for (const Block& block : enclosure.blocks)
      faces.insert(faces.end(), block.faces.begin(), block.faces.end());
  std::stable_sort(faces.begin(), faces.end(), [](const Face& a, const Face& b) { return a.area > b.area; });
  return faces;
}

void add_parts(const Group& group, const Lines& lines, TraitSheet& sheet) {
  const double longest = lines.strokes.front().length;
  int real = 0;
  for (const Stroke& stroke : lines.strokes) real += stroke.length > 0.15 * longest;
  sheet.add("parts", double(group.parts.size()));
  sheet.add("loose ends", lines.loose);
  sheet.add("crossings", lines.crossings);
  sheet.add("strokes", double(lines.strokes.size()));
  sheet.add("strokes of weight", real);
  sheet.add("share of longest stroke", ratio(longest, lines.length));
  sheet.add("longest stroke closed", lines.strokes.front().closed);
  sheet.add("share of second stroke", lines.strokes.size() > 1 ? ratio(lines.strokes[1].length, longest) : 0);
  sheet.add("width over height", std::log(ratio(group.box.width + 1, group.box.height + 1)));
}

void add_outline(const std::string& of, const OutlineMeasures& m, TraitSheet& sheet) {
  sheet.add(of + " aspect", m.aspect);
  sheet.add(of + " solidity", m.solidity);
  sheet.add(of + " ellipse error", m.ellipse_error);
  for (int k = 3; k <= 8; ++k) {
    sheet.add(of + " error of " + std::to_string(k) + " sides", m.polygon_error[k]);
    sheet.add(of + " turning at " + std::to_string(k) + " corners", m.cornered[k]);
  }
  sheet.add(of + " three sides over ellipse", ratio(m.polygon_error[3], m.ellipse_error));
  sheet.add(of + " four sides over ellipse", ratio(m.polygon_error[4], m.ellipse_error));
  sheet.add(of + " four sides over three", ratio(m.polygon_error[4], m.polygon_error[3]));
  sheet.add(of + " tips", m.peaks);
  sheet.add(of + " depth of dents", m.depth);
}

// The corners of the best triangle and quadrilateral: how blunt the sharpest and the widest are.
void add_corners(const std::string& of, const OutlineMeasures& m, TraitSheet& sheet) {
  for (const std::size_t k : {3U, 4U}) {
    double least = 180, widest = 0, shortest = 1e9, longest = 0;
    const Path& corners = m.polygon[k];
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const cv::Point2f &before = corners[(i + k - 1) % k], &at = corners[i], &after = corners[(i + 1) % k];
      const double angle = 180 - std::abs(turn(before, at, after)), side = distance(at, after);
      least = std::min(least, angle), widest = std::max(widest, angle);
      shortest = std::min(shortest, side), longest = std::max(longest, side);
    }
    const std::string name = of + " best of " + std::to_string(k) + " sides: ";
    sheet.add(name + "least angle", least / 180);
    sheet.add(name + "widest angle", widest / 180);
    sheet.add(name + "shortest over longest side", ratio(shortest, longest));
  }
}

void add_areas(const std::vector<Face>& faces, double hull_area, double length, TraitSheet& sheet) {
  double all = 0;
  int large = 0;
  for (const Face& face : faces) all += face.area, large += face.area > 0.05 * hull_area;
  sheet.add("areas", double(faces.size()));
  sheet.add("areas of weight", large);
  sheet.add("largest area over hull", faces.empty() ? 0 : ratio(faces[0].area, hull_area));
  sheet.add("second area over hull", faces.size() < 2 ? 0 : ratio(faces[1].area, hull_area));
  sheet.add("enclosed over hull", ratio(all, hull_area));
  sheet.add("way round the largest area over all lines",
            faces.empty() ? 0 : ratio(length_of(faces[0].outline, true), length));
}

void add_line(const LineMeasures& m, TraitSheet& sheet) {
  sheet.add("line: chord over length", ratio(m.chord, m.length));
  sheet.add("line: extent over length", ratio(m.extent, m.length));
  sheet.add("line: bow", m.bow);
  sheet.add("line: turning to one side", std::abs(m.signed_turn) / 360);
  sheet.add("line: turning", m.total_turn / 360);
  sheet.add("line: one side of all turning", ratio(std::abs(m.signed_turn), m.total_turn));
  sheet.add("line: bends", m.bends);
  sheet.add("line: swings", m.swings);
  sheet.add("line: ripples", m.ripples);
  sheet.add("line: corners", m.corners);
  sheet.add("line: sharpness", m.sharpness);
  sheet.add("line: alternations", m.alternations);
  sheet.add("line: alternations of corners", ratio(m.alternations, m.corners));
  sheet.add("line: square corners", m.square_corners);
  sheet.add("line: monotone across", m.monotone_x);
  sheet.add("line: monotone down", m.monotone_y);
  sheet.add("line: winding", m.winding);
  sheet.add("line: rounds", m.rounds);
}

// How the turning of the longest stroke is shared among gentle and sharp bends, looked at in 48 steps.
void add_turning(const Path& stroke, TraitSheet& sheet) {
  constexpr std::array<double, 4> limits = {8, 20, 45, 90};
  std::array<double, limits.size() + 1> shares{};
  const Path even = smooth(resample(stroke, 48), 1);
  double all = 0, sharpest = 0;
  for (std::size_t i = 1; i + 1 < even.size(); ++i) {
    const double t = std::abs(turn(even[i - 1], even[i], even[i + 1]));
    shares[std::size_t(std::upper_bound(limits.begin(), limits.end(), t) - limits.begin())] += t;
    all += t, sharpest = std::max(sharpest, t);
  }
  for (std::size_t i = 0; i < shares.size(); ++i)
    sheet.add("turning in bends of class " + std::to_string(i), ratio(shares[i], all));
  sheet.add("sharpest bend", sharpest / 180);
}

// Where the lines lead, and how long their straight legs are.
void add_legs(const Lines& lines, double extent, TraitSheet& sheet) {
  std::array<double, directions> share{};
  std::vector<double> legs;
  double upright = 0, all = 0;
  for (const Stroke& stroke : lines.strokes) {
    const Path rough = simplify(with_end(stroke), leg_share * extent);
    for (std::size_t i = 1; i < rough.size(); ++i) {
      const cv::Point2f d = rough[i] - rough[i - 1];
      const double length = cv::norm(d), angle = std::fmod(std::atan2(d.y, d.x) + 2 * CV_PI, CV_PI);
      share[std::size_t(angle / CV_PI * directions + 0.5) % directions] += length;
      const double off = std::min(std::abs(d.x), std::abs(d.y));
      upright += off < 0.27 * length ? length : 0, all += length;
      legs.push_back(length / extent);
    }
  }
  std::sort(legs.rbegin(), legs.rend());
  std::sort(share.rbegin(), share.rend());
  int long_legs = 0;
  for (const double leg : legs) long_legs += leg > 0.12;
  sheet.add("legs", long_legs);
  sheet.add("way in long legs", ratio(all, lines.length));
  sheet.add("upright or level", ratio(upright, all));
  sheet.add("main direction", ratio(share[0], all));
  sheet.add("two main directions", ratio(share[0] + share[1], all));
  sheet.add("three main directions", ratio(share[0] + share[1] + share[2], all));
  for (const std::size_t i : {0U, 1U, 2U, 3U, 4U})
    sheet.add("leg " + std::to_string(i + 1), i < legs.size() ? legs[i] : 0);
}

// Segments that a half line from the middle crosses, for rays all around: mean, deviation, fewest, and how
// far from the middle.
void add_rays(const std::vector<Path>& paths, cv::Point2f middle, double extent, TraitSheet& sheet) {
  std::array<double, rays> hits{};
  double way = 0, around = 0, sum = 0, squares = 0, weight = 0;
  for (const Path& path : paths)
    for (std::size_t i = 1; i < path.size(); ++i) {
      const cv::Point2f a = path[i - 1] - middle, b = path[i] - middle;
      const double from = std::atan2(a.y, a.x), angle = std::atan2(double(a.x) * b.y - double(a.y) * b.x,
                                                                   double(a.x) * b.x + double(a.y) * b.y);
      const double radius = (cv::norm(a) + cv::norm(b)) / 2, length = cv::norm(b - a);
      way += length, around += std::min(length, std::abs(angle) * radius);
      sum += radius * length, squares += radius * radius * length, weight += length;
      const double slot = 2 * CV_PI / rays, low = std::min(from, from + angle),
                   high = std::max(from, from + angle);
      for (int k = static_cast<int>(std::ceil(low / slot)); k * slot < high; ++k)
        hits[std::size_t((k % rays + rays) % rays)] += 1;
    }
  double mean = 0, deviation = 0;
  for (const double h : hits) mean += h / rays;
  for (const double h : hits) deviation += (h - mean) * (h - mean) / rays;
  const double radius = ratio(sum, weight);
  sheet.add("lines a ray crosses", mean);
  sheet.add("lines a ray crosses, deviation", std::sqrt(deviation));
  sheet.add("lines a ray crosses, fewest", *std::min_element(hits.begin(), hits.end()));
  sheet.add("way around the middle", ratio(around, way));
  sheet.add("distance from the middle", ratio(radius, extent));
  sheet.add("distance from the middle, deviation",
            ratio(std::sqrt(std::max(0.0, ratio(squares, weight) - radius * radius)), radius));
}

// Lines that parallels along an axis cross: mean and most.
void add_scans(const std::string& name, const std::vector<Path>& paths, cv::Point2f along,
               TraitSheet& sheet) {
  const cv::Point2f side(-along.y, along.x);
  double least = 1e9, highest = -1e9;
  for (const Path& path : paths)
    for (const auto& p : path)
      least = std::min(least, p.ddot(side)), highest = std::max(highest, p.ddot(side));
  std::array<double, scans> hits{};
  const double step = std::max(1e-6, (highest - least) / scans);
  for (const Path& path : paths)
    for (std::size_t i = 1; i < path.size(); ++i) {
      const auto [low, high] = std::minmax(
          {(path[i - 1].ddot(side) - least) / step - 0.5, (path[i].ddot(side) - least) / step - 0.5});
      for (int k = std::max(0, static_cast<int>(std::ceil(low))); k < scans && k < high; ++k)
        ++hits[std::size_t(k)];
    }
  double mean = 0;
  for (const double h : hits) mean += h / scans;
  sheet.add(name + ", mean", mean);
  sheet.add(name + ", most", *std::max_element(hits.begin(), hits.end()));
  sheet.add(name + ", first against last", ratio(hits.front() - hits.back(), mean));
}

// The direction of its longer side.
cv::Point2f axis_of(const cv::RotatedRect& box) {
  const double angle = (box.angle + (box.size.height > box.size.width ? 90 : 0)) * CV_PI / 180;
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

// `box` is the smallest around the lines.
void add_course(const std::vector<Path>& paths, const cv::RotatedRect& box, double extent,
                TraitSheet& sheet) {
  const cv::Point2f along = axis_of(box);
  const auto [least, longest] = std::minmax(box.size.width, box.size.height);
  sheet.add("slimness", ratio(least, longest));
  add_rays(paths, box.center, extent, sheet);
  add_scans("crossed along", paths, along, sheet);
  add_scans("crossed across", paths, {-along.y, along.x}, sheet);
  add_scans("crossed level", paths, {1, 0}, sheet);
  add_scans("crossed upright", paths, {0, 1}, sheet);
}

void add_rules(const std::vector<Figure>& figures, double length, TraitSheet& sheet) {
  for (int c = 0; c < classes; ++c) {
    const auto shape_class = static_cast<ShapeClass>(c);
    sheet.add(
        "rules: " + std::string(to_string(shape_class)),
        !figures.empty() && figures.front().shape_class == shape_class ? figures.front().confidence : 0);
  }
  sheet.add("rules: figures", double(figures.size()));
  sheet.add("rules: share of the largest", figures.empty() ? 0 : ratio(figures.front().ink_length, length));
}

// The largest area where it stands for the whole, else what lies around everything.
Path main_outline(const std::vector<Face>& faces, const Path& hull) {
  return !faces.empty() && faces[0].area > 0.2 * std::abs(signed_area(hull)) ? faces[0].outline : hull;
}

TraitSheet measure(const Graph& graph, const Group& group, const std::vector<Figure>& figures, double pen,
                   Traits& traits) {
  TraitSheet sheet;
  const Lines lines = lines_of(graph, group, pen);
  const auto faces = faces_of(lines);
  Path hull;
  cv::convexHull(group.points, hull);
  const double hull_area = std::abs(signed_area(hull)),
               extent = std::hypot(group.box.width, group.box.height) + 1;
  std::vector<Path> paths;
  for (const Stroke& stroke : lines.strokes)
    paths.push_back(resample(with_end(stroke), std::clamp(static_cast<int>(stroke.length / 6), 3, 600)));
  traits.outline = main_outline(faces, hull);
  traits.stroke = lines.strokes.front().points;
  add_parts(group, lines, sheet);
  sheet.add("lines over way round the hull", ratio(lines.length, length_of(hull, true)));
  add_areas(faces, hull_area, lines.length, sheet);
  const OutlineMeasures outer = measure_outline(hull), inner = measure_outline(traits.outline);
  add_outline("hull", outer, sheet), add_corners("hull", outer, sheet);
  add_outline("outline", inner, sheet), add_corners("outline", inner, sheet);
  const Path main = with_end(lines.strokes.front());
  add_line(measure_line(main, pen), sheet);
  add_turning(main, sheet);
  add_legs(lines, extent, sheet);
  const cv::RotatedRect box = cv::minAreaRect(group.points);
  add_course(paths, box, extent, sheet);
  add_rules(figures, lines.length, sheet);
  const cv::Point2f along = axis_of(box);
  add_swings("to and fro along", main, along, sheet);
  add_swings("to and fro across", main, {-along.y, along.x}, sheet);
  add_turning_course(main, sheet);
  return sheet;
}

}  // namespace

Traits traits_of(const Graph& graph, const Group& group, const std::vector<Figure>& figures, double pen) {
  Traits traits;
  traits.values = measure(graph, group, figures, pen, traits).values;
  return traits;
}

const std::vector<std::string>& trait_names() {
  static const std::vector<std::string> names = [] {
    Graph graph;
    graph.nodes = {{{0, 0}, {0}}, {{40, 0}, {0}}};
    graph.edges = {{0, 1, {{0, 0}, {40, 0}}, 40, false}};
    Traits traits;
    return measure(graph, groups_of(graph, 2).front(), {}, 2, traits).names;
  }();
  return names;
}

}  // namespace doodled::sight
