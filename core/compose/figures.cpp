#include "core/compose/figures.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/compose/draft.hpp"
#include "core/compose/outline.hpp"
#include "core/compose/roundness.hpp"
#include "core/compose/sharpness.hpp"

namespace doodled::composing {
namespace {

// A frame is at least this much of the page, so that one small mark stays a small gesture.
constexpr double least_width = 0.15, least_height = 0.3;
constexpr double beside_middle = 0.036;  // of a flat drawing's frame: no pitch begins there, nor near it
constexpr int samples = 5;               // of an edge between two places
// Ink inside an outline: more of it is hatching, and from there on paint. A figure that covers less of the
// page has no room for either.
constexpr double least_hatched = 0.25, most_hatched = 0.85, least_room = 0.003;
constexpr double least_part = 0.3;  // of a figure that a hatched area inside it covers: then all is hatched
constexpr double lines_of_star = 0.2;  // of the band around a star they are ink
constexpr int most_strokes = 3;        // inside a figure: more of them are its shading

// Besides its own lines.
double ink_inside(const Shape& shape) {
  if (shape.shape_class != ShapeClass::star) return shape.fill;
  return std::max(0.0, (shape.fill - lines_of_star) / (1 - lines_of_star));
}

// Where a vertical line crosses the outline: the highest or the lowest of the crossings. The topmost point of
// a drawing may lie a rounding above its frame.
std::optional<double> crossing(const std::vector<Point>& points, bool closed, double x, bool highest) {
  std::optional<double> found;
  const std::size_t edges = closed ? points.size() : points.size() - 1;
  for (std::size_t i = 0; i < edges; ++i) {
    const Point a = points[i], b = points[(i + 1) % points.size()];
    if (x < std::min(a.x, b.x) || x > std::max(a.x, b.x)) continue;
    const double y = a.x == b.x ? (highest ? std::min(a.y, b.y) : std::max(a.y, b.y))
                                : a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y);
    if (!found || (highest ? y < *found : y > *found)) found = y;
  }
  return found;
}

double edge(const Figure& figure, double from, double to, bool highest) {
  const double left = std::clamp(from, figure.left, figure.right), right = std::clamp(to, left, figure.right);
  double sum = 0;
  int count = 0;
  for (int i = 0; i < samples; ++i) {
    const auto y =
        crossing(figure.outline, figure.closed, left + (right - left) * (i + 0.5) / samples, highest);
    if (y) sum += *y, ++count;
  }
  return std::clamp(count > 0 ? sum / count : (figure.top + figure.bottom) / 2, 0.0, 1.0);
}

void measure_bounds(Figure& figure) {
  const auto [left, right] = std::ranges::minmax(figure.outline, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(figure.outline, {}, &Point::y);
  figure.left = left.x, figure.right = right.x, figure.top = top.y, figure.bottom = bottom.y;
}

std::vector<Point> outline_of(const Shape& shape) {
  if (shape.stroke.size() > 1) return shape.stroke;
  if (shape.polygon.size() > 2) return shape.polygon;
  const Box& b = shape.box;
  return {{b.x, b.y}, {b.x + b.width, b.y}, {b.x + b.width, b.y + b.height}, {b.x, b.y + b.height}};
}

// A spiral is read by its outer edge: from which end and through which crossings its line was followed is a
// matter of the photograph.
bool is_line(ShapeClass shape_class) {
  using enum ShapeClass;
  return shape_class == line || shape_class == arc || shape_class == wave || shape_class == zigzag ||
         shape_class == staircase || shape_class == arrow;
}

// By its own line; by its class where there is no line to look at.
double sharpness_of(const Figure& figure, const Plane& plane, const Rulebook& rules) {
  const Shape& shape = *figure.shape;
  const bool mark = shape.shape_class == ShapeClass::dot || shape.shape_class == ShapeClass::hatching;
  if (mark || (shape.stroke.size() < 2 && shape.polygon.size() < 3))
    return rules.figure(shape.shape_class).corners ? 1 : 0;
  auto line = figure.outline;
  for (Point& p : line) p.y *= plane.aspect();
  return sharpness(line, figure.closed);
}

// Mean distance from the middle of the box, in half sides, of the points of each quarter.
std::vector<double> quarter_radii(const Figure& figure) {
  double sums[4] = {}, counts[4] = {};
  for (const Point& p : evenly(figure.outline, true, 128)) {
    const double x = 2 * (p.x - figure.left) / figure.width() - 1,
                 y = 2 * (p.y - figure.top) / figure.height() - 1;
    const int quarter = y < 0 ? (x < 0 ? 0 : 1) : (x < 0 ? 3 : 2);
    sums[quarter] += std::hypot(x, y), ++counts[quarter];
  }
  std::vector<double> radii;
  for (int i = 0; i < 4; ++i) radii.push_back(counts[i] > 0 ? sums[i] / counts[i] : 1);
  return radii;
}

// Of the mean of its outline from the middle of its box, in shares of the box.
Point offset_of(const Figure& figure) {
  const auto points = evenly(figure.outline, figure.closed, 64);
  Point sum;
  for (const Point& p : points) sum.x += p.x, sum.y += p.y;
  if (points.empty()) return {};
  const auto count = static_cast<double>(points.size());
  return {(sum.x / count - (figure.left + figure.right) / 2) / std::max(0.02, figure.width()),
          (sum.y / count - (figure.top + figure.bottom) / 2) / std::max(0.02, figure.height())};
}

// How much further from its mean height the outline lies at its right: the mean over its points of the place
// times the squared height, both from their means, in half sides of the box.
double flare_of(const Figure& figure) {
  const auto points = evenly(figure.outline, figure.closed, 128);
  const Point offset = offset_of(figure);
  const double half_width = std::max(0.02, figure.width()) / 2,
               half_height = std::max(0.02, figure.height()) / 2;
  const double x = (figure.left + figure.right) / 2 + 2 * offset.x * half_width,
               y = (figure.top + figure.bottom) / 2 + 2 * offset.y * half_height;
  double sum = 0;
  for (const Point& p : points) sum += (p.x - x) / half_width * std::pow((p.y - y) / half_height, 2);
  return points.empty() ? 0 : sum / static_cast<double>(points.size());
}

// How far the line lies above its chord, on the mean of each half, in shares of the chord.
std::vector<double> half_bows(const Figure& figure) {
  const Point a = figure.outline.front(), b = figure.outline.back();
  const double chord = std::max(0.05, std::hypot(b.x - a.x, b.y - a.y));
  double sums[2] = {};
  const auto points = evenly(figure.outline, false, 64);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point& p = points[i];
    sums[2 * i / points.size()] += ((p.x - a.x) * (b.y - a.y) - (p.y - a.y) * (b.x - a.x)) / (chord * chord);
  }
  return {sums[0] / 32, sums[1] / 32};
}

}  // namespace

double Figure::upper(double from, double to) const { return edge(*this, from, to, true); }
double Figure::lower(double from, double to) const { return edge(*this, from, to, false); }

std::vector<double> Figure::bulges() const {
  if (outline.size() < 2 || width() <= 0 || height() <= 0) return {};
  if (!closed) return half_bows(*this);
  auto radii = quarter_radii(*this);
  const double mean = (radii[0] + radii[1] + radii[2] + radii[3]) / 4;
  for (double& radius : radii) radius -= mean;
  return radii;
}

double Figure::shade() const {
  if (!closed) return 0;
  const double fill = ink_inside(*shape);
  const double dark = fill < least_hatched ? 0.5 * fill / least_hatched
                                           : 0.5 + 0.5 * (fill - least_hatched) / (1 - least_hatched);
  return hatched ? std::max(0.5, dark) : dark;
}

Figures::Figures(const Reading& reading, const Rulebook& rules) : reading_(reading), plane_(reading) {
  std::vector<int> places(reading.shapes.size(), -1);
  const bool only_arrows =
      std::ranges::all_of(reading.shapes, [](const Shape& s) { return s.shape_class == ShapeClass::arrow; });
  for (std::size_t i = 0; i < reading.shapes.size(); ++i) {
    const Shape& shape = reading.shapes[i];
    if (shape.shape_class == ShapeClass::arrow && !only_arrows) continue;
    places[i] = static_cast<int>(all_.size());
    Figure figure;
    figure.index = static_cast<int>(i), figure.shape = &shape;
    figure.closed = !is_line(shape.shape_class);
    figure.outline = figure.closed && shape.polygon.size() > 2 ? shape.polygon : outline_of(shape);
    for (Point& point : figure.outline) point = plane_.on_page(point);
    figure.sharpness = sharpness_of(figure, plane_, rules);
    measure_bounds(figure);
    const bool full = ink_inside(shape) >= least_hatched && shape.fill < most_hatched;
    figure.hatched = shape.shape_class == ShapeClass::hatching
                         ? shape.fill < most_hatched
                         : figure.closed && full && figure.area() > least_room;
    all_.push_back(std::move(figure));
  }
  for (Figure& figure : all_)
    if (const int around = figure.shape->inside; around >= 0)
      figure.inside = places[static_cast<std::size_t>(around)];
  roundness_ = composing::roundness(reading, plane_).value_or(roundness_);
  drop_shading();
  find_frame();
  measure(rules);
}

// What lies inside a hatched figure is the hatching itself, however much of it was told apart: lines, an
// area, or nothing of its own. Four strokes or more inside any figure are its shading, too.
bool Figures::shades(const Figure& figure, const std::vector<int>& strokes) const {
  if (figure.inside < 0) return false;
  const auto around = static_cast<std::size_t>(figure.inside);
  const bool line = figure.shape->shape_class == ShapeClass::line;
  if (line && strokes[around] > most_strokes) return true;
  return all_[around].hatched && (!figure.closed || figure.shape->shape_class == ShapeClass::hatching);
}

// Shading does not sound; it counts as the darkness of what is around it.
void Figures::drop_shading() {
  std::vector<int> strokes(all_.size(), 0), kept(all_.size(), -1);
  for (const Figure& figure : all_)
    if (figure.inside >= 0 && figure.shape->shape_class == ShapeClass::line)
      ++strokes[static_cast<std::size_t>(figure.inside)];
  for (const Figure& figure : all_)
    if (figure.inside >= 0 && figure.hatched && figure.shape->shape_class == ShapeClass::hatching)
      if (Figure& around = all_[static_cast<std::size_t>(figure.inside)];
          figure.area() > least_part * around.area())
        around.hatched = true;
  std::vector<bool> silent;
  for (const Figure& figure : all_) silent.push_back(shades(figure, strokes));
  int count = 0;
  for (std::size_t i = 0; i < all_.size(); ++i)
    if (!silent[i]) kept[i] = count++;
  if (std::ranges::any_of(strokes, [](int n) { return n > most_strokes; })) shading_ = 0.5;
  std::size_t at = 0;
  std::erase_if(all_, [&](const Figure&) { return silent[at++]; });
  for (Figure& figure : all_)
    if (figure.inside >= 0) figure.inside = kept[static_cast<std::size_t>(figure.inside)];
}

// The frame holds all but specks; where there are only specks, those.
void Figures::find_frame() {
  double largest_side = 0;
  for (const Figure& figure : all_)
    largest_side = std::max({largest_side, figure.width(), figure.height() * plane_.aspect()});
  double left = 1, right = 0, top = 1, bottom = 0;
  for (Figure& figure : all_) {
    figure.upright = figure.height() * plane_.aspect() > 3 * figure.width();
    if (std::max(figure.width(), figure.height() * plane_.aspect()) < 0.1 * largest_side) continue;
    left = std::min(left, figure.left), right = std::max(right, figure.right);
    top = std::min(top, figure.top), bottom = std::max(bottom, figure.bottom);
  }
  if (right <= left || bottom < top) return;
  width_ = std::max(least_width, right - left), height_ = std::max(least_height, bottom - top);
  const double room = height_ - (bottom - top);
  left_ = (left + right - width_) / 2, top_ = top - room / 2 + room * beside_middle;
  for (Figure& figure : all_) {
    for (Point& point : figure.outline) point = {(point.x - left_) / width_, (point.y - top_) / height_};
    measure_bounds(figure);
  }
}

void Figures::measure(const Rulebook& rules) {
  constexpr double least_area = 0.002;
  double sharp = 0, everything = 0;
  for (const Figure& figure : all_) {
    const double area = std::max(least_area, figure.area());
    everything += area;
    sharp += area * figure.sharpness;
    if (figure.hatched || area > 0.01) shading_ = std::max(shading_, figure.shade());
  }
  if (everything > 0) corners_ = sharp / everything;
  measure_hand(rules);
  wide_ = rules.part("wide", width_ / std::pow(parts(), 0.2));
  high_ = rules.part("high", height_);
  round_ = rules.part("round", roundness_);
  density_ = rules.part("dark", std::sqrt(reading_.ink / std::max(0.05, width_ * height_)));
}

// How many figures share the frame, by their widths: two of one width are two, a speck beside one is hardly
// more than one.
double Figures::parts() const {
  double sum = 0, squares = 0;
  for (const Figure& figure : all_) sum += figure.width(), squares += figure.width() * figure.width();
  return squares > 0 ? sum * sum / squares : 1;
}

void Figures::measure_hand(const Rulebook& rules) {
  double weights = 0, bulge = 0, right = 0, down = 0, flare = 0;
  for (const Figure& figure : all_) {
    const double area = std::max(1e-4, figure.area());
    double most = 0;
    for (const double b : figure.bulges()) most = std::max(most, std::abs(b));
    const Point offset = offset_of(figure);
    weights += area, bulge += area * most, right += area * offset.x, down += area * offset.y;
    flare += area * flare_of(figure);
  }
  if (weights <= 0) return;
  uneven_ = rules.part("uneven", bulge / weights);
  weight_ = rules.part("heavy right", right / weights);
  lift_ = rules.part("heavy top", -down / weights);
  flare_ = rules.part("taller right", flare / weights);
  const Figure& figure = *largest();
  const double aspect = plane_.aspect() * height_ / width_;  // of the frame
  const double ratio = figure.height() * aspect / std::max(0.02, figure.width());
  tall_ = rules.part("tall", std::log2(std::max(0.01, ratio)));
}

const Figure* Figures::largest() const {
  const auto found = std::ranges::max_element(all_, {}, [](const Figure& f) { return f.area(); });
  return found == all_.end() ? nullptr : &*found;
}

std::vector<Point> Figures::slice(double left, double top, double right, double bottom) const {
  const auto place = [&](double x, double y) {
    return plane_.in_picture({left_ + x * width_, top_ + y * height_});
  };
  return {place(left, top), place(right, top), place(right, bottom), place(left, bottom)};
}

std::vector<Point> Figures::region(const Figure& figure) const {
  if (figure.shape->polygon.size() > 2) return figure.shape->polygon;
  return slice(figure.left, figure.top, figure.right, figure.bottom);
}

std::string named(const Shape& shape) {
  return std::string(to_string(shape.shape_class)) + ", " + per_cent(shape.confidence);
}

}  // namespace doodled::composing
