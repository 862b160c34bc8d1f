#include "tests/bench/reading/jpeg.hpp"

#include <algorithm>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace doodled::bench {
namespace {

constexpr int block = 8;

constexpr int luminance[64] = {16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
                               14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
                               18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
                               49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};
constexpr int chrominance[64] = {17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
                                 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
                                 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                                 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};

cv::Mat scaled(const int (&table)[64], int quality) {
  const int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  cv::Mat steps(block, block, CV_32F);
  for (int i = 0; i < 64; ++i)
    steps.at<float>(i / block, i % block) =
        static_cast<float>(std::clamp((table[i] * scale + 50) / 100, 1, 255));
  return steps;
}

void quantise(cv::Mat& channel, const cv::Mat& steps) {
  cv::Mat plane;
  channel.convertTo(plane, CV_32F, 1, -128);
  cv::copyMakeBorder(plane, plane, 0, (block - plane.rows % block) % block, 0,
                     (block - plane.cols % block) % block, cv::BORDER_REPLICATE);
  for (int y = 0; y < plane.rows; y += block)
    for (int x = 0; x < plane.cols; x += block) {
      cv::Mat part = plane(cv::Rect(x, y, block, block)), waves;
      cv::dct(part, waves);
      for (int i = 0; i < 64; ++i) {
        auto& wave = waves.at<float>(i / block, i % block);
        const float step = steps.at<float>(i / block, i % block);
        wave = static_cast<float>(cvRound(wave / step)) * step;
      }
      cv::idct(waves, part);
    }
  plane(cv::Rect(0, 0, channel.cols, channel.rows)).convertTo(channel, CV_8U, 1, 128);
}

}  // namespace

void compress(cv::Mat& rgb, int quality) {
  cv::Mat ycc;
  cv::cvtColor(rgb, ycc, cv::COLOR_RGB2YCrCb);
  std::vector<cv::Mat> channels;
  cv::split(ycc, channels);
  quantise(channels[0], scaled(luminance, quality));
  for (std::size_t c = 1; c < 3; ++c) {
    cv::Mat half;
    cv::resize(channels[c], half, {}, 0.5, 0.5, cv::INTER_AREA);
    quantise(half, scaled(chrominance, quality));
    cv::resize(half, channels[c], channels[c].size(), 0, 0, cv::INTER_LINEAR);
  }
  cv::merge(channels, ycc);
  cv::cvtColor(ycc, rgb, cv::COLOR_YCrCb2RGB);
}

}  // namespace doodled::bench
