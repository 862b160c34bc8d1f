#include "core/reader/see/swell.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/ink_reach.hpp"

namespace doodled::sight {
namespace {

constexpr double longest = 40;  // pixels or
constexpr double longest_pens = 7;
constexpr double part = 0.35;        // of the line is a head, at most
constexpr double broadest = 4;       // pens from its middle: more is what the line runs into
constexpr double largest_hole = 40;  // squared pens: of an outlined head
constexpr double skip = 1;           // pens of its end

cv::Mat with_holes_filled(const cv::Mat& mask, double pen) {
  std::vector<std::vector<cv::Point>> contours;
  std::vector<cv::Vec4i> levels;
  cv::findContours(mask, contours, levels, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
  cv::Mat filled = mask.clone();
  for (int i = 0; i < static_cast<int>(contours.size()); ++i) {
    const bool hole = levels[static_cast<std::size_t>(i)][3] >= 0;
    if (hole && cv::contourArea(contours[static_cast<std::size_t>(i)]) < largest_hole * pen * pen)
      cv::drawContours(filled, contours, i, 255, cv::FILLED);
  }
  return filled;
}

// As much of the mask as lies around a place.
struct Cutting {
  cv::Mat mask;
  cv::Point2f at;  // its corner in the whole
};

Cutting filled_around(cv::Point2f place, double reach, const cv::Mat& mask, double pen) {
  const int side = 2 * static_cast<int>(reach) + 1;
  const cv::Rect box = cv::Rect(cvRound(place.x) - side / 2, cvRound(place.y) - side / 2, side, side) &
                       cv::Rect({}, mask.size());
  return {with_holes_filled(mask(box), pen), box.tl()};
}

}  // namespace

double swell_at(const Path& line, bool at_end, double beyond, const cv::Mat& mask, double pen) {
  const double length = length_of(line), far = std::max(broadest * pen, 24.0);
  const double last = std::min(part * length, std::max(longest, longest_pens * pen));
  Path even = resample(line, std::max(8, static_cast<int>(length / 2)));
  if (!at_end) std::ranges::reverse(even);
  const double step = length / static_cast<double>(even.size() - 1);
  const std::size_t from = even.size() - 1 - static_cast<std::size_t>(last / step);
  const cv::Point2f way = unit(even[from] - even[from > 4 ? from - 4 : 0]), aside(-way.y, way.x);
  const Cutting cutting = filled_around(even.back(), last + beyond + far, mask, pen);
  double swell = 0;
  for (double gone = 0; gone < last + beyond - skip * pen; gone += 1) {
    const cv::Point2f at = even[from] + way * static_cast<float>(gone) - cutting.at;
    const double less =
        std::min(ink_reach(at, aside, far, cutting.mask), ink_reach(at, -aside, far, cutting.mask));
    if (less < far) swell += std::max(0.0, 2 * less - 1 - 1.25 * pen);
  }
  return swell;
}

}  // namespace doodled::sight
