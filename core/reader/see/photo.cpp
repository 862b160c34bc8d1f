#include "core/reader/see/photo.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/colourless.hpp"
#include "core/reader/see/lab.hpp"
#include "core/reader/see/photo_focus.hpp"
#include "core/reader/see/photo_palette.hpp"
#include "core/reader/see/photo_space.hpp"
#include "core/reader/see/photo_texture.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int lab_side = 120;  // light, colour and space are measured at this size

// The mean lightness, and its standard deviation as a share of the largest there can be.
void measure_light(const cv::Mat& lab, PhotoFeatures& photo) {
  cv::Mat lightness;
  cv::extractChannel(lab, lightness, 0);
  cv::Scalar mean, deviation;
  cv::meanStdDev(lightness, mean, deviation);
  photo.luminance = std::clamp(mean[0] / 100, 0.0, 1.0);
  photo.contrast = std::clamp(deviation[0] / 50, 0.0, 1.0);
}

// The same scene in a little more or less light has the same differences: all of it as if its mean lightness
// were the middle one, within an aperture stop or so.
cv::Mat evenly_exposed(const cv::Mat& lab, double luminance) {
  constexpr double middle = 0.5, darkened = 0.7, lightened = 2;
  return lab * std::clamp(middle / std::max(luminance, 0.01), darkened, lightened);
}

// How the light falls off across the picture: the plane that lies nearest to its lightness.
struct Falloff {
  double mean, across, down;  // lightness; its change from the middle to an edge

  double at(double x, double y) const {
    constexpr double least = 0.35, most = 1.65;  // of the mean
    return std::clamp(mean + across * x + down * y, least * mean, most * mean);
  }
};

double from_middle(int at, int count) { return (2 * at + 1.0) / count - 1; }

Falloff falloff_of(const cv::Mat& lab) {
  double sum = 0, by_x = 0, by_y = 0;
  for (int y = 0; y < lab.rows; ++y)
    for (int x = 0; x < lab.cols; ++x) {
      const double lightness = lab.at<cv::Vec3f>(y, x)[0];
      sum += lightness, by_x += lightness * from_middle(x, lab.cols),
          by_y += lightness * from_middle(y, lab.rows);
    }
  const double count = static_cast<double>(lab.total());
  return {sum / count, 3 * by_x / count, 3 * by_y / count};  // the mean square of -1..1 is a third
}

// The same lamp on all of it, in its middle as bright as a middling one.
cv::Mat evenly_lit(const cv::Mat& lab) {
  constexpr double middle = 50, darkened = 0.5, lightened = 3;
  const Falloff light = falloff_of(lab);
  cv::Mat even(lab.size(), lab.type());
  for (int y = 0; y < lab.rows; ++y)
    for (int x = 0; x < lab.cols; ++x) {
      const double here = light.at(from_middle(x, lab.cols), from_middle(y, lab.rows));
      const double factor = std::clamp(middle / std::max(here, 1.0), darkened, lightened);
      even.at<cv::Vec3f>(y, x) = lab.at<cv::Vec3f>(y, x) * static_cast<float>(factor);
    }
  return even;
}

}  // namespace

PhotoFeatures measure_photo(const cv::Mat& rgb) {
  PhotoFeatures photo;
  const cv::Mat small = shrunk(rgb, lab_side);
  const cv::Mat lab = lab_of(small);
  measure_light(lab, photo);
  measure_palette(lab, photo);
  measure_texture(rgb, photo);
  const cv::Mat lit = evenly_lit(lab);
  measure_focus(is_colourless(small) ? one_channel(lit) : lit, photo);
  measure_space(evenly_exposed(lab, photo.luminance), photo);
  return photo;
}

}  // namespace doodled::sight
