#include "core/reader/see/photo_focus.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int coarse = 80;  // pixels of the larger side: what stands out does so from afar
constexpr std::size_t most_points = 4;
constexpr double half_energy = 12;  // CIELAB distance that half fills a cell
constexpr double rim = 0.1;         // of each side, where what a camera just holds or misses stands out less

cv::Mat length_of(const cv::Mat& vectors) {
  if (vectors.channels() == 1) return cv::abs(vectors);
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
  cv::GaussianBlur(lab, near, {0, 0}, std::max(0.5, side / 40));
  cv::GaussianBlur(lab, mid, {0, 0}, std::max(1.0, side / 10));
  cv::boxFilter(lab, far, -1, {std::max(3, lab.cols / 2 | 1), std::max(3, lab.rows / 2 | 1)}, {-1, -1}, true,
                cv::BORDER_REFLECT);
  cv::Mat salience = length_of(near - mid) + length_of(mid - far);
  return salience;
}

// 1 in the middle of the picture, falling off along its rim.
double held(int at, int count) {
  const double from_edge = (std::min(at, count - 1 - at) + 0.5) / count;
  return std::min(1.0, from_edge / rim);
}

void fade_rim(cv::Mat& salience) {
  for (int y = 0; y < salience.rows; ++y)
    for (int x = 0; x < salience.cols; ++x)
      salience.at<float>(y, x) *= static_cast<float>(held(y, salience.rows) * held(x, salience.cols));
}

struct Peak {
  double value;
  Point at;
};

std::vector<Peak> peaks_of(cv::Mat salience) {
  std::vector<Peak> peaks;
  const int reach = std::max(2, std::max(salience.cols, salience.rows) / 6);
  while (peaks.size() <= most_points) {
    double value = 0;
    cv::Point at;
    cv::minMaxLoc(salience, nullptr, &value, nullptr, &at);
    if (value < 4) break;
    peaks.push_back({value, {(at.x + 0.5) / salience.cols, (at.y + 0.5) / salience.rows}});
    cv::circle(salience, at, reach, cv::Scalar(0), cv::FILLED);
  }
  return peaks;
}

// Those that stand out: all before the largest step down, if it is a clear one. Which of many even places is
// the strongest is a matter of the light.
std::vector<Point> outstanding(const std::vector<Peak>& peaks) {
  constexpr double clear_step = 0.72;
  std::size_t count = 0;
  double least = clear_step;
  for (std::size_t i = 1; i < peaks.size(); ++i)
    if (const double step = peaks[i].value / peaks[i - 1].value; step < least) least = step, count = i;
  if (peaks.size() == 1) count = 1;
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) points.push_back(peaks[i].at);
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

// Standard deviation of colour within each ninth: never quite full, so that of two full ones one is fuller.
std::array<double, 9> cells_of(const cv::Mat& lab) {
  std::array<double, 9> cells{};
  for (int i = 0; i < 9; ++i) {
    const int x0 = i % 3 * lab.cols / 3, x1 = std::max(x0 + 1, (i % 3 + 1) * lab.cols / 3);
    const int y0 = i / 3 * lab.rows / 3, y1 = std::max(y0 + 1, (i / 3 + 1) * lab.rows / 3);
    cv::Scalar mean, deviation;
    cv::meanStdDev(lab(cv::Rect(x0, y0, std::min(x1, lab.cols) - x0, std::min(y1, lab.rows) - y0)), mean,
                   deviation);
    const double energy = std::hypot(deviation[0], deviation[1], deviation[2]);
    cells[static_cast<std::size_t>(i)] = energy / (energy + half_energy);
  }
  return cells;
}

}  // namespace

void measure_focus(const cv::Mat& lab, PhotoFeatures& photo) {
  cv::Mat salience = salience_of(shrunk(lab, coarse));
  photo.balance = balance_of(salience);
  fade_rim(salience);
  photo.focal_points = outstanding(peaks_of(std::move(salience)));
  photo.cells = cells_of(lab);
}

}  // namespace doodled::sight
