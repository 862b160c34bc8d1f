#include "core/reader/see/pale_ink.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/ink_cut.hpp"

namespace doodled::sight {
namespace {

constexpr int nearby = 17;      // pixels: what is darker within reaches as far with its blur
constexpr double palest = 0.5;  // of where the mask was cut
constexpr double least = 0.02;  // of the mask: else there is nothing to add
constexpr int broadest = 10;    // pixels, in the mean: a shadow's edge is broader than a line

// Between a pale line's own darkness and the paper's.
cv::Mat pale_lines(const Ink& ink) {
  cv::Mat around, own;
  cv::dilate(ink.darkness, around, cv::getStructuringElement(cv::MORPH_RECT, {nearby, nearby}));
  around.convertTo(own, CV_8U, core_share);
  cv::max(own, std::max(ink.faintest, palest * ink.cut), own);
  cv::Mat pale = ink.darkness > own;
  pale.setTo(0, ink.mask);
  return pale;
}

struct Parts {
  cv::Mat labels, stats;
  int of(int y, int x) const { return labels.at<int>(y, x); }
  int extent(int part) const {
    return std::max(stats.at<int>(part, cv::CC_STAT_WIDTH), stats.at<int>(part, cv::CC_STAT_HEIGHT));
  }
  bool is_slim(int part) const { return stats.at<int>(part, cv::CC_STAT_AREA) <= broadest * extent(part); }
};

Parts parts_of(const cv::Mat& mask) {
  Parts parts;
  cv::Mat centres;
  cv::connectedComponentsWithStats(mask, parts.labels, parts.stats, centres);
  return parts;
}

// Of each part of the pale: two parts of the mask that it touches, 0 for none.
std::vector<std::pair<int, int>> neighbours_of(const Parts& pale, const Parts& drawn) {
  std::vector<std::pair<int, int>> touched(static_cast<std::size_t>(pale.stats.rows));
  const cv::Rect page({}, pale.labels.size());
  const auto meet = [&](int part, cv::Point at) {
    const int other = page.contains(at) ? drawn.of(at.y, at.x) : 0;
    auto& [one, two] = touched[static_cast<std::size_t>(part)];
    if (other != 0 && one == 0) one = other;
    if (other != 0 && other != one) two = other;
  };
  for (int y = 0; y < page.height; ++y)
    for (int x = 0; x < page.width; ++x)
      if (const int part = pale.of(y, x); part != 0)
        for (int k = 0; k < 9; ++k) meet(part, {x + k % 3 - 1, y + k / 3 - 1});
  return touched;
}

std::vector<bool> wanted_of(const Parts& pale, const Parts& drawn) {
  std::vector<bool> wanted;
  for (const auto& [one, two] : neighbours_of(pale, drawn))
    wanted.push_back(two != 0 && pale.is_slim(static_cast<int>(wanted.size())));
  return wanted;
}

}  // namespace

void mend_pale_lines(Ink& ink) {
  if (ink.lines.across || ink.lines.down || ink.dotted) return;
  const cv::Mat pale = pale_lines(ink);
  if (cv::countNonZero(pale) <= least * cv::countNonZero(ink.mask)) return;
  const Parts parts = parts_of(pale);
  const auto wanted = wanted_of(parts, parts_of(ink.mask));
  for (int y = 0; y < pale.rows; ++y)
    for (int x = 0; x < pale.cols; ++x)
      if (wanted[static_cast<std::size_t>(parts.of(y, x))]) ink.mask.at<uchar>(y, x) = 255;
}

}  // namespace doodled::sight
