#include "core/reader/see/level.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/path.hpp"

namespace doodled::sight {
namespace {

constexpr double one_colour = 0.5;  // of the picture in one colour: no camera gives that
constexpr int nearly = 1;           // levels a channel that JPEG may move it
constexpr double degree = std::numbers::pi / 180, quarter = std::numbers::pi / 2;
constexpr double window = 17 * degree;  // directions that are one lean, to each side
constexpr double usual = 15 * degree;   // pages lie about straight: of two leans the smaller is likelier
constexpr double furthest = 25 * degree;
constexpr double least_length = 0.08;  // of the picture's width
constexpr double axis_weight = 3;      // of an axis beside a side of that length
constexpr int points = 64, chord = 6;  // of an outline; how many of its steps one direction is taken over
constexpr int bins = 180;              // of half a degree

// How much line there is in each direction, modulo a quarter turn.
class Directions {
 public:
  void add(double dx, double dy, double weight) {
    const double angle = near_zero(std::atan2(dy, dx));
    auto& bin = bins_[static_cast<std::size_t>(std::lround((angle / quarter + 0.5) * bins)) % bins];
    bin.weight += weight, bin.moment += weight * angle;
  }
  // Of the directions about `lean`: their weight, and how far off their mean is. The further off one lies the
  // less it counts, so that none is in or out by a hair.
  std::pair<double, double> about(double lean) const {
    double weight = 0, moment = 0;
    for (const Bin& bin : bins_) {
      if (bin.weight <= 0) continue;
      const double off = near_zero(bin.moment / bin.weight - lean), part = off / window;
      if (std::abs(part) >= 1) continue;
      const double near = (1 - part * part) * (1 - part * part) * bin.weight;
      weight += near, moment += near * off;
    }
    return {weight, weight > 0 ? moment / weight : 0};
  }

 private:
  struct Bin {
    double weight = 0, moment = 0;
  };
  static double near_zero(double angle) { return angle - quarter * std::round(angle / quarter); }
  std::array<Bin, bins> bins_{};
};

// Chords of one length along the line: what is straight counts in full, what bends there less. All lengths
// are in widths of the picture.
void add_chords(const Path& even, bool closed, double length, Directions& directions) {
  const std::size_t count = even.size(), steps = closed ? count : count - 1;
  const double whole = length * chord / static_cast<double>(steps);
  for (std::size_t i = 0; i < (closed ? count : count - chord); ++i) {
    const cv::Point2f way = even[(i + chord) % count] - even[i];
    const double straight = cv::norm(way) / whole;
    directions.add(way.x, way.y, straight * straight * length / points);
  }
}

// The long axis of a figure, the longer against the short one the more: second moments of its line. All that
// levels what has no straight sides.
void add_axis(const Path& even, Directions& directions) {
  cv::Point2d mean(0, 0);
  for (const cv::Point2d p : even) mean += p * (1.0 / points);
  double xx = 0, yy = 0, xy = 0;
  for (const cv::Point2d point : even) {
    const cv::Point2d p = point - mean;
    xx += p.x * p.x / points, yy += p.y * p.y / points, xy += p.x * p.y / points;
  }
  const double middle = (xx + yy) / 2, half = std::hypot((xx - yy) / 2, xy);
  const double longer = 2 * (std::sqrt(middle + half) - std::sqrt(std::max(0.0, middle - half)));
  const double angle = std::atan2(2 * xy, xx - yy) / 2;
  directions.add(std::cos(angle), std::sin(angle), axis_weight * longer);
}

void add_shape(const Shape& shape, double aspect, Directions& directions) {
  const bool closed = shape.stroke.size() < 2;
  Path line;
  for (const Point& p : closed ? shape.polygon : shape.stroke) line.emplace_back(p.x, p.y * aspect);
  if (shape.shape_class == ShapeClass::arrow || line.size() < 2) return;
  const double length = length_of(line, closed);
  if (length < least_length) return;
  const Path even = resample(line, points, closed);
  add_chords(even, closed, length, directions);
  add_axis(even, directions);
  const cv::Point2f along = even.back() - even.front();
  if (shape.shape_class == ShapeClass::wave || shape.shape_class == ShapeClass::zigzag)
    directions.add(along.x, along.y, axis_weight * cv::norm(along));
}

// Where most of the directions lie, the nearer to level the better. From there on only they count, up to
// where they balance: a page that is turned by some degrees leans by just as many more.
double lean_in(const Directions& directions) {
  constexpr double step = 2 * degree, reach = 44 * degree;
  double lean = 0, most = 0;
  for (double tried = -reach; tried <= reach; tried += step) {
    const double likely = directions.about(tried).first * std::exp(-tried * tried / (2 * usual * usual));
    if (likely > most) most = likely, lean = tried;
  }
  for (int round = 0; round < 40; ++round) {
    const double off = directions.about(lean).second;
    lean += off;
    if (std::abs(off) < 1e-4) break;
  }
  return std::abs(lean) < furthest ? lean : 0;
}

}  // namespace

// Pixels are looked at one in a few: the ground is large.
bool is_photographed(const cv::Mat& rgb) {
  std::vector<int> counts(64 * 64 * 64, 0);
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
  each([&](const cv::Vec3b& p) { same += cv::norm(p, ground, cv::NORM_INF) <= nearly; });
  return same < one_colour * all;
}

double lean_of(const Reading& reading, double aspect) {
  Directions directions;
  for (const Shape& shape : reading.shapes) add_shape(shape, aspect, directions);
  return lean_in(directions);
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
