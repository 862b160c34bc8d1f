#include "core/reader/draw/draw.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/draw/marks.hpp"

namespace doodled {
namespace {

using namespace drawing;

constexpr int fraction_bits = 4;  // of a pixel: places are given in sixteenths

// Pixel centres lie at whole numbers there, half a pixel in from the page's edge.
cv::Point place(double x, double y) {
  constexpr int unit = 1 << fraction_bits;
  return {cvRound((x - 0.5) * unit), cvRound((y - 0.5) * unit)};
}

void put(cv::Mat& pixels, const Marks& marks, const cv::Scalar& colour) {
  for (const auto& segment : marks.segments)
    cv::line(pixels, place(segment.x1, segment.y1), place(segment.x2, segment.y2), colour,
             std::max(1, cvRound(segment.width)), cv::LINE_AA, fraction_bits);
  for (const auto& dot : marks.dots)
    cv::circle(pixels, place(dot.x, dot.y),
               std::max(1 << (fraction_bits - 1), cvRound(std::ldexp(dot.radius, fraction_bits))), colour,
               cv::FILLED, cv::LINE_AA, fraction_bits);
}

}  // namespace

Raster white_page(const StrokePage& page, int side) {
  const double scale = static_cast<double>(side) / std::max(page.width, page.height);
  const int width = std::max(1, cvRound(page.width * scale)),
            height = std::max(1, cvRound(page.height * scale));
  Raster raster{width, height, width, height, {}};
  raster.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 255);
  return raster;
}

void draw_stroke(const HandStroke& stroke, Raster& raster) {
  cv::setNumThreads(1);
  cv::Mat pixels(raster.height, raster.width, CV_8UC3, raster.pixels.data());
  const auto& [red, green, blue] = stroke.colour;
  put(pixels, marks_of(stroke, raster.width, raster.height), cv::Scalar(red, green, blue));
}

Raster draw(const StrokePage& page, int side) {
  Raster raster = white_page(page, side);
  for (const auto& stroke : page.strokes) draw_stroke(*stroke, raster);
  return raster;
}

}  // namespace doodled
