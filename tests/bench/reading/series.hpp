// Series made of one picture, from less to more of something, and how well an order is kept.
#pragma once
#include <vector>

#include <opencv2/core.hpp>

#include "core/image/raster.hpp"

namespace doodled::bench {

// Spearman's rank correlation; values that stay equal are no correlation.
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b);

cv::Mat matrix_of(const Raster& raster);

cv::Mat exposed(const cv::Mat& rgb, double factor);
cv::Mat blurred(const cv::Mat& rgb, double sigma);  // pixels; 0 leaves it as it is
// Every pixel gets this hue, 0 red .. 120 green .. 240 blue, and keeps its lightness and saturation.
cv::Mat with_hue(const cv::Mat& rgb, double degrees);

}  // namespace doodled::bench
