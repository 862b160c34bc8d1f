#include "core/reader/see/ink_cut.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double least_ink = 20;  // 8 % darker than the paper is the faintest pencil that counts

double spread(const Histogram& counts, int median) {
  Histogram deviation{};
  for (int v = 0; v < 256; ++v)
    deviation[static_cast<std::size_t>(std::abs(v - median))] += counts[static_cast<std::size_t>(v)];
  return quantile(deviation, 0.5);
}

}  // namespace

// Neighbours are mostly of one value, and a count that was just written is slow to read: so they take turns.
Histogram histogram_of(const cv::Mat& grey) {
  std::array<Histogram, 4> turns{};
  for (int y = 0; y < grey.rows; ++y) {
    const auto* row = grey.ptr<uchar>(y);
    for (int x = 0; x < grey.cols; ++x) ++turns[x % 4][row[x]];
  }
  for (std::size_t v = 0; v < 256; ++v)
    for (std::size_t turn = 1; turn < 4; ++turn) turns[0][v] += turns[turn][v];
  return turns[0];
}

int quantile(const Histogram& counts, double share, int from) {
  long total = 0;
  for (int v = from; v < 256; ++v) total += counts[static_cast<std::size_t>(v)];
  long seen = 0;
  for (int v = from; v < 256; ++v) {
    seen += counts[static_cast<std::size_t>(v)];
    if (seen > 0 && static_cast<double>(seen) >= share * static_cast<double>(total)) return v;
  }
  return 255;
}

void cut(const Histogram& counts, Ink& ink) {
  const int middle = quantile(counts, 0.5);
  ink.paper = spread(counts, middle);
  ink.faintest = std::max(least_ink, middle + 8 * ink.paper);
  const int level = quantile(counts, 0.85, static_cast<int>(ink.faintest));
  ink.cut = std::min(250.0, std::max(ink.faintest, core_share * level));
  cv::threshold(ink.darkness, ink.mask, ink.cut, 255, cv::THRESH_BINARY);
}

}  // namespace doodled::sight
