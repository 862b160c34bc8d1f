#include "core/reader/see/faint_grid.hpp"

#include <algorithm>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/drawing.hpp"
#include "core/reader/see/hollow.hpp"
#include "core/reader/see/pen.hpp"
#include "core/reader/see/thin.hpp"

namespace doodled::sight {
namespace {

constexpr double least_faint = 0.002;  // of the page
constexpr double least_beside = 0.1;   // of the ink
constexpr double least_reach = 0.2;    // of the page's larger side: smaller pieces are no raster

// Beside the blurred rims of what is ink by itself. Grains of a pencil's line leave more between them.
// Painted areas count by their rims alone.
bool has_more(const cv::Mat& faint, const cv::Mat& mask, const cv::Mat& painted) {
  cv::Mat rims, beside;
  cv::dilate(mask, rims, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  cv::bitwise_not(rims, rims);
  cv::bitwise_and(faint, rims, beside);
  return cv::countNonZero(beside) >
         std::max(least_faint * static_cast<double>(mask.total()),
                  least_beside * cv::countNonZero(painted.empty() ? mask : painted));
}

// Without the small pieces, which are marks, letters or noise.
cv::Mat large_pieces(const cv::Mat& mask) {
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  const double least = least_reach * std::max(mask.cols, mask.rows);
  std::vector<uchar> large(static_cast<std::size_t>(count), 0);
  for (int i = 1; i < count; ++i)
    if (std::max(stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)) >= least)
      large[static_cast<std::size_t>(i)] = 255;
  cv::Mat kept(mask.size(), CV_8U);
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x)
      kept.at<uchar>(y, x) = large[static_cast<std::size_t>(labels.at<int>(y, x))];
  return kept;
}

std::optional<GridFound> grid_among(const cv::Mat& ink, const cv::Mat& lines, const MarkMasks& masks) {
  const double pen = pen_width(ink, lines);
  return find_drawn_grid(joined_lines(lines, ink, pen), masks, pen);
}

}  // namespace

std::optional<GridFound> find_painted_grid(const cv::Mat& rims, const MarkMasks& masks) {
  thread_local Thinner thinner;  // of a page that is seen again and again
  return rims.empty() ? std::nullopt : grid_among(rims, thinner.lines_of(rims), masks);
}

std::optional<GridFound> find_faint_grid(const MarkMasks& masks, const cv::Mat& rims) {
  if (!has_more(masks.faint, masks.ink, rims)) return std::nullopt;
  const cv::Mat large = large_pieces(masks.faint), lines = thin(large);
  if (const cv::Mat hollow = hollowed(large, lines); !hollow.empty())
    return grid_among(hollow, thin(hollow), masks);
  return grid_among(large, lines, masks);
}

}  // namespace doodled::sight
