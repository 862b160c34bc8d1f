#include "core/reader/see/ink.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/colourless.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int paper_side = 200;      // the paper's light is followed at this size
constexpr double least_ink = 20;     // 8 % darker than the paper is the faintest pencil that counts
constexpr double core_share = 0.42;  // of the ink's own darkness: where a blurred stroke is cut

using Histogram = std::array<int, 256>;

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

// The smallest value with at least `share` of the counts from `from` on at or below it.
int quantile(const Histogram& counts, double share, int from = 0) {
  long total = 0;
  for (int v = from; v < 256; ++v) total += counts[static_cast<std::size_t>(v)];
  long seen = 0;
  for (int v = from; v < 256; ++v) {
    seen += counts[static_cast<std::size_t>(v)];
    if (seen > 0 && static_cast<double>(seen) >= share * static_cast<double>(total)) return v;
  }
  return 255;
}

double spread(const Histogram& counts, int median) {
  Histogram deviation{};
  for (int v = 0; v < 256; ++v)
    deviation[static_cast<std::size_t>(std::abs(v - median))] += counts[static_cast<std::size_t>(v)];
  return quantile(deviation, 0.5);
}

bool is_even(const cv::Mat& picture) {
  const std::size_t pixel = picture.elemSize();
  return picture.isContinuous() &&
         std::memcmp(picture.data, picture.data + pixel, (picture.total() - 1) * pixel) == 0;
}

cv::Scalar first_pixel(const cv::Mat& picture) {
  cv::Scalar colour;
  for (int c = 0; c < picture.channels(); ++c) colour[c] = picture.data[c];
  return colour;
}

cv::Mat paper_of(const cv::Mat& rgb) {
  const cv::Mat small = shrunk(rgb, paper_side);
  cv::Mat closed, paper;
  const int reach = std::max(3, std::max(small.cols, small.rows) / 8) | 1;
  cv::morphologyEx(small, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
  if (is_even(closed)) return cv::Mat(rgb.size(), rgb.type(), first_pixel(closed));
  cv::GaussianBlur(closed, closed, {0, 0}, 1.5);
  cv::resize(closed, paper, rgb.size(), 0, 0, cv::INTER_LINEAR);
  return paper;
}

// 2^16 / v, so that the division of each pixel is a product.
std::array<unsigned, 256> reciprocals() {
  std::array<unsigned, 256> table{};
  for (unsigned v = 1; v < 256; ++v) table[v] = (255U << 16) / v;
  return table;
}

// Of the channel that is darkest against the paper's.
template <int channels>
cv::Mat darkness_against_paper(const cv::Mat& picture) {
  static const auto inverse = reciprocals();
  const cv::Mat paper = paper_of(picture);
  cv::Mat dark(picture.size(), CV_8U);
  for (int y = 0; y < picture.rows; ++y) {
    const auto* seen = picture.ptr<uchar>(y);
    const auto* blank = paper.ptr<uchar>(y);
    auto* out = dark.ptr<uchar>(y);
    for (int x = 0; x < picture.cols; ++x, seen += channels, blank += channels) {
      unsigned least = 255;
      for (int c = 0; c < channels; ++c)
        least = std::min(least, (seen[c] * inverse[std::max<uchar>(blank[c], 8)]) >> 16);
      out[x] = static_cast<uchar>(255 - least);
    }
  }
  return dark;
}

}  // namespace

cv::Mat darkness_of(const cv::Mat& rgb) {
  return is_colourless(rgb) ? darkness_against_paper<1>(one_channel(rgb)) : darkness_against_paper<3>(rgb);
}

namespace {

bool light_on_dark(const cv::Mat& rgb) {
  cv::Mat grey;
  cv::cvtColor(shrunk(rgb, shrunk_size(rgb, 0.25)), grey, cv::COLOR_RGB2GRAY);
  const Histogram counts = histogram_of(grey);
  const int middle = quantile(counts, 0.5);
  if (middle > 100) return false;
  long lighter = 0, darker = 0;
  for (int v = 0; v < 256; ++v) {
    if (v > middle + 50) lighter += counts[static_cast<std::size_t>(v)];
    if (v < middle - 50) darker += counts[static_cast<std::size_t>(v)];
  }
  return lighter > 3 * darker && lighter * 4 < static_cast<long>(grey.total());
}

// Cuts the mask out of the darkness.
void cut(Ink& ink) {
  const Histogram counts = histogram_of(ink.darkness);
  const int middle = quantile(counts, 0.5);
  ink.paper = spread(counts, middle);
  const double floor = std::max(least_ink, middle + 8 * ink.paper);
  const int level = quantile(counts, 0.85, static_cast<int>(floor));
  const double cut = std::max(floor, core_share * level);
  cv::threshold(ink.darkness, ink.mask, std::min(cut, 250.0), 255, cv::THRESH_BINARY);
}

bool all_white(const uchar* pixels) {
  std::uint64_t bytes[3];
  std::memcpy(bytes, pixels, sizeof bytes);
  return (bytes[0] & bytes[1] & bytes[2]) == ~std::uint64_t{0};
}

// Most of such a page is white: eight pixels are looked at together.
cv::Mat darkness_on_white(const cv::Mat& rgb) {
  cv::Mat dark = cv::Mat::zeros(rgb.size(), CV_8U);
  for (int y = 0; y < rgb.rows; ++y) {
    const auto* seen = rgb.ptr<uchar>(y);
    auto* out = dark.ptr<uchar>(y);
    for (int x = 0; x < rgb.cols;) {
      if (x + 8 <= rgb.cols && all_white(seen + 3 * x)) {
        x += 8;
        continue;
      }
      for (const int end = std::min(x + 8, rgb.cols); x < end; ++x)
        out[x] = static_cast<uchar>(255 - std::min({seen[3 * x], seen[3 * x + 1], seen[3 * x + 2]}));
    }
  }
  return dark;
}

}  // namespace

Ink find_ink(const cv::Mat& rgb, bool cut_out) {
  Ink ink;
  ink.inverted = light_on_dark(rgb);
  ink.darkness = darkness_of(ink.inverted ? cv::Mat(cv::Scalar::all(255) - rgb) : rgb);
  cv::GaussianBlur(ink.darkness, ink.darkness, {3, 3}, 0);
  ink.lines = remove_paper_lines(ink.darkness, cut_out);
  cut(ink);
  return ink;
}

Ink find_clean_ink(const cv::Mat& rgb) {
  Ink ink;
  ink.darkness = darkness_on_white(rgb);
  cv::GaussianBlur(ink.darkness, ink.darkness, {3, 3}, 0);
  cut(ink);
  return ink;
}

}  // namespace doodled::sight
