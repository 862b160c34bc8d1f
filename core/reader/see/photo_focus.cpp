#include "core/reader/see/photo_focus.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr std::size_t most_points = 8;
constexpr double full_energy = 25;  // CIELAB distance that fills a cell

cv::Mat length_of(const cv::Mat& vectors) {
  std::vector<cv::Mat> parts;
  cv::split(vectors, parts);
  cv::Mat sum = parts[0].mul(parts[0]) + parts[1].mul(parts[1]) + parts[2].mul(parts[2]), root;
  cv::sqrt(sum, root);
  return root;
}

// Difference between a place and what lies around it, at two sizes.
cv::Mat salience_of(const cv::Mat& lab) {
  const double side = std::max(lab.cols, lab.rows);
  cv::Mat near, mid, far;
  cv::GaussianBlur(lab, near, {0, 0}, std::max(0.5, side / 80));
  cv::GaussianBlur(lab, mid, {0, 0}, std::max(1.0, side / 20));
  cv::boxFilter(lab, far, -1, {std::max(3, lab.cols / 2 | 1), std::max(3, lab.rows / 2 | 1)}, {-1, -1}, true,
                cv::BORDER_REFLECT);
  cv::Mat salience = length_of(near - mid) + length_of(mid - far);
  return salience;
}

std::vector<Point> peaks_of(cv::Mat salience) {
  std::vector<Point> points;
  const int reach = std::max(2, std::max(salience.cols, salience.rows) / 10);
  double first = 0;
  while (points.size() < most_points) {
    double value = 0;
    cv::Point at;
    cv::minMaxLoc(salience, nullptr, &value, nullptr, &at);
    if (points.empty()) first = value;
    if (value < 4 || value < 0.45 * first) break;
    points.push_back({(at.x + 0.5) / salience.cols, (at.y + 0.5) / salience.rows});
    cv::circle(salience, at, reach, cv::Scalar(0), cv::FILLED);
  }
  return points;
}

double balance_of(const cv::Mat& salience) {
  double sum = 0, weighted = 0;
  for (int y = 0; y < salience.rows; ++y)
    for (int x = 0; x < salience.cols; ++x) {
      sum += salience.at<float>(y, x);
      weighted += salience.at<float>(y, x) * (x + 0.5) / salience.cols;
    }
  return sum > 1e-6 ? std::clamp(weighted / sum, 0.0, 1.0) : 0.5;
}

// Standard deviation of colour within each ninth.
std::array<double, 9> cells_of(const cv::Mat& lab) {
  std::array<double, 9> cells{};
  for (int i = 0; i < 9; ++i) {
    const int x0 = i % 3 * lab.cols / 3, x1 = std::max(x0 + 1, (i % 3 + 1) * lab.cols / 3);
    const int y0 = i / 3 * lab.rows / 3, y1 = std::max(y0 + 1, (i / 3 + 1) * lab.rows / 3);
    cv::Scalar mean, deviation;
    cv::meanStdDev(lab(cv::Rect(x0, y0, std::min(x1, lab.cols) - x0, std::min(y1, lab.rows) - y0)), mean,
                   deviation);
    cells[static_cast<std::size_t>(i)] =
        std::min(1.0, std::hypot(deviation[0], deviation[1], deviation[2]) / full_energy);
  }
  return cells;
}

}  // namespace

void measure_focus(const cv::Mat& lab, PhotoFeatures& photo) {
  const cv::Mat salience = salience_of(lab);
  photo.focal_points = peaks_of(salience.clone());
  photo.balance = balance_of(salience);
  photo.cells = cells_of(lab);
}

}  // namespace doodled::sight
