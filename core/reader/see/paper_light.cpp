#include "core/reader/see/paper_light.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int side = 200;         // the light is followed at this size
constexpr double bare = 0.9;      // of the closing: what is darker may be ink
constexpr int fringe = 3;         // pixels of that size around it, of blocks of 16 in the picture
constexpr double slight = 0.025;  // of the closing: what grain does
constexpr double least = 0.88;    // of the closing: no fringe is brighter than paper by more

bool is_even(const cv::Mat& picture) {
  const std::size_t pixel = picture.elemSize();
  return picture.isContinuous() &&
         std::memcmp(picture.data, picture.data + pixel, (picture.total() - 1) * pixel) == 0;
}

cv::Scalar first_pixel(const cv::Mat& picture) {
  cv::Scalar colour;
  for (int c = 0; c < picture.channels(); ++c) colour[c] = picture.data[c];
  return colour;
}

cv::Mat closed_of(const cv::Mat& small) {
  const int reach = std::max(3, std::max(small.cols, small.rows) / 8) | 1;
  cv::Mat closed;
  cv::morphologyEx(small, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
  return closed;
}

// 255 where the picture is much darker than the closing, and right beside.
cv::Mat fringes(const cv::Mat& small, const cv::Mat& closed) {
  cv::Mat share, mean, around;
  cv::divide(small, closed, share, 255);
  cv::transform(share, mean, cv::Matx13f::all(1.0F / 3));
  cv::dilate(mean < bare * 255, around,
             cv::getStructuringElement(cv::MORPH_RECT, {2 * fringe + 1, 2 * fringe + 1}));
  return around;
}

// By how much more a channel is too bright than the one that is least so: texture of no colour stays.
cv::Mat without_fringes(const cv::Mat& small, const cv::Mat& closed) {
  if (small.channels() == 1) return closed;
  cv::Mat paper = small.clone(), result;
  paper.setTo(cv::Scalar::all(0), fringes(small, closed));
  const cv::Mat farther = cv::max(closed_of(paper), closed * least);
  std::vector<cv::Mat> excess, light;
  cv::split(closed, light);
  cv::split(closed - farther, excess);
  const cv::Mat common = cv::min(excess[0], cv::min(excess[1], excess[2]));
  for (std::size_t c = 0; c < light.size(); ++c)
    cv::subtract(light[c], excess[c] - common, light[c], excess[c] - common > light[c] * slight);
  cv::merge(light, result);
  return result;
}

}  // namespace

cv::Mat paper_light(const cv::Mat& picture) {
  const cv::Mat small = shrunk(picture, side), closed = closed_of(small);
  if (is_even(closed)) return {picture.size(), picture.type(), first_pixel(closed)};
  cv::Mat light, paper;
  cv::GaussianBlur(without_fringes(small, closed), light, {0, 0}, 1.5);
  cv::resize(light, paper, picture.size(), 0, 0, cv::INTER_LINEAR);
  return paper;
}

}  // namespace doodled::sight
