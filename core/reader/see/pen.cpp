#include "core/reader/see/pen.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

// As cv::distanceTransform counts with a mask of 3.
constexpr float side_step = 0.955F, corner_step = 1.3693F;
constexpr int deepest = 24;  // steps that are looked for around a pixel

// The shortest way from a pixel to paper, exact below `deepest` side steps and at least as many beyond.
float depth_at(const cv::Mat& mask, cv::Point at) {
  float shortest = corner_step * (deepest + 1);
  for (int ring = 1; ring <= deepest && side_step * static_cast<float>(ring) < shortest; ++ring)
    for (int k = -ring; k <= ring; ++k) {
      const int corners = std::abs(k);
      const float way =
          side_step * static_cast<float>(ring - corners) + corner_step * static_cast<float>(corners);
      if (way >= shortest) continue;
      for (const cv::Point p : {at + cv::Point(k, -ring),
                                {at.x + k, at.y + ring},
                                {at.x - ring, at.y + k},
                                {at.x + ring, at.y + k}})
        if (p.x >= 0 && p.y >= 0 && p.x < mask.cols && p.y < mask.rows && !mask.at<uchar>(p)) shortest = way;
    }
  return shortest;
}

template <class DepthAt>
float median_depth(const cv::Mat& lines, DepthAt depth) {
  constexpr int one_in = 3;  // pixels: neighbours on a line lie about as deep
  std::vector<float> depths;
  int seen = 0;
  for (int y = 0; y < lines.rows; ++y) {
    const auto* line = lines.ptr<uchar>(y);
    for (int x = 0; x < lines.cols; ++x)
      if (line[x] && seen++ % one_in == 0) depths.push_back(depth({x, y}));
  }
  if (depths.empty()) return 0;
  const auto middle = depths.begin() + static_cast<long>(depths.size() / 2);
  std::nth_element(depths.begin(), middle, depths.end());
  return *middle;
}

}  // namespace

// Lines are thin and few beside the pixels of a page, so paper is looked for around them alone, unless most
// of the ink is broad.
double pen_width(const cv::Mat& mask, const cv::Mat& lines) {
  double half = median_depth(lines, [&](cv::Point at) { return depth_at(mask, at); });
  if (half >= side_step * deepest) {
    cv::Mat depth;
    cv::distanceTransform(mask, depth, cv::DIST_L2, 3);
    half = median_depth(lines, [&](cv::Point at) { return depth.at<float>(at); });
  }
  return half > 0 ? std::max(1.5, 2 * half - 0.7) : 2;
}

}  // namespace doodled::sight
