#include "core/reader/see/blots.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/memo.hpp"

namespace doodled::sight {
namespace {

constexpr double dot_size = 4;       // pens: larger round spots are filled circles
constexpr double least_fill = 0.82;  // of its own outline is ink
constexpr double broadest_line = 5;  // pens
constexpr double longest_area = 14;  // of its width
constexpr int probes = 196;
// Of the page's larger side: a page of spots only says nothing of its pen.
constexpr double widest_speck = 0.01, widest_pen = 0.07;

double usual_pen(double pen, cv::Size page) {
  const double side = std::max(page.width, page.height);
  return pen > widest_pen * side ? widest_speck * side : pen;
}

double ink_inside(const Path& contour, const cv::Rect& box, const cv::Mat& mask) {
  cv::Mat area = cv::Mat::zeros(box.size(), CV_8U);
  std::vector<cv::Point> shifted;
  for (const auto& p : contour) shifted.emplace_back(cvRound(p.x) - box.x, cvRound(p.y) - box.y);
  cv::fillPoly(area, std::vector<std::vector<cv::Point>>{shifted}, 255);
  const int all = cv::countNonZero(area);
  cv::bitwise_and(area, mask(box), area);
  return all > 0 ? double(cv::countNonZero(area)) / all : 0;
}

// Not as long and narrow as a dash, however it lies.
bool is_round(const Path& contour) {
  constexpr double least = 0.45;
  const cv::Size2f size = cv::minAreaRect(contour).size;
  return std::min(size.width, size.height) + 1 > least * (std::max(size.width, size.height) + 1);
}

// Of a pen, or of one as broad again, beside finer lines: far longer than broad, as no painted figure is.
bool is_line(const Blot& blot, double pen) {
  const double around = length_of(blot.contour, true), width = 2 * blot.area / around;
  const double long_for = around / (2 * longest_area * width);
  return width < 1.6 * pen || (width < broadest_line * pen && long_for > 1) || long_for > 2;
}

// All the ink in its box would not fill so much of it: that needs no painting. Its pixels, the contour's
// among them, are more than its area.
bool is_hollow(const Blot& blot) { return blot.solid * blot.box.area() < least_fill * blot.area; }

Figure dot(const Blot& blot) {
  Figure figure;
  figure.shape_class = ShapeClass::dot;
  figure.confidence = 0.8;
  figure.closed = true;
  figure.outline = figure.stroke = blot.contour;
  figure.box = blot.box;
  figure.ink_length = length_of(blot.contour, true) / 2;
  figure.fill = 1;
  return figure;
}

// Pixels all over the outline's box that lie inside of it, and off its line. Not in rows: those of a raster,
// or hatching, would be on a line or off it all at once. So each is the golden ratio's kin for two dimensions
// further than the one before (M. Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences", 2018).
std::vector<cv::Point> find_probes(const Path& outline, cv::Size page, double pen) {
  constexpr double across = 0.7548776662466927, down = 0.5698402909980532;
  const cv::Rect2f box = bounds_of(outline);
  const Path sides = simplify(outline, 0.5, true);
  std::vector<cv::Point> inside;
  for (int i = 0; i < probes; ++i) {
    const cv::Point2f p(static_cast<float>(box.x + box.width * std::fmod(0.5 + i * across, 1)),
                        static_cast<float>(box.y + box.height * std::fmod(0.5 + i * down, 1)));
    const cv::Point at(cvRound(p.x), cvRound(p.y));
    if (cv::Rect({}, page).contains(at) && cv::pointPolygonTest(sides, p, true) >= pen) inside.push_back(at);
  }
  return inside;
}

const std::vector<cv::Point>& probes_inside(const Path& outline, cv::Size page, double pen) {
  thread_local Memo<std::vector<cv::Point>> memo;
  Path asked = outline;
  asked.push_back(cv::Point2f(page));
  asked.emplace_back(std::bit_cast<cv::Point2f>(pen));
  return memo.of(asked, [&] { return find_probes(outline, page, pen); });
}

}  // namespace

std::vector<Blot> find_blots(const cv::Mat& mask, double pen) {
  std::vector<std::vector<cv::Point>> contours;
  std::vector<cv::Vec4i> levels;
  cv::findContours(mask, contours, levels, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
  std::vector<Blot> blots;
  const double speck = std::min(pen, widest_speck * std::max(mask.cols, mask.rows));
  for (std::size_t i = 0; i < contours.size(); ++i) {
    if (levels[i][3] >= 0) continue;  // a hole
    const auto& contour = contours[i];
    Blot blot{Path(contour.begin(), contour.end()), cv::boundingRect(contour), cv::contourArea(contour), 0,
              0};
    if (blot.box.area() < std::max(6.0, 0.8 * speck * speck)) continue;
    for (int inner = levels[i][2]; inner >= 0; inner = levels[static_cast<std::size_t>(inner)][0])
      blot.hole = std::max(blot.hole, cv::contourArea(contours[static_cast<std::size_t>(inner)]));
    blot.solid = double(cv::countNonZero(mask(blot.box))) / blot.box.area();
    blots.push_back(std::move(blot));
  }
  std::stable_sort(blots.begin(), blots.end(),
                   [](const Blot& a, const Blot& b) { return a.box.area() > b.box.area(); });
  return blots;
}

std::vector<Figure> find_filled(const std::vector<Blot>& blots, const cv::Mat& mask, double pen) {
  std::vector<Figure> figures;
  const double usual = usual_pen(pen, mask.size()), largest_dot = std::max(dot_size * usual, 6.0);
  for (const Blot& blot : blots) {
    const double wide = std::max(blot.box.width, blot.box.height),
                 narrow = std::min(blot.box.width, blot.box.height);
    if (wide <= largest_dot && is_round(blot.contour) && blot.solid > 0.5) {
      figures.push_back(dot(blot));
    } else if (narrow > 3.5 * usual && blot.contour.size() > 16 && !is_hollow(blot) &&
               ink_inside(blot.contour, blot.box, mask) > least_fill) {
      if (is_line(blot, usual)) continue;
      Figure figure = closed_figure(blot.contour);
      if (figure.shape_class == ShapeClass::other)
        figure.shape_class = ShapeClass::hatching, figure.confidence = 0.6;
      figure.fill = 1;
      figures.push_back(std::move(figure));
    }
  }
  return figures;
}

double fill_of(const Path& outline, const cv::Mat& mask, double pen) {
  const auto& inside = probes_inside(outline, mask.size(), pen);
  const auto ink = std::ranges::count_if(inside, [&](cv::Point at) { return mask.at<uchar>(at) != 0; });
  return inside.empty() ? 0 : double(ink) / double(inside.size());
}

}  // namespace doodled::sight
