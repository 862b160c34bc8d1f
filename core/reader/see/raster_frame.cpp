#include "core/reader/see/raster_frame.hpp"

#include <algorithm>
#include <optional>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/comb.hpp"
#include "core/reader/see/transposed.hpp"

namespace doodled::sight {
namespace {

constexpr double strip = 0.012;      // of the paper's width
constexpr int least_clear = 2;       // strips between the paper's edge and the lines
constexpr double least_side = 0.85;  // of the way from the first to the last line is drawn at their ends
constexpr int printed_squares = 24;  // lines each way: a raster has fewer at least one way

struct Lines {
  int begin = 0;  // strips from the paper's edge
  Comb comb;
};

cv::Range columns_at(cv::Range paper, int strips, int width) {
  return {paper.start + strips * width, paper.start + (strips + 1) * width};
}

// Where the lines begin, from the left: where most of those are that a strip further in meets.
std::optional<Lines> begin_of(const cv::Mat& lines, cv::Range paper, int width) {
  constexpr int within = 25;  // strips: print is looked for in margins that begin nearer
  int most = 0;
  for (int i = 0; i < within; ++i) most = std::max(most, comb_of(lines, columns_at(paper, i, width)).lines);
  for (int i = 0; i < within; ++i)
    if (const Comb comb = comb_of(lines, columns_at(paper, i, width)); comb.lines > 0.7 * most)
      return Lines{i, comb};
  return std::nullopt;
}

// The share of the rows from one line to the last in which there is ink near where they begin.
double side_at(const cv::Mat& ink, const Lines& lines, cv::Range paper, int width) {
  constexpr int reach = 2;  // strips, either way
  const cv::Range columns(std::max(0, columns_at(paper, lines.begin - reach, width).start),
                          columns_at(paper, lines.begin + reach, width).end);
  const cv::Range rows(std::max(0, cvFloor(lines.comb.first)), std::min(ink.rows, cvCeil(lines.comb.last)));
  cv::Mat met;
  cv::reduce(ink(rows, columns), met, 1, cv::REDUCE_MAX);
  return double(cv::countNonZero(met)) / std::max(1, met.rows);
}

// The lines, where they begin right of the paper's edge and there is a side of a frame.
std::optional<Lines> left_side(const cv::Mat& ink, const cv::Mat& lines, cv::Range paper) {
  const int width = std::max(2, cvRound(strip * paper.size()));
  const auto begin = begin_of(lines, paper, width);
  const bool framed =
      begin && begin->begin >= least_clear && side_at(ink, *begin, paper, width) >= least_side;
  return framed ? begin : std::nullopt;
}

cv::Mat mirrored(const cv::Mat& mask) {
  cv::Mat result;
  cv::flip(mask, result, 1);
  return result;
}

bool are_squares(const cv::Mat& ink, const Comb& comb) {
  if (comb.lines < printed_squares) return false;
  const cv::Range rows(std::max(0, cvFloor(comb.first)), std::min(ink.rows, cvCeil(comb.last)));
  const cv::Mat crossing = long_lines(transposed(ink.rowRange(rows)));
  const int middle = rows.size() / 2, half = std::max(1, cvRound(0.3 * comb.step));
  return comb_of(crossing, {std::max(0, middle - half), std::min(crossing.cols, middle + half)}).lines >=
         printed_squares;
}

}  // namespace

bool is_framed(const cv::Mat& ink, const cv::Mat& lines, cv::Range paper) {
  const auto left = left_side(ink, lines, paper);
  if (!left) return false;
  const cv::Range from_right(lines.cols - paper.end, lines.cols - paper.start);
  return left_side(mirrored(ink), mirrored(lines), from_right) && !are_squares(ink, left->comb);
}

}  // namespace doodled::sight
