#include "core/reader/see/hollow.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/pen.hpp"

namespace doodled::sight {
namespace {

constexpr double least_broad = 3.5;  // pens: more than where two lines cross aslant

double breadth_of(double pen) { return std::max(7.0, least_broad * pen); }

cv::Mat square(double side) {
  const int odd = std::max(3, cvRound(side) | 1);
  return cv::getStructuringElement(cv::MORPH_RECT, {odd, odd});
}

// Whether anything may be so broad: that covers a block of half its breadth, wherever it lies. Slits that a
// hand left make some a little lighter.
bool may_be_broad(const cv::Mat& mask, double breadth) {
  constexpr double full = 0.9 * 255;
  const int side = std::max(2, static_cast<int>((breadth + 1) / 2));
  const cv::Size count(std::max(1, mask.cols / side), std::max(1, mask.rows / side));
  cv::Mat blocks;
  cv::resize(mask(cv::Rect({}, count * side) & cv::Rect({}, mask.size())), blocks, count, 0, 0,
             cv::INTER_AREA);
  return cv::countNonZero(blocks >= full) > 0;
}

cv::Mat broad_areas(const cv::Mat& mask, double breadth, double pen) {
  cv::Mat closed, broad;
  cv::morphologyEx(mask, closed, cv::MORPH_CLOSE, square(pen));
  cv::morphologyEx(closed, broad, cv::MORPH_OPEN, square(breadth));
  return broad;
}

bool is_enough(const cv::Mat& broad, const cv::Mat& mask, const LeastBroad& least) {
  const int area = cv::countNonZero(broad);
  return area > least.of_ink * cv::boundingRect(mask).area() &&
         area > least.of_own * cv::boundingRect(broad).area();
}

// Of the lines beside what is broad.
double pen_beside(const cv::Mat& mask, const cv::Mat& lines, const cv::Mat& broad, double otherwise) {
  cv::Mat around, beside = lines.clone();
  cv::dilate(broad, around, square(3));
  beside.setTo(0, around);
  return cv::countNonZero(beside) > 0 ? pen_width(mask, beside) : otherwise;
}

}  // namespace

cv::Mat hollowed(const cv::Mat& mask, const cv::Mat& lines, const LeastBroad& least) {
  constexpr double finest = 0.25;  // of the centre lines: many may be those of painted areas
  const double fine = pen_width(mask, lines, finest);
  if (!may_be_broad(mask, breadth_of(fine))) return {};
  cv::Mat half, areas;
  cv::resize(mask, half, {}, 0.5, 0.5, cv::INTER_AREA);
  cv::threshold(half, half, 127, 255, cv::THRESH_BINARY);
  cv::resize(broad_areas(half, breadth_of(fine) / 2, fine / 2), areas, mask.size(), 0, 0, cv::INTER_NEAREST);
  if (!is_enough(areas, mask, least)) return {};
  const double pen = pen_beside(mask, lines, areas, fine);
  const cv::Mat broad = broad_areas(mask, breadth_of(pen), pen);
  if (!is_enough(broad, mask, least)) return {};
  cv::Mat whole = mask | broad;
  const cv::Rect box = cv::boundingRect(broad);
  cv::Mat deep, part = whole(box);
  cv::erode(part, deep, square(2 * pen));
  cv::bitwise_and(deep, broad(box), deep);
  part.setTo(0, deep);
  return whole;
}

}  // namespace doodled::sight
