#include "core/reader/see/pieces.hpp"

#include <opencv2/imgproc.hpp>

namespace doodled::sight {

Pieces find_pieces(const cv::Mat& mask, const cv::Mat& lines) {
  Pieces pieces;
  cv::Mat stats, centres;
  const int count = cv::connectedComponentsWithStats(mask, pieces.label, stats, centres, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    const auto stat = [&](int which) { return stats.at<int>(i, which); };
    pieces.all.push_back(
        {{stat(cv::CC_STAT_LEFT), stat(cv::CC_STAT_TOP), stat(cv::CC_STAT_WIDTH), stat(cv::CC_STAT_HEIGHT)},
         stat(cv::CC_STAT_AREA),
         0});
  }
  for (int y = 0; y < lines.rows; ++y) {
    const auto* line = lines.ptr<uchar>(y);
    const auto* label = pieces.label.ptr<int>(y);
    for (int x = 0; x < lines.cols; ++x)
      if (line[x] && label[x]) ++pieces.all[static_cast<std::size_t>(label[x] - 1)].length;
  }
  return pieces;
}

void erase_pieces(const Pieces& pieces, const std::vector<bool>& which, cv::Mat& mask) {
  for (int y = 0; y < mask.rows; ++y) {
    auto* row = mask.ptr<uchar>(y);
    const auto* label = pieces.label.ptr<int>(y);
    for (int x = 0; x < mask.cols; ++x)
      if (label[x] && which[static_cast<std::size_t>(label[x] - 1)]) row[x] = 0;
  }
}

}  // namespace doodled::sight
