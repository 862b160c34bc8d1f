#include "core/reader/see/painted.hpp"

#include <algorithm>
#include <numeric>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/ink_cut.hpp"

namespace doodled::sight {
namespace {

constexpr int dark = 40;            // of 255
constexpr int even = 4;             // levels that compression adds to a colour
constexpr int colours = 3;          // as many pens
constexpr double least_flat = 0.6;  // of what is dark and no line: photographs have less
constexpr double broad = 0.0125;    // of the larger side: lines are mostly narrower

// What is dark and hardly differs from anything near it.
cv::Mat flat_areas(const cv::Mat& darkness) {
  const cv::Mat near = cv::getStructuringElement(cv::MORPH_RECT, {5, 5});
  cv::Mat change;
  cv::morphologyEx(darkness, change, cv::MORPH_GRADIENT, near);
  return (darkness >= dark) & (change <= even);
}

int broad_area(const cv::Mat& darkness) {
  const int side = std::max(9, cvRound(broad * std::max(darkness.cols, darkness.rows)) | 1);
  cv::Mat areas;
  cv::morphologyEx(darkness >= dark, areas, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
  return cv::countNonZero(areas);
}

// The most that lies within a few levels, which is taken out.
long take_colour(Histogram& counts) {
  long most = 0;
  int at = 0;
  for (int v = dark; v + 2 * even < 256; ++v) {
    const long here = std::accumulate(counts.begin() + v, counts.begin() + v + 2 * even + 1, 0L);
    if (here > most) most = here, at = v;
  }
  std::fill_n(counts.begin() + at, 2 * even + 1, 0);
  return most;
}

}  // namespace

double share_painted(const cv::Mat& darkness) {
  cv::Mat flat = darkness.clone();
  flat.setTo(0, flat_areas(darkness) == 0);
  Histogram counts = histogram_of(flat);
  long painted = 0;
  for (int i = 0; i < colours; ++i) painted += take_colour(counts);
  return painted > least_flat * broad_area(darkness) ? double(painted) / double(darkness.total()) : 0;
}

}  // namespace doodled::sight
