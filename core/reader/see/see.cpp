#include "core/reader/see/see.hpp"

#include <algorithm>
#include <stdexcept>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/curve.hpp"
#include "core/reader/see/figures.hpp"
#include "core/reader/see/gaps.hpp"
#include "core/reader/see/kind.hpp"
#include "core/reader/see/photo.hpp"
#include "core/reader/see/report.hpp"
#include "core/reader/see/thin.hpp"

namespace doodled {
namespace {

using namespace sight;

constexpr int largest_side = 1280;
constexpr int smallest_side =
    512;  // smaller drawings are enlarged: a centre line needs pixels to lie between

// The raster's pixels as a matrix; the raster must outlive it.
cv::Mat view_of(const Raster& raster) {
  if (raster.width < 1 || raster.height < 1 ||
      raster.pixels.size() != std::size_t(raster.width) * std::size_t(raster.height) * 3)
    throw std::invalid_argument("a raster's pixels do not fit its width and height");
  return {raster.height, raster.width, CV_8UC3, const_cast<std::uint8_t*>(raster.pixels.data())};
}

cv::Mat at_working_size(const cv::Mat& rgb) {
  const int side = std::max(rgb.cols, rgb.rows);
  if (side <= largest_side && side >= smallest_side) return rgb;
  const double scale = double(side > largest_side ? largest_side : smallest_side) / side;
  cv::Mat resized;
  cv::resize(rgb, resized, {}, std::min(scale, 8.0), std::min(scale, 8.0),
             scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return resized;
}

// A raster and the marks in it are one thing: its frame stands for it among the figures.
std::vector<Figure> outside_of(std::vector<Figure> figures, const GridFound& grid) {
  std::erase_if(figures,
                [&](const Figure& figure) { return contains(grid.corners, centre_of(figure.stroke)); });
  figures.insert(figures.begin(), closed_figure(grid.corners));
  return figures;
}

void read_drawing(const cv::Mat& rgb, const Ink& ink, const SeeOptions& options, Reading& reading) {
  Graph graph = graph_of(thin(ink.mask), ink.pen);
  flatten_slivers(graph, ink.pen);
  close_gaps(graph, ink.pen);
  auto grid = find_drawn_grid(graph, ink.mask, ink.pen);
  auto figures = find_figures(graph, ink.pen);
  if (grid)
    figures = outside_of(std::move(figures), *grid);
  else
    grid = find_mark_grid(figures, ink.mask);
  if (grid) report_grid(*grid, rgb.size(), reading);
  report_figures(figures, rgb, ink, reading);
  report_links(figures, rgb.size(), ink.pen, reading);
  report_curves(figures, rgb.size(), options.curve_samples, reading);
}

}  // namespace

Reading see(const Raster& raster, const SeeOptions& options) {
  cv::setNumThreads(1);
  const cv::Mat rgb = at_working_size(view_of(raster));
  Reading reading;
  reading.width = raster.source_width > 0 ? raster.source_width : raster.width;
  reading.height = raster.source_height > 0 ? raster.source_height : raster.height;
  reading.photo = measure_photo(rgb);
  const Ink ink = find_ink(rgb);
  reading.ink = double(cv::countNonZero(ink.mask)) / double(ink.mask.total());
  const KindVerdict verdict = decide_kind(raster.width < rgb.cols ? view_of(raster) : rgb, ink);
  reading.kind = verdict.kind;
  reading.confidence = verdict.confidence;
  reading.advice = verdict.advice;
  if (reading.kind != PictureKind::nothing && options.mode != SeeMode::automatic)
    reading.kind = options.mode == SeeMode::drawing ? PictureKind::drawing : PictureKind::photo;
  if (reading.kind == PictureKind::drawing) read_drawing(rgb, ink, options, reading);
  if (reading.kind == PictureKind::drawing && reading.shapes.empty() && !reading.grid) {
    reading.kind = PictureKind::nothing;
    reading.advice =
        "The page is empty, or its ink is too faint. Use a darker pen and more light, and let the page fill "
        "the picture.";
  }
  return reading;
}

}  // namespace doodled
