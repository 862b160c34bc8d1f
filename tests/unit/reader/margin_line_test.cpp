// The line beside the margin of exercise books and legal pads.
#include "core/reader/see/margin_line.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr int red = 60, blue = 180;  // darkness

// Turned, as it is looked for: along x, near the upper side.
cv::Mat page_with_line(cv::Point from, cv::Point to) {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  cv::line(dark, from, to, red, 3);
  return dark;
}

}  // namespace

TEST_CASE("a line that runs through the margin goes, and a pen's that crosses it stays") {
  cv::Mat dark = page_with_line({0, 90}, {800, 130});
  cv::line(dark, {300, 20}, {340, 400}, blue, 4);
  const int drawn = cv::countNonZero(dark > 100);
  remove_margin_line(dark, {0, 800}, 0.02);
  CHECK(cv::countNonZero(dark) < 1.03 * drawn);
  CHECK(cv::countNonZero(dark > 100) == drawn);
}

TEST_CASE("a line that ends on the paper was drawn, and so was one through the middle") {
  for (const auto& [from, to] : {std::pair{cv::Point(60, 90), cv::Point(800, 90)},
                                 {cv::Point(0, 300), cv::Point(800, 300)},
                                 {cv::Point(0, 60), cv::Point(800, 260)}}) {
    cv::Mat dark = page_with_line(from, to);
    const int before = cv::countNonZero(dark);
    remove_margin_line(dark, {0, 800}, 0);
    CHECK(cv::countNonZero(dark) == before);
  }
}

TEST_CASE("one line of several alike is none beside a margin") {
  cv::Mat dark = page_with_line({0, 90}, {800, 90});
  for (const int y : {210, 330, 450}) cv::line(dark, {100, y}, {700, y}, blue, 3);
  const int before = cv::countNonZero(dark);
  remove_margin_line(dark, {0, 800}, 0);
  CHECK(cv::countNonZero(dark) == before);
}

TEST_CASE("where a table shows the line reaches the ends of the paper") {
  cv::Mat dark = page_with_line({100, 90}, {700, 90});
  remove_margin_line(dark, {110, 690}, 0);
  CHECK(cv::countNonZero(dark) < 100);  // of 1,800
}

TEST_CASE("a page without such a line is left as it is") {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  cv::circle(dark, {400, 150}, 100, blue, 3);
  const cv::Mat before = dark.clone();
  remove_margin_line(dark, {0, 800}, 0);
  CHECK(cv::countNonZero(dark != before) == 0);
}

}  // namespace doodled::sight
