#include "core/reader/see/clearness.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

using namespace doodled::sight;

namespace {

cv::Mat darkness(int level) { return cv::Mat(240, 320, CV_8U, cv::Scalar(level)); }

}  // namespace

TEST_CASE("a line stands out of even ground, however dark that is") {
  for (const int ground : {0, 40}) {
    cv::Mat page = darkness(ground);
    cv::line(page, {20, 120}, {300, 120}, ground + 90, 3);
    const Clearness seen = clearness_of(page, 320);
    CHECK(seen.strokes == 90);
    CHECK(seen.uneven == 0);
    CHECK(seen.share > 0.95);
  }
}

TEST_CASE("what is broad is ground, and makes it uneven") {
  cv::Mat picture = darkness(0);
  picture.colRange(0, 150) = 60;
  picture.colRange(150, 230) = 30;
  const Clearness seen = clearness_of(picture, 320);
  CHECK(seen.strokes == 0);
  CHECK(seen.uneven == 30);
  CHECK(seen.share < 0.05);
}

TEST_CASE("many thin things are grain, a few are not") {
  cv::Mat page = darkness(0);
  cv::line(page, {20, 120}, {300, 120}, 200, 3);
  CHECK(clearness_of(page, 320).grain == 0);
  for (int x = 0; x < 320; x += 8) page.colRange(x, x + 3) = 60;
  CHECK(clearness_of(page, 320).grain == 60);
}

TEST_CASE("in a tiny picture a pen may be broad") {
  cv::Mat page = darkness(0);
  cv::line(page, {20, 120}, {300, 120}, 200, 20);
  CHECK(clearness_of(page, 320).strokes == 0);
  CHECK(clearness_of(page, 80).strokes > 150);
}
