#include "core/reader/see/pen.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/pixels.hpp"

namespace doodled::sight {
namespace {

// As cv::distanceTransform counts with a mask of 3.
constexpr float side_step = 0.955F, corner_step = 1.3693F;
constexpr int deepest = 24;  // steps that are looked for around a pixel

struct Way {
  cv::Point to;
  float length = 0;
};

// To all places up to `deepest` steps away, the nearest first.
std::vector<Way> make_ways() {
  std::vector<Way> ways;
  for (int y = -deepest; y <= deepest; ++y)
    for (int x = -deepest; x <= deepest; ++x) {
      const auto [corners, far] = std::minmax({std::abs(x), std::abs(y)});
      if (far > 0)
        ways.push_back(
            {{x, y},
             side_step * static_cast<float>(far - corners) + corner_step * static_cast<float>(corners)});
    }
  std::ranges::stable_sort(ways, {}, &Way::length);
  return ways;
}

// The shortest way from a pixel to paper, exact below `deepest` side steps and at least as many beyond.
float depth_at(const cv::Mat& mask, cv::Point at) {
  static const auto ways = make_ways();
  const bool inside =
      at.x >= deepest && at.y >= deepest && at.x + deepest < mask.cols && at.y + deepest < mask.rows;
  const cv::Rect whole({}, mask.size());
  for (const Way& way : ways)
    if ((inside || whole.contains(at + way.to)) && !mask.at<uchar>(at + way.to)) return way.length;
  return corner_step * (deepest + 1);
}

template <class DepthAt>
float median_depth(const cv::Mat& lines, DepthAt depth) {
  constexpr int one_in = 3;  // pixels: neighbours on a line lie about as deep
  std::vector<float> depths;
  int seen = 0;
  for_each_set(lines, [&](int x, int y) {
    if (seen++ % one_in == 0) depths.push_back(depth({x, y}));
  });
  if (depths.empty()) return 0;
  const auto middle = depths.begin() + static_cast<long>(depths.size() / 2);
  std::nth_element(depths.begin(), middle, depths.end());
  return *middle;
}

// With the paper next to it, beyond which none is nearer.
cv::Rect around_ink(const cv::Mat& mask) {
  const cv::Rect ink = cv::boundingRect(mask);
  return (ink - cv::Point(1, 1) + cv::Size(2, 2)) & cv::Rect({}, mask.size());
}

}  // namespace

// Lines are thin and few beside the pixels of a page, so paper is looked for around them alone, unless most
// of the ink is broad.
double pen_width(const cv::Mat& mask, const cv::Mat& lines) {
  double half = median_depth(lines, [&](cv::Point at) { return depth_at(mask, at); });
  if (half >= side_step * deepest) {
    const cv::Rect box = around_ink(mask);
    cv::Mat depth;
    cv::distanceTransform(mask(box), depth, cv::DIST_L2, 3);
    half = median_depth(lines(box), [&](cv::Point at) { return depth.at<float>(at); });
  }
  return half > 0 ? std::max(1.5, 2 * half - 0.7) : 2;
}

}  // namespace doodled::sight
