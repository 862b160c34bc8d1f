#include "core/compose/plane.hpp"

#include <cmath>

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

}  // namespace

Plane::Plane(const Reading& reading) {
  if (reading.width > 0 && reading.height > 0) aspect_ = static_cast<double>(reading.height) / reading.width;
  if (reading.page.size() != 4) return;
  const Matrix picture = square_to_quad(reading.page);
  if (std::abs(determinant(picture)) <= 1e-6) return;
  const auto side = [&](const Point& a, const Point& b) {
    return std::hypot(b.x - a.x, (b.y - a.y) * aspect_);
  };
  const auto& q = reading.page;
  aspect_ = (side(q[0], q[3]) + side(q[1], q[2])) / (side(q[0], q[1]) + side(q[3], q[2]));
  to_picture_ = picture;
  to_page_ = inverse(picture);
}

Point Plane::on_page(const Point& picture) const { return mapped(to_page_, picture); }
Point Plane::in_picture(const Point& page) const { return mapped(to_picture_, page); }

}  // namespace doodled::composing
