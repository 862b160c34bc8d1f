#include "core/reader/see/margin_line.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/shrink.hpp"
#include "core/reader/see/transposed.hpp"

namespace doodled::sight {
namespace {

constexpr double faintest = 10;  // of 255
constexpr double off = 0.12;     // its slope, from what it should be: perspective
constexpr double slope_step = 0.004;
constexpr double innermost = 1.0 / 3;   // of the paper's width
constexpr double least_covered = 0.85;  // of its length
constexpr double end = 0.06;            // of its length: covered by two thirds at least
constexpr double thickest = 0.005;      // of the picture, to either side
constexpr int stride = 2;               // columns

struct StraightLine {
  double middle = 0, slope = 0;  // its y at the middle of the paper

  int at(int x, cv::Range paper) const {
    return cvRound(middle + slope * (x - (paper.start + paper.end) / 2.0));
  }
};

double share_covered(const cv::Mat& ink, const StraightLine& line, cv::Range paper, cv::Range part) {
  int covered = 0, all = 0;
  for (int x = part.start; x < part.end; x += stride, ++all) {
    const int y = line.at(x, paper);
    covered += y >= 0 && y < ink.rows && ink.at<uchar>(y, x) > 0;
  }
  return all > 0 ? double(covered) / all : 0;
}

// Pixels of ink on each line of that slope, by its y at the middle; `columns` are the picture's, each in a
// row.
std::vector<int> sums_along(const cv::Mat& columns, cv::Range paper, double slope) {
  const int room = cvCeil(std::abs(slope) * paper.size() / 2) + 1;
  std::vector<int> sums(static_cast<std::size_t>(columns.cols + 2 * room), 0);
  for (int x = paper.start; x < paper.end; x += stride) {
    const auto* column = columns.ptr<uchar>(x);
    int* from = sums.data() + room - StraightLine{0, slope}.at(x, paper);
    for (int y = 0; y < columns.cols; ++y) from[y] += column[y];
  }
  return {sums.begin() + room, sums.end() - room};
}

std::optional<StraightLine> fullest_line(const cv::Mat& columns, cv::Range paper, double slope) {
  const int rows = columns.cols;
  const auto outer = static_cast<long>(innermost * rows);
  std::optional<StraightLine> best;
  int most = 0;
  for (double tried = slope - off; tried <= slope + off; tried += slope_step) {
    const auto sums = sums_along(columns, paper, tried);
    for (const auto& [from, until] : {std::pair{0L, outer}, {rows - outer, long{rows}}}) {
      const auto top = std::max_element(sums.begin() + from, sums.begin() + until);
      if (*top > most) most = *top, best = {static_cast<double>(top - sums.begin()), tried};
    }
  }
  return best;
}

// Squares that were not known as print, and rasters, have more lines like it: two at most are a double one.
bool stands_alone(const cv::Mat& columns, const StraightLine& line, cv::Range paper) {
  const auto sums = sums_along(columns, paper, line.slope);
  const int half = sums[static_cast<std::size_t>(line.middle)] / 2;
  int lines = 0;
  for (std::size_t y = 0; y < sums.size(); ++y) lines += sums[y] >= half && (y == 0 || sums[y - 1] < half);
  return lines <= 2;
}

bool runs_through(const cv::Mat& ink, const StraightLine& line, cv::Range paper) {
  const int last = cvRound(end * paper.size());
  const auto covered = [&](cv::Range part) { return share_covered(ink, line, paper, part); };
  return covered(paper) >= least_covered && covered({paper.start, paper.start + last}) > 2.0 / 3 &&
         covered({paper.end - last, paper.end}) > 2.0 / 3;
}

void erase(cv::Mat& darkness, const StraightLine& line, cv::Range paper) {
  const int room = std::max(4, cvRound(thickest * std::max(darkness.cols, darkness.rows)));
  const auto band = [&](int x) {
    const int y = line.at(x, paper);
    return darkness(cv::Rect(x, y - room, 1, 2 * room + 1) & cv::Rect({}, darkness.size()));
  };
  std::vector<double> darkest;
  for (int x = paper.start; x < paper.end; x += stride)
    if (const cv::Mat here = band(x); !here.empty()) {
      double most = 0;
      cv::minMaxLoc(here, nullptr, &most);
      darkest.push_back(most);
    }
  const auto middle = darkest.begin() + static_cast<long>(darkest.size() / 2);
  std::nth_element(darkest.begin(), middle, darkest.end());
  const double limit = 1.4 * *middle + 8;
  for (int x = 0; x < darkness.cols; ++x)
    if (cv::Mat here = band(x); !here.empty()) here.setTo(0, here <= limit);
}

}  // namespace

void remove_margin_line(cv::Mat& darkness, cv::Range paper, double slope) {
  cv::Mat ink, thick;
  cv::threshold(shrunk(darkness, shrunk_size(darkness, 0.5)), ink, faintest, 255, cv::THRESH_BINARY);
  cv::dilate(ink, thick, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
  const cv::Range half(paper.start / 2, paper.end / 2);
  const cv::Mat columns = transposed(ink / 255 + thick / 255);  // so that a line is met at its middle
  const auto line = fullest_line(columns, half, slope);
  if (!line || !runs_through(thick, *line, half) || !stands_alone(columns, *line, half)) return;
  erase(darkness, {2 * line->middle + 0.5, line->slope}, paper);
}

}  // namespace doodled::sight
