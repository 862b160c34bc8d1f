#include "core/reader/see/level.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <utility>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/path.hpp"

namespace doodled::sight {
namespace {

constexpr double one_colour = 0.5;     // of the picture in one colour: no camera gives that
constexpr int nearly = 1;              // levels a channel that JPEG may move it
constexpr double nearness = 0.05;      // of the picture's width: lines so near to each other are one part
constexpr double least_around = 0.08;  // of the picture's width: what is smaller says nothing
constexpr int points = 64, chord = 4;  // of an outline; how many of its steps one direction is taken over
constexpr int mask_width = 256, mask_rim = 16;
constexpr double widest_mask = 4;  // its height over its width

// Directions add up as vectors of four and of eight times their angle, so that none is in or out by a hair:
// by the first all quarter turns are one, by the second diagonals, too, are as good as level lines, at a
// small weight (more would make two leans of one that is unsure, as that of a triangle). Even triangles,
// hexagons, pentagons and stars agree on none of these: of them one side is to be level, by twelve and twenty
// times the angle, and of their sides the nearest.
class Directions {
 public:
  void add(double dx, double dy, double weight) { add(std::atan2(dy, dx), weight); }
  void add(double angle, double weight) {
    weight_ += weight, four_ += std::polar(weight, 4 * angle), eight_ += std::polar(weight, 8 * angle);
    twelve_ += std::polar(weight, 12 * angle), twenty_ += std::polar(weight, 20 * angle);
  }

  // With which all agree most. That it is a small one counts for nothing: another camera would see a larger
  // one, and choose otherwise.
  double lean() const {
    constexpr double step = CV_PI / 720;
    if (weight_ <= 0) return 0;
    double best = -1e9, lean = 0;
    for (double tried = -CV_PI / 4; tried < CV_PI / 4; tried += step) {
      const double before = agreement(tried - step), here = agreement(tried), after = agreement(tried + step);
      if (here < before || here <= after || here <= best) continue;
      best = here;
      lean = tried + step / 2 * (before - after) / (before - 2 * here + after);  // the top of the parabola
    }
    return lean;
  }

 private:
  double agreement(double lean) const {
    constexpr double diagonal = 0.15;
    return share(four_, 4, lean) + diagonal * share(eight_, 8, lean) +
           undecided() * (side(twelve_, 12, lean) + side(twenty_, 20, lean));
  }
  double share(const std::complex<double>& sum, double times, double lean) const {
    return (sum * std::polar(1.0, -times * lean)).real() / weight_;
  }
  // Sides that are far from even are no figure's that has so many.
  double side(const std::complex<double>& sum, double times, double lean) const {
    constexpr double weight = 0.1, nearest = 0.02, uneven = 0.6, even = 0.9;
    const double evenness = std::clamp((std::abs(sum) / weight_ - uneven) / (even - uneven), 0.0, 1.0);
    return evenness * (weight * share(sum, times, lean) + nearest * std::cos(4 * lean));
  }
  // 1 where quarter turns say nothing, 0 where enough directions agree on them.
  double undecided() const {
    constexpr double enough = 0.2;
    return std::max(0.0, 1 - std::abs(four_) / (enough * weight_));
  }

  double weight_ = 0;
  std::complex<double> four_, eight_, twelve_, twenty_;
};

// In widths of the picture.
Path line_of(const Shape& shape, double aspect) {
  Path line;
  for (const auto* points_of : {&shape.stroke, &shape.polygon})
    for (const Point& p : *points_of) line.emplace_back(p.x, p.y * aspect);
  return line;
}

// Of a hull that is not empty; back to where it began.
Path closed_line(const std::vector<Point>& hull, double aspect) {
  Path line;
  for (const Point& p : hull) line.emplace_back(p.x, p.y * aspect);
  line.push_back(line.front());
  return line;
}

double around(const Path& hull) { return length_of(hull, true); }

// The edges of what a rubber band around the part would be.
void add_edges(const Path& hull, Directions& directions) {
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const cv::Point2f way = hull[(i + 1) % hull.size()] - hull[i];
    directions.add(way.x, way.y, cv::norm(way));
  }
}

// Its long axis, by the second moments of the band: the longer against the short one the more. Where the
// edges agree on nothing, as a triangle's do, it is what is left.
void add_axis(const Path& hull, Directions& directions) {
  constexpr double share = 0.25;  // beside the edges
  const Path even = resample(hull, points, true);
  cv::Point2d mean(0, 0);
  for (const cv::Point2d p : even) mean += p * (1.0 / points);
  double xx = 0, yy = 0, xy = 0;
  for (const cv::Point2d point : even) {
    const cv::Point2d p = point - mean;
    xx += p.x * p.x, yy += p.y * p.y, xy += p.x * p.y;
  }
  const std::complex<double> axis(xx - yy, 2 * xy);
  const double slim = xx + yy > 0 ? std::abs(axis) / (xx + yy) : 0;
  directions.add(std::arg(axis) / 2, share * slim * slim * around(hull));
}

// The steps of stairs lie level, though the whole climbs.
void add_steps(const Shape& stairs, double aspect, Directions& directions) {
  Path line;
  for (const Point& p : stairs.stroke) line.emplace_back(p.x, p.y * aspect);
  if (line.size() < 2) return;
  const double length = length_of(line, false), whole = length * chord / (points - 1);
  const Path even = resample(line, points);
  for (std::size_t i = 0; i + chord < even.size(); ++i) {
    const cv::Point2f way = even[i + chord] - even[i];
    const double straight = cv::norm(way) / whole;
    directions.add(way.x, way.y, 2 * straight * straight * length / points);
  }
}

bool is_of_stairs(const std::vector<Point>& hull, const std::vector<Shape>& shapes) {
  constexpr double margin = 0.01;
  return std::any_of(shapes.begin(), shapes.end(), [&](const Shape& shape) {
    const Box& box = shape.box;
    return shape.shape_class == ShapeClass::staircase &&
           std::all_of(hull.begin(), hull.end(), [&](const Point& p) {
             return p.x > box.x - margin && p.x < box.x + box.width + margin && p.y > box.y - margin &&
                    p.y < box.y + box.height + margin;
           });
  });
}

// The points of all lines that hang together or nearly do, however they were told apart as figures.
std::vector<Path> parts_of(const std::vector<Path>& lines, double aspect) {
  const double scale = mask_width / std::max(1.0, aspect / widest_mask);
  const auto pixel = [&](cv::Point2f p) {
    return cv::Point(cvRound(p.x * scale) + mask_rim, cvRound(p.y * scale) + mask_rim);
  };
  cv::Mat mask(cvRound(scale * aspect) + 2 * mask_rim, cvRound(scale) + 2 * mask_rim, CV_8U, cv::Scalar(0));
  const int thick = std::max(1, cvRound(nearness * scale));
  for (const Path& line : lines)
    for (std::size_t i = 1; i < line.size(); ++i)
      cv::line(mask, pixel(line[i - 1]), pixel(line[i]), 255, thick);
  cv::Mat labels;
  std::vector<Path> parts(static_cast<std::size_t>(cv::connectedComponents(mask, labels)));
  for (const Path& line : lines) {
    const cv::Point at = pixel(line.front());
    if (!cv::Rect(0, 0, labels.cols, labels.rows).contains(at)) continue;
    Path& part = parts[static_cast<std::size_t>(labels.at<int>(at))];
    part.insert(part.end(), line.begin(), line.end());
  }
  return parts;
}

// A camera is held askew by some degrees. A drawing that leans by more than those does so by itself, and that
// is music: a line that rises. It is turned to the diagonal, so that it rises as much however the camera is
// held.
double of_a_hand(double lean) {
  constexpr double furthest = 30 * CV_PI / 180;
  return std::abs(lean) < furthest ? lean : lean - std::copysign(CV_PI / 4, lean);
}

}  // namespace

// Pixels are looked at one in a few: the ground is large.
bool is_photographed(const cv::Mat& rgb) {
  thread_local std::vector<int> counts(64 * 64 * 64, 0);  // all 0 again at the end: most are not touched
  cv::Vec3b ground;
  const int step = std::max(1, std::max(rgb.cols, rgb.rows) / 256);
  const auto bin = [](const cv::Vec3b& p) { return (p[0] >> 2) << 12 | (p[1] >> 2) << 6 | p[2] >> 2; };
  const auto each = [&](auto&& look) {
    for (int y = 0; y < rgb.rows; y += step)
      for (int x = 0; x < rgb.cols; x += step) look(rgb.at<cv::Vec3b>(y, x));
  };
  int most = 0, all = 0, same = 0;
  each([&](const cv::Vec3b& p) {
    ++all;
    if (const int count = ++counts[static_cast<std::size_t>(bin(p))]; count > most) most = count, ground = p;
  });
  const auto off = [&](const cv::Vec3b& p, int channel) { return std::abs(p[channel] - ground[channel]); };
  each([&](const cv::Vec3b& p) {
    same += std::max({off(p, 0), off(p, 1), off(p, 2)}) <= nearly;
    counts[static_cast<std::size_t>(bin(p))] = 0;
  });
  return same < one_colour * all;
}

double lean_of(const Reading& reading, double aspect) {
  Directions directions;
  std::vector<Path> lines;
  for (const Shape& shape : reading.shapes)
    if (shape.shape_class == ShapeClass::staircase)
      add_steps(shape, aspect, directions);
    else if (Path line = line_of(shape, aspect); line.size() > 1)
      lines.push_back(std::move(line));
  for (const auto& hull : reading.hulls)
    if (!hull.empty() && !is_of_stairs(hull, reading.shapes)) lines.push_back(closed_line(hull, aspect));
  for (const Path& part : parts_of(lines, aspect)) {
    if (part.empty()) continue;
    Path hull;
    cv::convexHull(part, hull);
    if (around(hull) < least_around) continue;
    add_edges(hull, directions);
    add_axis(hull, directions);
  }
  return of_a_hand(directions.lean());
}

std::vector<Point> turned_page(double radians, double aspect) {
  const double c = std::cos(radians), s = std::sin(radians);
  std::vector<Point> corners;
  for (const Point& p : {Point{0, 0}, Point{1, 0}, Point{1, 1}, Point{0, 1}}) {
    const double x = p.x - 0.5, y = (p.y - 0.5) * aspect;
    corners.push_back({0.5 + c * x - s * y, 0.5 + (s * x + c * y) / aspect});
  }
  return corners;
}

}  // namespace doodled::sight
