#include "core/reader/see/photo_texture.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int side = 640;           // detail finer than this size is not a matter of taste but of the camera
constexpr double half_texture = 6;  // grey levels of mean detail that read as 0.5

cv::Mat grey_of(const cv::Mat& rgb) {
  cv::Mat grey;
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  return shrunk(grey, side);
}

// Detail is as strong as the light on it: what it would be in middling light, within a few aperture stops.
double in_middling_light(const cv::Mat& grey) {
  constexpr double middle = 118, darkened = 0.5, lightened = 3;
  return std::clamp(middle / std::max(1.0, cv::mean(grey)[0]), darkened, lightened);
}

// Mean of |value| in blocks of 16 pixels, sorted.
std::vector<double> block_means(const cv::Mat& values) {
  cv::Mat size, blocks;
  cv::resize(cv::Mat(cv::abs(values)), blocks, {std::max(1, values.cols / 16), std::max(1, values.rows / 16)},
             0, 0, cv::INTER_AREA);
  std::vector<double> means;
  for (auto it = blocks.begin<float>(); it != blocks.end<float>(); ++it) means.push_back(*it);
  std::sort(means.begin(), means.end());
  return means;
}

}  // namespace

void measure_texture(const cv::Mat& rgb, PhotoFeatures& photo) {
  const cv::Mat grey = grey_of(rgb);
  cv::Mat soft, detail, crisp;
  cv::GaussianBlur(grey, soft, {0, 0}, 2);
  cv::subtract(grey, soft, detail, {}, CV_32F);
  const double light = in_middling_light(grey);
  const double mean = light * cv::norm(detail, cv::NORM_L1) / static_cast<double>(detail.total());
  photo.texture = mean / (mean + half_texture);
  cv::Laplacian(grey, crisp, CV_32F);
  const auto blocks = block_means(crisp);
  const double high = blocks.empty() ? 0 : light * blocks[blocks.size() * 19 / 20];
  photo.sharpness = high / (high + 20);
}

}  // namespace doodled::sight
