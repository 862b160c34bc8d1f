#include "core/reader/see/sheet_edges.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr int looks = 48;           // across a side, between its first and last twentieth
constexpr int half_step = 3;        // pixels on either side of a step that are compared
constexpr double least_step = 14;   // levels
constexpr double least_seen = 0.5;  // of the looks

struct Side {
  cv::Point2f point, way;  // of length 1
};

// Brown and coloured ground lacks one channel.
double darkest(const cv::Mat& rgb, cv::Point2f at) {
  const auto& p = rgb.at<cv::Vec3b>(std::clamp(cvRound(at.y), 0, rgb.rows - 1),
                                    std::clamp(cvRound(at.x), 0, rgb.cols - 1));
  return std::min({p[0], p[1], p[2]});
}

// Where the ground turns to paper on the way inwards through `middle`, the clearest step within reach.
std::optional<cv::Point2f> step_at(const cv::Mat& rgb, cv::Point2f middle, cv::Point2f inwards, int reach) {
  std::vector<double> levels;
  for (int s = -reach - half_step; s < reach + half_step; ++s)
    levels.push_back(darkest(rgb, middle + inwards * (static_cast<float>(s) + 0.5F)));
  double most = least_step;
  std::optional<cv::Point2f> found;
  for (int s = -reach; s <= reach; ++s) {
    const auto here = levels.begin() + s + reach + half_step;
    const double step =
        (std::accumulate(here, here + half_step, 0.0) - std::accumulate(here - half_step, here, 0.0)) /
        half_step;
    if (step > most) most = step, found = middle + inwards * static_cast<float>(s);
  }
  return found;
}

std::vector<cv::Point2f> steps_along(const cv::Mat& rgb, cv::Point2f a, cv::Point2f b, double reach) {
  const cv::Point2f way = unit(b - a), inwards{-way.y, way.x};
  std::vector<cv::Point2f> steps;
  for (int i = 0; i < looks; ++i) {
    const float part = 0.05F + 0.9F * static_cast<float>(i) / (looks - 1);
    if (const auto step = step_at(rgb, a + (b - a) * part, inwards, cvCeil(reach))) steps.push_back(*step);
  }
  return steps;
}

bool most_are_seen(const std::vector<cv::Point2f>& steps, double least) {
  return static_cast<double>(steps.size()) >= least * looks;
}

Side side_between(const cv::Mat& rgb, cv::Point2f a, cv::Point2f b, double reach) {
  const auto steps = steps_along(rgb, a, b, reach);
  if (!most_are_seen(steps, least_seen)) return {a, unit(b - a)};
  cv::Vec4f line;
  cv::fitLine(steps, line, cv::DIST_HUBER, 0, 0.01, 0.01);
  return {{line[2], line[3]}, {line[0], line[1]}};
}

// Where two sides meet, if they do near `old`.
cv::Point2f meeting(const Side& a, const Side& b, cv::Point2f old, double reach) {
  const float cross = a.way.x * b.way.y - a.way.y * b.way.x;
  if (std::abs(cross) < 0.1F) return old;
  const cv::Point2f apart = b.point - a.point;
  const cv::Point2f corner = a.point + a.way * ((apart.x * b.way.y - apart.y * b.way.x) / cross);
  return distance(corner, old) <= 2 * reach ? corner : old;
}

}  // namespace

Path sharpened(const cv::Mat& rgb, const Path& corners, double reach) {
  std::vector<Side> sides;
  for (std::size_t i = 0; i < 4; ++i)
    sides.push_back(side_between(rgb, corners[i], corners[(i + 1) % 4], reach));
  Path sharp;
  for (std::size_t i = 0; i < 4; ++i)
    sharp.push_back(meeting(sides[(i + 3) % 4], sides[i], corners[i], reach));
  return sharp;
}

bool has_clear_edges(const cv::Mat& rgb, const Path& corners, double reach) {
  constexpr double nearly_all = 0.8;
  for (std::size_t i = 0; i < 4; ++i)
    if (!most_are_seen(steps_along(rgb, corners[i], corners[(i + 1) % 4], reach), nearly_all)) return false;
  return true;
}

}  // namespace doodled::sight
