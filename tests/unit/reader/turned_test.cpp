// A picture turned about its middle: its colours, and the way back to where they were.
#include "core/reader/see/turned.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

#include "core/reader/see/path.hpp"

namespace doodled::sight {
namespace {

// Where the only dark spot of a picture is.
cv::Point2d spot_in(const cv::Mat& rgb) {
  cv::Mat grey;
  cv::extractChannel(rgb, grey, 0);
  const cv::Moments moments = cv::moments(255 - grey);
  REQUIRE(moments.m00 > 0);
  return {moments.m10 / moments.m00, moments.m01 / moments.m00};
}

cv::Mat page_with_spot(cv::Point at) {
  cv::Mat rgb(200, 300, CV_8UC3, cv::Scalar::all(255));
  cv::circle(rgb, at, 5, cv::Scalar::all(0), cv::FILLED);
  return rgb;
}

cv::Point2d back(const Turned& turned, cv::Point2d p) {
  const cv::Vec3d q = turned.to_picture * cv::Vec3d(p.x, p.y, 1);
  return {q[0] / q[2], q[1] / q[2]};
}

}  // namespace

TEST_CASE("what was turned is found again where it was") {
  const cv::Point at{230, 60};
  for (const double degrees : {-30.0, -7.0, 0.0, 7.5})
    for (const double scale : {1.0, 2.0}) {
      const Turned page = turned(page_with_spot(at), {225, 55, 11, 11}, degrees * CV_PI / 180, scale);
      const cv::Point2d found = back(page, spot_in(page.rgb));
      CHECK(found.x == doctest::Approx(at.x).epsilon(0.005));
      CHECK(found.y == doctest::Approx(at.y).epsilon(0.01));
    }
}

TEST_CASE("a page is turned anticlockwise, and grows where what is kept would leave it") {
  const cv::Point corner{292, 8};
  const cv::Rect kept{287, 3, 11, 11};
  const Turned page = turned(page_with_spot(corner), kept, 45 * CV_PI / 180, 1);
  CHECK(page.rgb.cols >= 300);
  CHECK(page.rgb.rows > 200);
  const cv::Point2d found = spot_in(page.rgb), middle{149.5, 99.5};
  const cv::Point2d before = cv::Point2d(corner) - middle;
  const cv::Point2d place = back(page, found) - middle;
  CHECK(place.x == doctest::Approx(before.x).epsilon(0.01));
  CHECK(place.y == doctest::Approx(before.y).epsilon(0.01));
  CHECK(found.y < 30);  // up from the right
}

}  // namespace doodled::sight
