#include "core/reader/see/spot_ends.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace doodled::sight {
namespace {

constexpr double slim = 1.3;  // so much longer than broad is a line

// The pixels of the ink around one of them; none where they leave the box.
std::vector<cv::Point> pixels_around(const cv::Mat& mask, cv::Point within, const cv::Rect& box) {
  cv::Mat seen = cv::Mat::zeros(box.size(), CV_8U);
  std::vector<cv::Point> found;
  const auto take = [&](cv::Point p) {
    if (!box.contains(p)) return false;
    uchar& here = seen.at<uchar>(p - box.tl());
    if (here == 0 && mask.at<uchar>(p) != 0) found.push_back(p);
    here = 1;
    return true;
  };
  if (!take(within)) return {};
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const cv::Point step : {cv::Point(1, 0), {-1, 0}, {0, 1}, {0, -1}})
      if (!take(found[i] + step)) return {};
  return found;
}

// Along the long axis of a cloud of pixels.
cv::Point2f long_axis(const std::vector<cv::Point>& pixels, cv::Point2f middle) {
  double xx = 0, xy = 0, yy = 0;
  for (const cv::Point p : pixels) {
    const cv::Point2f d = cv::Point2f(p) - middle;
    xx += double(d.x) * d.x, xy += double(d.x) * d.y, yy += double(d.y) * d.y;
  }
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

}  // namespace

std::optional<std::array<cv::Point2f, 2>> ends_of_spot(const cv::Mat& mask, cv::Point within, double pen,
                                                       double reach) {
  const int far = static_cast<int>(reach);
  const cv::Rect box =
      cv::Rect(within.x - far, within.y - far, 2 * far + 1, 2 * far + 1) & cv::Rect({}, mask.size());
  const auto pixels = pixels_around(mask, within, box);
  if (pixels.empty()) return std::nullopt;
  cv::Point2f middle;
  for (const cv::Point p : pixels) middle += cv::Point2f(p) * (1.F / static_cast<float>(pixels.size()));
  const cv::Point2f axis = long_axis(pixels, middle);
  double from = 0, to = 0, aside = 0;
  for (const cv::Point p : pixels) {
    const cv::Point2f d = cv::Point2f(p) - middle;
    const double along = d.dot(axis);
    from = std::min(from, along), to = std::max(to, along), aside = std::max(aside, std::abs(d.cross(axis)));
  }
  if (to - from < slim * 2 * aside || to - from < pen) return std::nullopt;
  const auto cap = static_cast<float>(pen / 2);
  return std::array{middle + axis * (static_cast<float>(from) + cap),
                    middle + axis * (static_cast<float>(to) - cap)};
}

}  // namespace doodled::sight
