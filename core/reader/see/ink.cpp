#include "core/reader/see/ink.hpp"

#include <algorithm>
#include <array>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/colourless.hpp"
#include "core/reader/see/ink_cut.hpp"
#include "core/reader/see/pale_ink.hpp"
#include "core/reader/see/paper_dots.hpp"
#include "core/reader/see/paper_light.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

// 2^16 / v, so that the division of each pixel is a product.
std::array<unsigned, 256> reciprocals() {
  std::array<unsigned, 256> table{};
  for (unsigned v = 1; v < 256; ++v) table[v] = (255U << 16) / v;
  return table;
}

// Of the channel that is darkest against the paper's. In what is as dark as paint a few levels more or less
// are noise, so no paper counts as darker than that.
template <int channels>
cv::Mat darkness_against_paper(const cv::Mat& picture) {
  constexpr unsigned darkest = 40;  // levels
  static const auto inverse = reciprocals();
  const cv::Mat light = paper_light(picture);
  cv::Mat dark(picture.size(), CV_8U);
  for (int y = 0; y < picture.rows; ++y) {
    const auto* seen = picture.ptr<uchar>(y);
    const auto* blank = light.ptr<uchar>(y);
    auto* out = dark.ptr<uchar>(y);
    for (int x = 0; x < picture.cols; ++x, seen += channels, blank += channels) {
      unsigned least = 255;
      for (int c = 0; c < channels; ++c) {
        const unsigned paper = std::max<unsigned>(blank[c], darkest);
        least = std::min(least, ((seen[c] + paper - blank[c]) * inverse[paper]) >> 16);
      }
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

}  // namespace

Ink find_ink(const cv::Mat& rgb, const Paper& paper) {
  Ink ink;
  ink.inverted = paper.dark || light_on_dark(rgb);
  ink.darkness = darkness_of(ink.inverted ? cv::Mat(cv::Scalar::all(255) - rgb) : rgb);
  cv::GaussianBlur(ink.darkness, ink.darkness, {3, 3}, 0);
  ink.lines = remove_paper_lines(ink.darkness, paper);
  cut(histogram_of(ink.darkness), ink);
  ink.dotted = remove_paper_dots(ink.darkness, ink.mask);
  if (ink.dotted) cut(histogram_of(ink.darkness), ink);
  mend_pale_lines(ink);
  return ink;
}

}  // namespace doodled::sight
