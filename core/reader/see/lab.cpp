#include "core/reader/see/lab.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

// From linear sRGB to X, Y and Z, each as a share of the white's.
const cv::Matx33f to_xyz{
    0.412453F / 0.950456F, 0.357580F / 0.950456F, 0.180423F / 0.950456F, 0.212671F, 0.715160F, 0.072169F,
    0.019334F / 1.088754F, 0.119193F / 1.088754F, 0.950227F / 1.088754F};
constexpr float dark = 0.008856F, slope = 7.787F, foot = 16.F / 116;  // below `dark` the root is a line

float linear(float share) {
  return share <= 0.04045F ? share / 12.92F : std::pow((share + 0.055F) / 1.055F, 2.4F);
}

float companded(float light) {
  return light <= 0.0031308F ? light * 12.92F : 1.055F * std::pow(light, 1 / 2.4F) - 0.055F;
}

float root(float share) { return share > dark ? std::cbrt(share) : slope * share + foot; }

float cube(float root) {
  const float share = root * root * root;
  return share > dark ? share : (root - foot) / slope;
}

std::array<float, 256> linear_levels() {
  std::array<float, 256> levels{};
  for (std::size_t v = 0; v < 256; ++v) levels[v] = linear(static_cast<float>(v) / 255);
  return levels;
}

}  // namespace

cv::Mat lab_of(const cv::Mat& rgb) {
  static const auto levels = linear_levels();
  const auto colour = [](const cv::Vec3b& p) {
    const cv::Vec3f xyz = to_xyz * cv::Vec3f(levels[p[0]], levels[p[1]], levels[p[2]]);
    const float x = root(xyz[0]), y = root(xyz[1]), z = root(xyz[2]);
    return cv::Vec3f(116 * y - 16, 500 * (x - y), 200 * (y - z));
  };
  cv::Mat lab(rgb.size(), CV_32FC3);
  cv::Vec3b last;  // neighbours on paper are alike
  cv::Vec3f its_colour = colour(last);
  for (int y = 0; y < rgb.rows; ++y) {
    const auto* row = rgb.ptr<cv::Vec3b>(y);
    std::transform(row, row + rgb.cols, lab.ptr<cv::Vec3f>(y), [&](const cv::Vec3b& p) {
      if (p != last) last = p, its_colour = colour(p);
      return its_colour;
    });
  }
  return lab;
}

std::array<int, 3> rgb_of(const cv::Vec3f& lab) {
  static const cv::Matx33f from_xyz = to_xyz.inv();
  const float y = (lab[0] + 16) / 116;
  const cv::Vec3f light = from_xyz * cv::Vec3f(cube(y + lab[1] / 500), cube(y), cube(y - lab[2] / 200));
  std::array<int, 3> rgb{};
  for (int c = 0; c < 3; ++c)
    rgb[static_cast<std::size_t>(c)] =
        static_cast<int>(std::lround(255 * std::clamp(companded(light[c]), 0.F, 1.F)));
  return rgb;
}

}  // namespace doodled::sight
