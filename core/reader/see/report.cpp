#include "core/reader/see/report.hpp"

#include <algorithm>
#include <cmath>

#include "core/reader/see/curve.hpp"
#include "core/reader/see/links.hpp"

namespace doodled::sight {
namespace {

Point fraction(cv::Point2f p, cv::Size size) { return {(p.x + 0.5) / size.width, (p.y + 0.5) / size.height}; }

std::vector<Point> fractions(const Path& path, cv::Size size, std::size_t most, bool closed) {
  std::vector<Point> points;
  for (const auto& p : thin_out(path, most, closed)) points.push_back(fraction(p, size));
  return points;
}

Box box_of(const cv::Rect2f& rect, cv::Size size) {
  return {rect.x / size.width, rect.y / size.height, rect.width / size.width, rect.height / size.height};
}

std::array<int, 3> colour_along(const Path& stroke, const cv::Mat& rgb) {
  cv::Vec3d sum;
  int count = 0;
  for (const auto& p : stroke) {
    const cv::Point at(cvRound(p.x), cvRound(p.y));
    if (!cv::Rect(0, 0, rgb.cols, rgb.rows).contains(at)) continue;
    sum += cv::Vec3d(rgb.at<cv::Vec3b>(at));
    ++count;
  }
  std::array<int, 3> colour{};
  for (int c = 0; c < 3 && count > 0; ++c) colour[static_cast<std::size_t>(c)] = cvRound(sum[c] / count);
  return colour;
}

bool is_function(ShapeClass shape_class) {
  return shape_class == ShapeClass::line || shape_class == ShapeClass::arc ||
         shape_class == ShapeClass::wave || shape_class == ShapeClass::zigzag ||
         shape_class == ShapeClass::staircase;
}

}  // namespace

void report_figures(const std::vector<Figure>& figures, const cv::Mat& rgb, const Ink& ink,
                    Reading& reading) {
  for (const Figure& figure : figures) {
    Shape shape;
    shape.shape_class = figure.shape_class;
    shape.confidence = figure.confidence;
    shape.box = box_of(figure.box, rgb.size());
    shape.polygon = fractions(figure.outline, rgb.size(), 64, figure.closed);
    shape.stroke = fractions(figure.stroke, rgb.size(), 128, figure.closed);
    shape.colour = colour_along(figure.stroke, rgb);
    shape.thickness = std::min(1.0, ink.pen / std::max(rgb.cols, rgb.rows));
    reading.shapes.push_back(std::move(shape));
  }
}

// The lowest row comes first in a reading: rows are pitches.
void report_grid(const GridFound& grid, cv::Size size, Reading& reading) {
  Grid result{grid.rows, grid.columns, grid.cells, box_of(grid.box, size)};
  std::reverse(result.cells.begin(), result.cells.end());
  reading.grid = std::move(result);
}

void report_links(const std::vector<Figure>& figures, cv::Size size, double pen, Reading& reading) {
  const double diagonal = std::hypot(size.width, size.height);
  for (const Link& link : find_links(figures, pen))
    reading.arrows.push_back({link.from, link.to, std::min(1.0, link.length / diagonal), link.figure,
                              fraction(link.tail, size), fraction(link.head, size)});
  const auto around = find_nesting(figures);
  for (std::size_t i = 0; i < around.size(); ++i) reading.shapes[i].inside = around[i];
}

void report_curves(const std::vector<Figure>& figures, cv::Size size, int samples, Reading& reading) {
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (!is_function(figures[i].shape_class) || figures[i].closed) continue;
    auto values = sample_line(figures[i].stroke, samples);
    if (values.empty()) continue;
    reading.curves.push_back(
        {std::move(values), box_of(bounds_of(figures[i].stroke), size), static_cast<int>(i)});
  }
}

}  // namespace doodled::sight
