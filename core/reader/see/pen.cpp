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

// Ways in a mask, as steps in memory.
struct Step {
  std::ptrdiff_t to;
  float length;
};

// The shortest way from a pixel to paper, exact below `deepest` side steps and at least as many beyond.
class Depths {
 public:
  explicit Depths(const cv::Mat& mask) : mask_(mask) {
    for (const Way& way : ways())
      steps_.push_back({way.to.y * static_cast<std::ptrdiff_t>(mask.step) + way.to.x, way.length});
  }

  float at(cv::Point at) const {
    if (!inner_.contains(at)) return near_rim(at);
    const uchar* here = mask_.ptr(at.y, at.x);
    for (const Step& step : steps_)
      if (!here[step.to]) return step.length;
    return deeper;
  }

 private:
  static constexpr float deeper = corner_step * (deepest + 1);

  static const std::vector<Way>& ways() {
    static const auto made = make_ways();
    return made;
  }
  float near_rim(cv::Point at) const {
    const cv::Rect whole({}, mask_.size());
    for (const Way& way : ways())
      if (whole.contains(at + way.to) && !mask_.at<uchar>(at + way.to)) return way.length;
    return deeper;
  }

  const cv::Mat& mask_;
  cv::Rect inner_{deepest, deepest, mask_.cols - 2 * deepest, mask_.rows - 2 * deepest};
  std::vector<Step> steps_;
};

template <class DepthAt>
float usual_depth(const cv::Mat& lines, double share, DepthAt depth) {
  constexpr int one_in = 3;  // pixels: neighbours on a line lie about as deep
  std::vector<float> depths;
  int seen = 0;
  for_each_set(lines, [&](int x, int y) {
    if (seen++ % one_in == 0) depths.push_back(depth({x, y}));
  });
  if (depths.empty()) return 0;
  const auto at = depths.begin() + static_cast<long>(share * static_cast<double>(depths.size()));
  std::nth_element(depths.begin(), at, depths.end());
  return *at;
}

// With the paper next to it, beyond which none is nearer.
cv::Rect around_ink(const cv::Mat& mask) {
  const cv::Rect ink = cv::boundingRect(mask);
  return (ink - cv::Point(1, 1) + cv::Size(2, 2)) & cv::Rect({}, mask.size());
}

}  // namespace

// Lines are thin and few beside the pixels of a page, so paper is looked for around them alone, unless most
// of the ink is broad.
double pen_width(const cv::Mat& mask, const cv::Mat& lines, double share) {
  const Depths depths(mask);
  double half = usual_depth(lines, share, [&](cv::Point at) { return depths.at(at); });
  if (half >= side_step * deepest) {
    const cv::Rect box = around_ink(mask);
    cv::Mat depth;
    cv::distanceTransform(mask(box), depth, cv::DIST_L2, 3);
    half = usual_depth(lines(box), share, [&](cv::Point at) { return depth.at<float>(at); });
  }
  return half > 0 ? std::max(1.5, 2 * half - 0.7) : 2;
}

}  // namespace doodled::sight
