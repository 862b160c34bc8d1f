#include "tests/bench/reading/series.hpp"

#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::bench {
namespace {

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<double> result;
  for (const double value : values) {
    double rank = 0;
    for (const double other : values) rank += other < value ? 1 : other == value ? 0.5 : 0;
    result.push_back(rank);
  }
  return result;
}

}  // namespace

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto ra = ranks(a), rb = ranks(b);
  double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) ma += ra[i] / double(a.size()), mb += rb[i] / double(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (ra[i] - ma) * (rb[i] - mb);
    aa += (ra[i] - ma) * (ra[i] - ma);
    bb += (rb[i] - mb) * (rb[i] - mb);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

cv::Mat matrix_of(const Raster& raster) {
  return cv::Mat(raster.height, raster.width, CV_8UC3, const_cast<std::uint8_t*>(raster.pixels.data()))
      .clone();
}

cv::Mat exposed(const cv::Mat& rgb, double factor) {
  cv::Mat result;
  rgb.convertTo(result, -1, factor);
  return result;
}

cv::Mat blurred(const cv::Mat& rgb, double sigma) {
  cv::Mat result = rgb.clone();
  if (sigma > 0) cv::GaussianBlur(rgb, result, {0, 0}, sigma);
  return result;
}

cv::Mat with_hue(const cv::Mat& rgb, double degrees) {
  cv::Mat hls;
  cv::cvtColor(rgb, hls, cv::COLOR_RGB2HLS);
  for (auto it = hls.begin<cv::Vec3b>(); it != hls.end<cv::Vec3b>(); ++it)
    (*it)[0] = static_cast<uchar>(std::lround(degrees / 2)) % 180;
  cv::Mat result;
  cv::cvtColor(hls, result, cv::COLOR_HLS2RGB);
  return result;
}

}  // namespace doodled::bench
