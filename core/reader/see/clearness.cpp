#include "core/reader/see/clearness.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/ink_cut.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int largest_side = 320;
constexpr int broadest = 7;           // pixels: what is broader is no stroke
constexpr double least_ink = 0.002;   // share of the picture: a small figure's line
constexpr double most = 0.8;          // strokes cover less than the rest of the picture
constexpr double faintest = 20;       // darkness of a pencil's stroke
constexpr double clear_share = 0.25;  // of the strokes' darkness: what differs less is hardly seen
constexpr int ground_side = 80;       // grain of paper and camera is even there

float median_of(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Median deviation from the median: half of the ground may be painted.
double unevenness_of(const cv::Mat& ground) {
  cv::Mat levels;
  ground.convertTo(levels, CV_32F);
  levels = shrunk(levels, ground_side);
  std::vector<float> values(levels.begin<float>(), levels.end<float>());
  const float middle = median_of(values);
  for (float& value : values) value = std::abs(value - middle);
  return median_of(values);
}

// Mean over the picture, of what is not above `least` as 0.
double mean_above(double least, const cv::Mat& levels) {
  cv::Mat clear;
  cv::threshold(levels, clear, least, 0, cv::THRESH_TOZERO);
  return cv::mean(clear)[0];
}

double share_of(const cv::Mat& lines, const cv::Mat& ground, double clear) {
  constexpr double hardly = 0.01;  // where nothing is clear, all that is are lines
  cv::Mat off;
  cv::absdiff(ground, cv::Scalar(quantile(histogram_of(ground), 0.5)), off);
  const double drawn = mean_above(clear, lines) + hardly;
  return drawn / (drawn + mean_above(clear, off));
}

double clearest_edge(const cv::Mat& darkness) {
  constexpr double nearly_all = 0.9995;  // of the pixels: one that is hot or dead says nothing
  const cv::Mat near = cv::getStructuringElement(cv::MORPH_RECT, {3, 3});
  cv::Mat steps;
  cv::morphologyEx(darkness, steps, cv::MORPH_GRADIENT, near);
  return quantile(histogram_of(steps), nearly_all);
}

}  // namespace

Clearness clearness_of(const cv::Mat& darkness, int side) {
  const cv::Mat seen = shrunk(darkness, std::min(side, largest_side));
  cv::Mat ground;
  cv::morphologyEx(seen, ground, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {broadest, broadest}));
  const cv::Mat lines = seen - ground;
  const Histogram levels = histogram_of(lines);
  const double strokes = quantile(levels, 1 - least_ink), grain = quantile(levels, most);
  return {strokes, unevenness_of(ground), grain, clearest_edge(seen),
          share_of(lines, ground, std::max(faintest, clear_share * strokes))};
}

}  // namespace doodled::sight
