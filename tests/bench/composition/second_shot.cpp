#include "tests/bench/composition/second_shot.hpp"

#include <cmath>
#include <stdexcept>

#include <opencv2/imgproc.hpp>
#include <vips/vips.h>

#include "core/base/random.hpp"
#include "core/reader/decode/decode.hpp"
#include "tests/bench/reading/page.hpp"
#include "tests/bench/reading/series.hpp"

namespace doodled::bench {
namespace {

constexpr double turn_degrees = 3;
constexpr int quality = 60;

// What lies beyond its edges nobody saw: it goes on mirrored, as plain or as ruled as it is. Repeated pixels
// would be streaks that no paper has.
cv::Mat turned(const cv::Mat& picture, double degrees) {
  const cv::Mat turn = cv::getRotationMatrix2D({picture.cols / 2.0F, picture.rows / 2.0F}, degrees, 1);
  cv::Mat result;
  cv::warpAffine(picture, result, turn, picture.size(), cv::INTER_AREA, cv::BORDER_REFLECT);
  return result;
}

struct Lamp {
  double falloff;  // from one side of the picture to the other, of full light
  double tint[3];  // of red, green and blue
};
constexpr Lamp window_light{0.06, {1, 1, 0.98}}, lamp_light{0.2, {1, 0.96, 0.88}};

void relight(cv::Mat& picture, const Lamp& lamp, Random& random) {
  const double side = random.unit() * 2 * CV_PI;
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x) {
      const double across = (double(x) / picture.cols - 0.5) * std::cos(side) +
                            (double(y) / picture.rows - 0.5) * std::sin(side);
      const double light = 0.85 - lamp.falloff * across;
      auto& pixel = picture.at<cv::Vec3b>(y, x);
      for (int c = 0; c < 3; ++c) pixel[c] = cv::saturate_cast<uchar>(pixel[c] * light * lamp.tint[c]);
    }
}

void add_grain(cv::Mat& picture, double deviation, Random& random) {
  for (auto it = picture.begin<cv::Vec3b>(); it != picture.end<cv::Vec3b>(); ++it)
    for (int c = 0; c < 3; ++c) {
      const double bell = random.unit() + random.unit() + random.unit() + random.unit() - 2;
      (*it)[c] = cv::saturate_cast<uchar>((*it)[c] + bell / 0.577 * deviation);
    }
}

Raster uploaded(const cv::Mat& shot, int jpeg_quality) {
  VipsImage* image =
      vips_image_new_from_memory(shot.data, shot.total() * 3, shot.cols, shot.rows, 3, VIPS_FORMAT_UCHAR);
  void* bytes = nullptr;
  std::size_t size = 0;
  const bool failed = !image || vips_jpegsave_buffer(image, &bytes, &size, "Q", jpeg_quality, nullptr) != 0;
  if (image) g_object_unref(image);
  if (failed) throw std::runtime_error("the second photograph can't be encoded");
  const auto* first = static_cast<const std::uint8_t*>(bytes);
  const std::vector<std::uint8_t> encoded(first, first + size);
  g_free(bytes);
  auto decoded = decode(encoded, DecodeLimits{});
  if (!decoded) throw std::runtime_error(decoded.error().message);
  return std::move(*decoded);
}

}  // namespace

Raster through_jpeg(const Raster& picture, int jpeg_quality) {
  return uploaded(matrix_of(picture), jpeg_quality);
}

Raster first_shot(const Raster& picture, std::uint64_t seed) {
  Random random(part_seed(seed, "first shot"));
  cv::Mat shot = matrix_of(picture).clone();
  relight(shot, window_light, random);
  add_grain(shot, 1.5, random);
  return uploaded(shot, 90);
}

Raster second_shot(const Raster& picture, std::uint64_t seed) {
  Random random(part_seed(seed, "second shot"));
  const double degrees = random.below(2) ? turn_degrees : -turn_degrees;
  cv::Mat shot = turned(matrix_of(picture), degrees);
  relight(shot, lamp_light, random);
  add_grain(shot, 3, random);
  return uploaded(shot, quality);
}

}  // namespace doodled::bench
