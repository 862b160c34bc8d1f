// Lines as lists of points, in pixels of the working picture, y down.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include <opencv2/core.hpp>

namespace doodled::sight {

using Path = std::vector<cv::Point2f>;

double length_of(const Path& path, bool closed = false);
// Squared, for comparisons.
inline double square_distance(cv::Point2f a, cv::Point2f b) {
  const double dx = double(a.x) - b.x, dy = double(a.y) - b.y;
  return dx * dx + dy * dy;
}
// Pixels are far from where std::hypot's care for overflow would count, and this is asked for most of all.
inline double distance(cv::Point2f a, cv::Point2f b) { return std::sqrt(square_distance(a, b)); }
cv::Rect2f bounds_of(const Path& path);
// Twice nothing: the plain area inside a closed path, positive when it runs clockwise on the screen.
double signed_area(const Path& outline);
cv::Point2f centre_of(const Path& path);
Path hull_of(const Path& path);
// How far along its box's sides a path stays off the box's corners, from the top left one clockwise: what
// lies beyond these cuts is outside of its hull, too.
std::array<double, 4> corner_cuts(const Path& path);

// `count` points at equal steps along the path, both ends kept (a closed path does not repeat its start).
Path resample(const Path& path, int count, bool closed = false);
// Weighted mean over `radius` neighbours to each side (binomial-like triangle); open ends stay where they
// are.
Path smooth(const Path& path, int radius, bool closed = false);
// Douglas-Peucker: no point of the path is further than `tolerance` from the result.
Path simplify(const Path& path, double tolerance, bool closed = false);
// At most `most` points that keep the form best (for reports).
Path thin_out(const Path& path, std::size_t most, bool closed = false);

// Signed angle in degrees (-180..180) by which the way a->b->c turns at b; positive is clockwise on the
// screen.
double turn(cv::Point2f a, cv::Point2f b, cv::Point2f c);
// Angle in degrees between two directions, 0..180.
double angle_between(cv::Point2f a, cv::Point2f b);
cv::Point2f unit(cv::Point2f v);
// Where two lines would meet if they went on from a and b in these directions, or had come from there;
// nothing where they lie within 15 degrees of one direction.
std::optional<cv::Point2f> meeting(cv::Point2f a, cv::Point2f way_a, cv::Point2f b, cv::Point2f way_b);
// Distance from a point to a segment, and to the nearest point of a path.
double segment_distance(cv::Point2f p, cv::Point2f a, cv::Point2f b);
double path_distance(cv::Point2f p, const Path& path, bool closed = false);
// Distance from a point to a box, the larger of that across and that down; 0 inside.
inline double box_distance(cv::Point2f p, const cv::Rect2f& box) {
  const double dx = std::max({double(box.x) - p.x, 0.0, double(p.x) - box.x - box.width});
  const double dy = std::max({double(box.y) - p.y, 0.0, double(p.y) - box.y - box.height});
  return std::max(dx, dy);
}
bool contains(const Path& outline, cv::Point2f p);

}  // namespace doodled::sight
