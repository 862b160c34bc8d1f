// CIELAB of known colours, and back.
#include "core/reader/see/lab.hpp"

#include <doctest/doctest.h>

using namespace doodled;

namespace {

cv::Vec3f lab_of_one(int red, int green, int blue) {
  const cv::Mat one(1, 1, CV_8UC3, cv::Scalar(red, green, blue));
  return sight::lab_of(one).at<cv::Vec3f>(0, 0);
}

void check_near(const cv::Vec3f& seen, const cv::Vec3f& known) {
  for (int c = 0; c < 3; ++c) CHECK(seen[c] == doctest::Approx(known[c]).epsilon(0.005));
}

}  // namespace

TEST_CASE("CIELAB of the corners of sRGB is that of the tables") {
  check_near(lab_of_one(255, 0, 0), {53.24F, 80.09F, 67.20F});
  check_near(lab_of_one(0, 255, 0), {87.73F, -86.18F, 83.18F});
  check_near(lab_of_one(0, 0, 255), {32.30F, 79.19F, -107.86F});
  CHECK(lab_of_one(255, 255, 255)[0] == doctest::Approx(100));
  CHECK(cv::norm(lab_of_one(0, 0, 0)) < 0.01);
  CHECK(std::abs(lab_of_one(90, 90, 90)[1]) < 0.05);
}

TEST_CASE("a colour comes back from CIELAB as it was") {
  for (int red = 0; red < 256; red += 51)
    for (int green = 0; green < 256; green += 51)
      for (int blue = 0; blue < 256; blue += 51)
        CHECK(sight::rgb_of(lab_of_one(red, green, blue)) == std::array<int, 3>{red, green, blue});
}
