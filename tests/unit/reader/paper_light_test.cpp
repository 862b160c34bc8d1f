// The paper's own light under what is drawn.
#include "core/reader/see/paper_light.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using test::Canvas;

namespace {

// Colour is coarser than light, as in a JPEG: halves of it lie beside the lines.
cv::Mat coarsely_coloured(const cv::Mat& rgb) {
  cv::Mat result;
  cv::cvtColor(rgb, result, cv::COLOR_RGB2YCrCb);
  std::vector<cv::Mat> planes;
  cv::split(result, planes);
  for (std::size_t c = 1; c < 3; ++c) cv::blur(planes[c], planes[c], {13, 13});
  cv::merge(planes, result);
  cv::cvtColor(result, result, cv::COLOR_YCrCb2RGB);
  return result;
}

}  // namespace

TEST_CASE("the colour that JPEG leaves beside a line is none of the paper's light") {
  Canvas page(800, 600, {230, 220, 200});
  for (int y = 0; y < 600; ++y) page.pixels().row(y) -= cv::Scalar::all(y / 100);
  for (int x = 100; x <= 700; x += 100) page.draw({{x, 80}, {x, 520}}, 5, false, {20, 50, 150});
  const cv::Mat light = sight::paper_light(coarsely_coloured(page.pixels()));
  const cv::Vec3b at = light.at<cv::Vec3b>(300, 440);
  CHECK(at[2] < 212);
  CHECK(at[2] > 185);
  CHECK(at[0] > 215);
}

TEST_CASE("light that falls off across the paper is followed under its lines") {
  Canvas page(800, 600);
  for (int x = 0; x < 800; ++x) page.pixels().col(x).setTo(cv::Scalar::all(240 - x / 10));
  page.draw({{100, 300}, {700, 300}}, 6);
  const cv::Mat light = sight::paper_light(page.pixels());
  for (const int x : {200, 400, 600}) CHECK(std::abs(light.at<cv::Vec3b>(300, x)[0] - (240 - x / 10)) < 7);
}
