#include "core/compose/plane.hpp"

#include <cmath>
#include <numbers>

namespace doodled::composing {
namespace {

using Matrix = std::array<double, 9>;

Point mapped(const Matrix& m, const Point& p) {
  const double w = m[6] * p.x + m[7] * p.y + m[8];
  return {(m[0] * p.x + m[1] * p.y + m[2]) / w, (m[3] * p.x + m[4] * p.y + m[5]) / w};
}

// The unit square onto four corners, clockwise from its top left. P. Heckbert, "Fundamentals of texture
// mapping and image warping", 1989, 2.2.3.
Matrix square_to_quad(const std::vector<Point>& q) {
  const double dx1 = q[1].x - q[2].x, dx2 = q[3].x - q[2].x, sx = q[0].x - q[1].x + q[2].x - q[3].x;
  const double dy1 = q[1].y - q[2].y, dy2 = q[3].y - q[2].y, sy = q[0].y - q[1].y + q[2].y - q[3].y;
  const double area = dx1 * dy2 - dx2 * dy1;
  const double g = (sx * dy2 - dx2 * sy) / area, h = (dx1 * sy - sx * dy1) / area;
  return {q[1].x - q[0].x + g * q[1].x,
          q[3].x - q[0].x + h * q[3].x,
          q[0].x,
          q[1].y - q[0].y + g * q[1].y,
          q[3].y - q[0].y + h * q[3].y,
          q[0].y,
          g,
          h,
          1};
}

double determinant(const Matrix& m) {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
         m[2] * (m[3] * m[7] - m[4] * m[6]);
}

// Up to a factor, which a projective map does not see.
Matrix inverse(const Matrix& m) {
  return {m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
          m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
          m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
}

// About the middle of a page that is `aspect` times as high as it is wide.
Matrix turn(double radians, double aspect) {
  const double c = std::cos(radians), s = std::sin(radians);
  return {c,          -s * aspect, 0.5 - 0.5 * c + 0.5 * s * aspect,
          s / aspect, c,           0.5 - 0.5 * c - 0.5 * s / aspect,
          0,          0,           1};
}

struct Edge {
  double length, angle;  // angle to the nearest of level and upright, radians
};

void add_edge(const Point& a, const Point& b, double aspect, std::vector<Edge>& edges) {
  const double dx = b.x - a.x, dy = (b.y - a.y) * aspect, quarter = std::numbers::pi / 2;
  const double angle = std::atan2(dy, dx);
  edges.push_back({std::hypot(dx, dy), angle - quarter * std::round(angle / quarter)});
}

// Straight runs of an outline: the ends stay where no point between them is further off than `reach`
// (Douglas and Peucker, 1973).
void add_runs(const std::vector<Point>& points, std::size_t first, std::size_t last, double aspect,
              double reach, std::vector<Edge>& edges) {
  const Point a = points[first], b = points[last];
  const double dx = b.x - a.x, dy = (b.y - a.y) * aspect, length = std::max(1e-9, std::hypot(dx, dy));
  std::size_t furthest = first;
  double far = reach;
  for (std::size_t i = first + 1; i < last; ++i) {
    const double px = points[i].x - a.x, py = (points[i].y - a.y) * aspect;
    const double off = std::max(std::abs(px * dy - py * dx) / length, std::hypot(px, py) - length);
    if (off > far) far = off, furthest = i;
  }
  if (furthest == first) return add_edge(a, b, aspect, edges);
  add_runs(points, first, furthest, aspect, reach, edges);
  add_runs(points, furthest, last, aspect, reach, edges);
}

// The long axis of a figure, the longer against the short one the more: second moments of its line. All that
// levels what has no straight sides.
void add_axis(const std::vector<Point>& points, double aspect, std::vector<Edge>& edges) {
  double way = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double px = (points[i].x + points[i - 1].x) / 2, py = (points[i].y + points[i - 1].y) / 2 * aspect;
    const double w = std::hypot(points[i].x - points[i - 1].x, (points[i].y - points[i - 1].y) * aspect);
    way += w, x += w * px, y += w * py, xx += w * px * px, yy += w * py * py, xy += w * px * py;
  }
  if (way <= 0) return;
  x /= way, y /= way;
  xx = xx / way - x * x, yy = yy / way - y * y, xy = xy / way - x * y;
  const double middle = (xx + yy) / 2, half = std::hypot((xx - yy) / 2, xy);
  const double longer = 2 * (std::sqrt(middle + half) - std::sqrt(std::max(0.0, middle - half)));
  const double angle = std::atan2(2 * xy, xx - yy) / 2;
  add_edge({0, 0}, {longer * std::cos(angle), longer * std::sin(angle) / aspect}, aspect, edges);
}

std::vector<Edge> edges_of(const Reading& reading, double aspect) {
  std::vector<Edge> edges;
  for (const Shape& shape : reading.shapes) {
    const bool open = shape.stroke.size() > 1;
    auto points = open ? shape.stroke : shape.polygon;
    if (shape.shape_class == ShapeClass::arrow || points.size() < 2) continue;
    if (!open) points.push_back(points.front());
    add_runs(points, 0, points.size() - 1, aspect,
             0.03 * std::hypot(shape.box.width, shape.box.height * aspect), edges);
    if (shape.shape_class == ShapeClass::wave || shape.shape_class == ShapeClass::zigzag)
      add_edge(points.front(), points.back(), aspect, edges);
    add_axis(points, aspect, edges);
  }
  return edges;
}

// The mean of the edges that lie near it, found in a few steps from level; edges count less the further off
// they lie, so that none is in or out by a hair.
double lean_of(const std::vector<Edge>& edges) {
  constexpr double window = 10 * std::numbers::pi / 180, least_length = 0.08;
  double lean = 0;
  for (int round = 0; round < 5; ++round) {
    double sum = 0, weight = 0;
    for (const Edge& edge : edges) {
      const double off = (edge.angle - lean) / window;
      if (std::abs(off) >= 1 || edge.length < least_length) continue;
      const double near = (1 - off * off) * (1 - off * off) * edge.length * edge.length;
      sum += near * edge.angle, weight += near;
    }
    if (weight <= 0) return lean;
    lean = sum / weight;
  }
  return lean;
}

}  // namespace

Plane::Plane(const Reading& reading) {
  if (reading.width > 0 && reading.height > 0) aspect_ = static_cast<double>(reading.height) / reading.width;
  if (reading.page.size() == 4) {
    const Matrix picture = square_to_quad(reading.page);
    if (std::abs(determinant(picture)) > 1e-6) {
      const auto side = [&](const Point& a, const Point& b) {
        return std::hypot(b.x - a.x, (b.y - a.y) * aspect_);
      };
      const auto& q = reading.page;
      aspect_ = (side(q[0], q[3]) + side(q[1], q[2])) / (side(q[0], q[1]) + side(q[3], q[2]));
      to_picture_ = picture;
      to_page_ = inverse(picture);
      return;
    }
  }
  lean_ = lean_of(edges_of(reading, aspect_));
  to_page_ = turn(-lean_, aspect_);
  to_picture_ = turn(lean_, aspect_);
}

Point Plane::on_page(const Point& picture) const { return mapped(to_page_, picture); }
Point Plane::in_picture(const Point& page) const { return mapped(to_picture_, page); }
double Plane::lean_degrees() const { return lean_ * 180 / std::numbers::pi; }

}  // namespace doodled::composing
