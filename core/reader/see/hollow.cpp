#include "core/reader/see/hollow.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/pen.hpp"

namespace doodled::sight {
namespace {

constexpr double least_broad = 3.5;  // pens: more than where two lines cross aslant

cv::Mat square(double side) {
  const int odd = std::max(3, cvRound(side) | 1);
  return cv::getStructuringElement(cv::MORPH_RECT, {odd, odd});
}

cv::Mat broad_areas(const cv::Mat& mask, double pen) {
  cv::Mat closed, broad;
  cv::morphologyEx(mask, closed, cv::MORPH_CLOSE, square(pen));
  cv::morphologyEx(closed, broad, cv::MORPH_OPEN, square(std::max(7.0, least_broad * pen)));
  return broad;
}

// Of the lines beside what is broad.
double pen_beside(const cv::Mat& mask, const cv::Mat& lines, const cv::Mat& broad, double otherwise) {
  cv::Mat around;
  cv::dilate(broad, around, square(3));
  const cv::Mat beside = lines & ~around;
  return cv::countNonZero(beside) > 0 ? pen_width(mask, beside) : otherwise;
}

}  // namespace

cv::Mat hollowed(const cv::Mat& mask, const cv::Mat& lines) {
  constexpr double finest = 0.25;  // of the centre lines: many may be those of painted areas
  const double least = pen_width(mask, lines, finest);
  cv::Mat broad = broad_areas(mask, least);
  if (cv::countNonZero(broad) == 0) return {};
  const double pen = pen_beside(mask, lines, broad, least);
  broad = broad_areas(mask, pen);
  if (cv::countNonZero(broad) == 0) return {};
  cv::Mat deep;
  const cv::Mat whole = mask | broad;
  cv::erode(whole, deep, square(2 * pen));
  return whole & ~(deep & broad);
}

}  // namespace doodled::sight
