#include "core/reader/see/turned.hpp"

#include <vector>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr float rim = 4;  // pixels around what is kept

cv::Point2f middle_of(const cv::Mat& rgb) { return {(rgb.cols - 1) / 2.0F, (rgb.rows - 1) / 2.0F}; }

// Of the picture's own size, and wider where turning takes `kept` out of it.
cv::Rect room_for(const cv::Mat& rgb, const cv::Rect& kept, const cv::Matx23d& turn, double scale) {
  const cv::Size2f size = cv::Size2f(rgb.size()) * static_cast<float>(scale);
  const cv::Point2f middle = middle_of(rgb);
  const cv::RotatedRect picture(middle, size, 0);
  const cv::Rect2f box(static_cast<float>(kept.x) - rim, static_cast<float>(kept.y) - rim,
                       static_cast<float>(kept.width) + 2 * rim, static_cast<float>(kept.height) + 2 * rim);
  const std::vector<cv::Point2f> corners{
      box.tl(), {box.x + box.width, box.y}, box.br(), {box.x, box.y + box.height}};
  std::vector<cv::Point2f> turned;
  cv::transform(corners, turned, turn);
  return cv::boundingRect(turned) | picture.boundingRect();
}

}  // namespace

Turned turned(const cv::Mat& rgb, const cv::Rect& kept, double radians, double scale) {
  cv::Matx23d turn = cv::getRotationMatrix2D_(middle_of(rgb), radians * 180 / CV_PI, scale);
  const cv::Rect room = room_for(rgb, kept, turn, scale);
  turn(0, 2) -= room.x, turn(1, 2) -= room.y;
  Turned result;
  cv::warpAffine(rgb, result.rgb, turn, room.size(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  const cv::Matx33d whole(turn(0, 0), turn(0, 1), turn(0, 2), turn(1, 0), turn(1, 1), turn(1, 2), 0, 0, 1);
  result.to_picture = whole.inv();
  return result;
}

}  // namespace doodled::sight
