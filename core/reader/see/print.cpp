#include "core/reader/see/print.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/comb.hpp"
#include "core/reader/see/raster_frame.hpp"
#include "core/reader/see/transposed.hpp"

namespace doodled::sight {
namespace {

constexpr double faintest = 7;     // of 255: printed lines are seen from here on
constexpr double rim = 0.012;      // of the width: what is printed mostly runs out of the picture there
constexpr double steepest = 0.32;  // slope

// Print lies in both margins, and between them, too: somewhere a drawing leaves it free.
bool crosses_page(const cv::Mat& lines, cv::Range paper, double& step) {
  const int width = paper.size();
  const auto strip = [&](double from) {
    const int first = paper.start + static_cast<int>(from * width);
    return comb_of(lines,
                   {first, std::max(first + 1, paper.start + static_cast<int>((from + 0.08) * width))});
  };
  const Comb left = strip(0.02), right = strip(0.9);
  if (left.lines < least_comb || right.lines < least_comb) return false;
  step = (left.step + right.step) / 2;
  const auto fits = [&](const Comb& comb) { return std::abs(comb.step - step) < comb_unevenness * step; };
  return std::abs(left.step - right.step) < comb_unevenness * step &&
         (fits(strip(0.22)) || fits(strip(0.46)) || fits(strip(0.7)));
}

// A raster that was drawn may fill the page as print does, but ends before its rim.
bool runs_out(const cv::Mat& lines, cv::Range paper) {
  const int width = std::max(2, cvRound(rim * paper.size()));
  return comb_of(lines, {paper.start, paper.start + width}).lines >= least_comb &&
         comb_of(lines, {paper.end - width, paper.end}).lines >= least_comb;
}

// Each column moved down, so that lines of that slope lie level; up again by the opposite slope.
cv::Mat sheared(const cv::Mat& mask, double slope, int rows) {
  const double middle = (mask.cols - 1) / 2.0;
  const cv::Matx23d way(1, 0, 0, -slope, 1, slope * middle + (rows - mask.rows) / 2.0);
  cv::Mat result;
  cv::warpAffine(mask, result, way, {mask.cols, rows}, cv::INTER_NEAREST);
  return result;
}

// What stands square to lines of that slope stands upright then, where they lie level.
cv::Mat upright(const cv::Mat& level, double slope) {
  return slope == 0 ? level : transposed(sheared(transposed(level), -slope, level.cols));
}

std::optional<Print> print_at(const cv::Mat& ink, double slope, cv::Range paper) {
  const int room = cvCeil(std::abs(slope) * ink.cols / 2);
  Print print;
  print.slope = slope;
  const cv::Mat level = slope == 0 ? ink : sheared(ink, slope, ink.rows + 2 * room);
  print.lines = long_lines(level);
  if (!crosses_page(print.lines, paper, print.step)) return std::nullopt;
  print.ends = !runs_out(print.lines, paper);
  print.framed = is_framed(upright(level, slope), print.lines, paper);
  if (slope != 0) print.lines = sheared(print.lines, -slope, ink.rows);
  return print;
}

// How sharply the page's profile along a slope rises and falls. `columns` are the page's, each lying in a row
// and `wide` times as wide as one of its pixels is high.
double sharpness(const cv::Mat& columns, double slope, double wide) {
  const int room = cvCeil(steepest * wide * columns.rows / 2) + 1;
  std::vector<int> profile(static_cast<std::size_t>(columns.cols + 2 * room), 0);
  for (int x = 0; x < columns.rows; ++x) {
    const auto* column = columns.ptr<uchar>(x);
    int* sum = profile.data() + room - cvRound(slope * wide * (x - columns.rows / 2));
    for (int y = 0; y < columns.cols; ++y) sum[y] += column[y];
  }
  double changes = 0;
  for (std::size_t i = 1; i < profile.size(); ++i)
    changes += double(profile[i] - profile[i - 1]) * (profile[i] - profile[i - 1]);
  return changes;
}

// Less than printed lines leave.
bool is_sparse(const cv::Mat& ink) {
  constexpr double least = 0.03;
  return cv::countNonZero(ink) < least * static_cast<double>(ink.total());
}

// The slope along which the ink lies in lines far more than along most: by 18 times and more in print, seldom
// by more than 10 elsewhere.
std::optional<double> slope_of(const cv::Mat& ink) {
  constexpr double step = 0.01, clear = 14;
  if (is_sparse(ink)) return std::nullopt;
  cv::Mat small;
  cv::resize(ink, small, {std::max(1, ink.cols / 4), std::max(1, ink.rows / 2)}, 0, 0, cv::INTER_AREA);
  const cv::Mat columns = transposed(small);
  std::vector<double> all;
  double best = 0, most = 0;
  for (double slope = -steepest; slope <= steepest; slope += step) {
    all.push_back(sharpness(columns, slope, 2));
    if (all.back() > most) most = all.back(), best = slope;
  }
  const auto middle = all.begin() + static_cast<long>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return most > clear * *middle ? std::optional(best) : std::nullopt;
}

cv::Mat above(const cv::Mat& darkness, double level) {
  cv::Mat ink;
  cv::threshold(darkness, ink, level, 255, cv::THRESH_BINARY);
  return ink;
}

// What is darker than around it: light that falls unevenly counts for nothing. On a clean page all that is
// dark at all, which is too little for print either way.
cv::Mat standing_out(const cv::Mat& darkness) {
  constexpr double around = 0.08, least = 5;  // of the width; of 255
  const cv::Mat dark = above(darkness, least);
  if (is_sparse(dark)) return dark;
  cv::Mat mean, more;
  const int side = std::max(3, cvRound(around * darkness.cols) | 1);
  cv::blur(darkness, mean, {side, side});
  cv::subtract(darkness, mean, more);
  return above(more, least);
}

}  // namespace

std::optional<Print> find_print(const cv::Mat& darkness, cv::Range paper) {
  constexpr double nearly_level = 0.055;
  const cv::Mat local = standing_out(darkness);
  const auto slope = slope_of(local);
  const bool leans = slope && std::abs(*slope) > nearly_level;
  const auto locally = [&] {
    auto print = print_at(local, *slope, paper);
    if (print) print->local = true;
    return print;
  };
  std::optional<Print> print;
  if (leans) print = locally();
  if (!print) print = print_at(above(darkness, faintest), 0, paper);
  if (!print && slope && !leans) print = locally();
  return print;
}

}  // namespace doodled::sight
