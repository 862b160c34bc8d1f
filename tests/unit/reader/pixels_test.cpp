#include "core/reader/see/pixels.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace doodled::sight;

TEST_CASE("each set pixel of a mask is met once, row by row, also at its edges") {
  cv::Mat mask = cv::Mat::zeros(3, 7, CV_8U);
  const std::vector<cv::Point> set{{0, 0}, {6, 0}, {2, 1}, {3, 1}, {5, 2}, {6, 2}};
  for (const cv::Point p : set) mask.at<uchar>(p) = 255;
  std::vector<cv::Point> met;
  for_each_set(mask, [&](int x, int y) { met.push_back({x, y}); });
  CHECK(met == set);
  met.clear();
  for_each_set(mask(cv::Rect(2, 0, 3, 2)), [&](int x, int y) { met.push_back({x, y}); });
  CHECK(met == std::vector<cv::Point>{{0, 1}, {1, 1}});
}
