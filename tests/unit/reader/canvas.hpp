// A page to draw on for tests of the reader's eyes.
#pragma once
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/image/raster.hpp"
#include "core/image/reading.hpp"

namespace doodled::test {

using Line = std::vector<cv::Point>;

class Canvas {
 public:
  Canvas(int width, int height, cv::Scalar ground = {255, 255, 255})
      : pixels_(height, width, CV_8UC3, ground) {}

  Canvas& draw(const Line& line, int pen = 4, bool closed = false, cv::Scalar colour = {20, 20, 20}) {
    cv::polylines(pixels_, line, closed, colour, pen, cv::LINE_AA);
    return *this;
  }
  Canvas& ring(cv::Point centre, int radius, int pen = 4) {
    cv::circle(pixels_, centre, radius, {20, 20, 20}, pen, cv::LINE_AA);
    return *this;
  }
  Canvas& arrow(cv::Point tail, cv::Point head) {
    const double back = std::atan2(tail.y - head.y, tail.x - head.x);
    draw({tail, head});
    for (const double side : {-0.5, 0.5})
      draw(
          {head, head + cv::Point(cvRound(30 * std::cos(back + side)), cvRound(30 * std::sin(back + side)))});
    return *this;
  }
  Canvas& fill(const Line& outline) {
    cv::fillPoly(pixels_, std::vector<Line>{outline}, cv::Scalar{20, 20, 20}, cv::LINE_AA);
    return *this;
  }
  Raster raster() const {
    Raster raster;
    raster.width = raster.source_width = pixels_.cols;
    raster.height = raster.source_height = pixels_.rows;
    raster.pixels.assign(pixels_.data, pixels_.data + pixels_.total() * 3);
    return raster;
  }
  cv::Mat& pixels() { return pixels_; }

 private:
  cv::Mat pixels_;
};

inline int count(const Reading& reading, ShapeClass shape_class) {
  int found = 0;
  for (const Shape& shape : reading.shapes) found += shape.shape_class == shape_class;
  return found;
}

}  // namespace doodled::test
