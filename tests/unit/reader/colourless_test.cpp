#include "core/reader/see/colourless.hpp"

#include <doctest/doctest.h>

using namespace doodled::sight;

TEST_SUITE("colourless pictures") {
  TEST_CASE("one pixel of another colour counts, wherever it is") {
    for (const int width : {1, 7, 8, 9, 16, 17, 40}) {
      cv::Mat rgb(2, width, CV_8UC3, cv::Scalar::all(200));
      for (int x = 0; x < width; ++x) rgb.at<cv::Vec3b>(1, x) = cv::Vec3b::all(static_cast<uchar>(5 * x));
      CHECK(is_colourless(rgb));
      for (int x = 0; x < width; ++x)
        for (int channel = 0; channel < 3; ++channel) {
          cv::Mat coloured = rgb.clone();
          coloured.at<cv::Vec3b>(1, x)[channel] ^= 1;
          CAPTURE(width);
          CAPTURE(x);
          CHECK_FALSE(is_colourless(coloured));
        }
    }
  }

  TEST_CASE("a part of a picture is looked at alone") {
    cv::Mat rgb(4, 20, CV_8UC3, cv::Scalar::all(9));
    rgb.col(19).setTo(cv::Scalar(1, 2, 3));
    CHECK_FALSE(is_colourless(rgb));
    CHECK(is_colourless(rgb.colRange(3, 19)));
  }

  TEST_CASE("there and back") {
    const cv::Mat grey = (cv::Mat_<uchar>(1, 3) << 0, 128, 255);
    const cv::Mat rgb = three_channels(grey);
    CHECK(rgb.type() == CV_8UC3);
    CHECK(cv::countNonZero(one_channel(rgb) != grey) == 0);
  }
}
