#include "core/reader/see/photo_space.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double clear_horizon = 0.45;  // share of all variance that the split into two parts explains

struct Row {
  cv::Vec3d mean;
  double square = 0;  // mean of |lab|^2
};

std::vector<Row> rows_of(const cv::Mat& lab) {
  std::vector<Row> rows(static_cast<std::size_t>(lab.rows));
  for (int y = 0; y < lab.rows; ++y) {
    Row& row = rows[static_cast<std::size_t>(y)];
    for (int x = 0; x < lab.cols; ++x) {
      const cv::Vec3d p = lab.at<cv::Vec3f>(y, x);
      row.mean += p / double(lab.cols);
      row.square += p.dot(p) / lab.cols;
    }
  }
  return rows;
}

// Otsu's criterion over rows: the split that leaves least variance within the two parts.
double horizon_of(const std::vector<Row>& rows) {
  const int count = static_cast<int>(rows.size());
  if (count < 8) return -1;
  cv::Vec3d all;
  double square = 0;
  for (const Row& row : rows) all += row.mean, square += row.square;
  const double variance = square - all.dot(all) / count;
  double best = 0;
  int at = -1;
  cv::Vec3d above;
  for (int y = 1; y < count; ++y) {
    above += rows[static_cast<std::size_t>(y - 1)].mean;
    if (y < count / 10 || y > count - count / 10) continue;
    const cv::Vec3d below = all - above;
    const double between = above.dot(above) / y + below.dot(below) / (count - y) - all.dot(all) / count;
    if (between > best) best = between, at = y;
  }
  return variance > 0 && best / variance > clear_horizon ? double(at) / count : -1;
}

// Mean and detail of a part of the picture.
std::pair<cv::Scalar, double> part_of(const cv::Mat& lab, cv::Rect rect) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(lab(rect & cv::Rect(0, 0, lab.cols, lab.rows)), mean, deviation);
  return {mean, std::hypot(deviation[0], deviation[1], deviation[2])};
}

double depth_of(const cv::Mat& lab) {
  const int third = std::max(1, lab.rows / 3), half = std::max(1, lab.cols / 2);
  const auto [front, front_detail] = part_of(lab, {lab.cols / 4, lab.rows - third, half, third});
  const auto [back, back_detail] = part_of(lab, {0, 0, lab.cols, third});
  const double tone = std::hypot(front[0] - back[0], front[1] - back[1], front[2] - back[2]);
  const double difference = tone + std::abs(front_detail - back_detail);
  return difference / (difference + 40);
}

}  // namespace

void measure_space(const cv::Mat& lab, PhotoFeatures& photo) {
  photo.horizon = horizon_of(rows_of(lab));
  photo.depth = depth_of(lab);
}

}  // namespace doodled::sight
