#include "core/reader/see/report.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/curve.hpp"
#include "core/reader/see/links.hpp"
#include "core/reader/see/memo.hpp"
#include "core/reader/see/pen_colour.hpp"

namespace doodled::sight {
namespace {

const Path& thinned_out(const Path& path, std::size_t most, bool closed) {
  thread_local Memo<Path> memo;
  Path asked = path;
  asked.emplace_back(static_cast<float>(most), closed ? 1.F : 0.F);
  return memo.of(asked, [&] { return thin_out(path, most, closed); });
}

std::vector<Point> fractions(const Path& path, const View& view, std::size_t most, bool closed) {
  std::vector<Point> points;
  for (const auto& p : thinned_out(path, most, closed)) points.push_back(view.fraction(p));
  return points;
}

bool is_function(ShapeClass shape_class) {
  return shape_class == ShapeClass::line || shape_class == ShapeClass::arc ||
         shape_class == ShapeClass::wave || shape_class == ShapeClass::zigzag ||
         shape_class == ShapeClass::staircase;
}

constexpr double least_pens = 4;   // of line: less is a speck
constexpr std::size_t stride = 3;  // pixels of a line from one point of it that is looked at to the next

// Of one part: how much line there is, and the hull.
std::pair<double, Path> hull_of(const Graph& graph, const std::vector<int>& edges) {
  Path points, hull;
  double length = 0;
  for (const int e : edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    for (std::size_t i = 0; i < edge.points.size(); i += stride) points.push_back(edge.points[i]);
    points.push_back(edge.points.back());
    length += edge.length;
  }
  cv::convexHull(points, hull);
  return {length, std::move(hull)};
}

}  // namespace

void report_hulls(const Graph& graph, double pen, std::size_t most, const View& view, Reading& reading) {
  std::vector<std::pair<double, Path>> hulls;
  for (const auto& edges : edges_by_part(graph))
    if (auto hull = hull_of(graph, edges); hull.first >= least_pens * pen) hulls.push_back(std::move(hull));
  std::stable_sort(hulls.begin(), hulls.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  hulls.resize(std::min(hulls.size(), most));
  for (const auto& [length, hull] : hulls) reading.hulls.push_back(fractions(hull, view, 64, true));
}

void report_figures(const std::vector<Figure>& figures, const cv::Mat& rgb, const Ink& ink, const View& view,
                    Reading& reading) {
  for (const Figure& figure : figures) {
    Shape shape;
    shape.shape_class = figure.shape_class;
    shape.confidence = figure.confidence;
    shape.box = view.box(figure.box);
    shape.polygon = fractions(figure.outline, view, 64, figure.closed);
    shape.stroke = fractions(figure.stroke, view, 128, figure.closed);
    shape.colour = pen_colour(rgb, ink, figure.stroke, figure.closed);
    shape.fill = figure.fill;
    shape.thickness = std::min(1.0, ink.pen / std::max(rgb.cols, rgb.rows));
    reading.shapes.push_back(std::move(shape));
  }
}

// The lowest row comes first in a reading: rows are pitches.
void report_grid(const GridFound& grid, const View& view, Reading& reading) {
  Grid result{grid.rows, grid.columns, grid.cells, view.box(grid.box)};
  std::reverse(result.cells.begin(), result.cells.end());
  reading.grid = std::move(result);
}

void report_links(const std::vector<Figure>& figures, const View& view, double pen, Reading& reading) {
  const double diagonal = std::hypot(view.picture.width, view.picture.height);
  for (const Link& link : find_links(figures, pen))
    reading.arrows.push_back({link.from, link.to, std::min(1.0, link.length / diagonal), link.figure,
                              view.fraction(link.tail), view.fraction(link.head)});
  const auto around = find_nesting(figures);
  for (std::size_t i = 0; i < around.size(); ++i) reading.shapes[i].inside = around[i];
}

void report_curves(const std::vector<Figure>& figures, const View& view, int samples, Reading& reading) {
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (!is_function(figures[i].shape_class) || figures[i].closed) continue;
    auto values = sample_line(figures[i].stroke, samples);
    if (values.empty()) continue;
    reading.curves.push_back(
        {std::move(values), view.box(bounds_of(figures[i].stroke)), static_cast<int>(i)});
  }
}

}  // namespace doodled::sight
