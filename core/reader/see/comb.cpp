#include "core/reader/see/comb.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

// Centres of the runs in which a profile is above half.
std::vector<double> peaks_of(const cv::Mat& profile) {
  std::vector<double> peaks;
  int start = -1;
  for (int y = 0; y <= profile.rows; ++y) {
    const bool on = y < profile.rows && profile.at<float>(y, 0) > 0.5F;
    if (on && start < 0) start = y;
    if (!on && start >= 0) peaks.push_back((start + y - 1) / 2.0), start = -1;
  }
  return peaks;
}

}  // namespace

Comb comb_of(const cv::Mat& mask, cv::Range columns) {
  cv::Mat profile;
  cv::reduce(mask.colRange(columns), profile, 1, cv::REDUCE_AVG, CV_32F);
  profile /= 255;
  const auto peaks = peaks_of(profile);
  std::vector<double> steps;
  for (std::size_t i = 1; i < peaks.size(); ++i) steps.push_back(peaks[i] - peaks[i - 1]);
  if (static_cast<int>(steps.size()) + 1 < least_comb) return {};
  auto sorted = steps;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<long>(sorted.size() / 2), sorted.end());
  const double step = sorted[sorted.size() / 2];
  int even = 0;
  for (const double s : steps) {
    const double whole = std::max(1.0, std::round(s / step));
    even += std::abs(s / whole - step) < comb_unevenness * step;
  }
  if (step < 4 || even < 0.7 * static_cast<double>(steps.size())) return {};
  return {static_cast<int>(peaks.size()), step, peaks.front(), peaks.back()};
}

cv::Mat long_lines(const cv::Mat& ink) {
  cv::Mat thick, lines;
  cv::dilate(ink, thick, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
  const int reach = std::max(9, ink.cols / 18);
  cv::morphologyEx(thick, lines, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {reach, 1}));
  return lines;
}

}  // namespace doodled::sight
