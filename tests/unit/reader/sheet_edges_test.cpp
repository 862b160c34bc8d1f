// The edges of a sheet, found to a fraction of a pixel from corners that are nearly right.
#include "core/reader/see/sheet_edges.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

const Path true_corners{{150, 60}, {655, 110}, {620, 500}, {90, 440}};

// Light paper with a line along its upper edge, on darker ground, as a lens blurs it. It is made larger, so
// that its edges are where they should be to an eighth of a pixel.
cv::Mat photographed_sheet() {
  constexpr int fine = 8;
  cv::Mat large(600 * fine, 800 * fine, CV_8UC3, cv::Scalar(92, 66, 48)), rgb;
  std::vector<cv::Point> corners;
  for (const cv::Point2f corner : true_corners)
    corners.emplace_back((corner + cv::Point2f(0.5F, 0.5F)) * static_cast<float>(fine));
  cv::fillConvexPoly(large, corners, cv::Scalar(236, 230, 214));
  cv::line(large, {180 * fine, 100 * fine}, {600 * fine, 140 * fine}, cv::Scalar(30, 30, 30), 3 * fine);
  cv::resize(large, rgb, {}, 1.0 / fine, 1.0 / fine, cv::INTER_AREA);
  cv::GaussianBlur(rgb, rgb, {0, 0}, 1.2);
  return rgb;
}

Path off_by(std::vector<cv::Point2f> steps) {
  Path corners = true_corners;
  for (std::size_t i = 0; i < corners.size(); ++i) corners[i] += steps[i];
  return corners;
}

}  // namespace

TEST_CASE("corners that are nearly right are moved onto the sheet's") {
  const Path nearly = off_by({{-6, -7}, {4, -3}, {0, 0}, {3, 5}});
  const Path found = sharpened(photographed_sheet(), nearly, 12);
  REQUIRE(found.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(distance(found[i], true_corners[i]) < 0.6);
}

TEST_CASE("without steps the corners stay where they were") {
  const cv::Mat plain(600, 800, CV_8UC3, cv::Scalar(200, 200, 200));
  CHECK(sharpened(plain, true_corners, 12) == true_corners);
}

TEST_CASE("edges are clear where a step from ground to paper runs all along each side") {
  const cv::Mat rgb = photographed_sheet();
  CHECK(has_clear_edges(rgb, true_corners, 3));
  CHECK_FALSE(has_clear_edges(rgb, off_by({{-20, -40}, {0, 0}, {0, 0}, {0, 0}}), 3));
}

}  // namespace doodled::sight
