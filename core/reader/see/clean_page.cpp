#include "core/reader/see/clean_page.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/changes.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

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

void count(const cv::Mat& grey, int times, Histogram& counts) {
  const Histogram more = histogram_of(grey);
  for (std::size_t v = 0; v < counts.size(); ++v) counts[v] += times * more[v];
}

}  // namespace

void CleanPage::look_at(const cv::Mat& rgb) {
  if (!whole_ || rgb.size() != rgb_.size()) begin(rgb.size());
  const cv::Rect changed = difference(rgb, rgb_);
  whole_ = changed.empty();
  if (whole_) return;
  rgb(changed).copyTo(rgb_(changed));
  darkness_on_white(rgb(changed)).copyTo(sharp_(changed));
  blur(changed);
  halve(changed);
  cut(counts_, ink_);
  lines_ = thinner_.lines_of(ink_.mask);
  whole_ = true;
}

cv::Mat CleanPage::shrunk_to(int side) const {
  const cv::Size size = shrunk_size(rgb_, std::min(1.0, double(side) / std::max(rgb_.cols, rgb_.rows)));
  const bool by_halves = rgb_.cols >= 2 * size.width && rgb_.rows >= 2 * size.height;
  return shrunk(by_halves ? half_ : rgb_, size);
}

// As if white paper had been looked at.
void CleanPage::begin(cv::Size size) {
  rgb_ = cv::Mat(size, CV_8UC3, cv::Scalar::all(255));
  half_ = cv::Mat(size.height / 2, size.width / 2, CV_8UC3, cv::Scalar::all(255));
  sharp_ = cv::Mat::zeros(size, CV_8U);
  ink_ = {};
  ink_.mask = sharp_.clone();
  ink_.darkness = sharp_.clone();
  lines_ = sharp_.clone();
  thinner_ = {};
  counts_ = {size.area()};
}

// Blurring takes each pixel's neighbours, so one pixel around what changed is changed by it, and one more is
// looked at.
void CleanPage::blur(const cv::Rect& changed) {
  const cv::Rect inner = grown(changed, 1, sharp_.size()), outer = grown(changed, 2, sharp_.size());
  cv::Mat blurred, dark = ink_.darkness(inner);
  cv::GaussianBlur(sharp_(outer).clone(), blurred, {3, 3}, 0);
  count(dark, -1, counts_);
  blurred(inner - outer.tl()).copyTo(dark);
  count(dark, 1, counts_);
}

void CleanPage::halve(const cv::Rect& changed) {
  const cv::Point from(changed.x / 2, changed.y / 2),
      until((changed.br().x + 1) / 2, (changed.br().y + 1) / 2);
  const cv::Rect part = cv::Rect(from, until) & cv::Rect({}, half_.size());
  if (part.empty()) return;
  cv::Mat half = half_(part);
  cv::resize(rgb_(cv::Rect(part.tl() * 2, part.size() * 2)), half, half.size(), 0, 0, cv::INTER_AREA);
}

Ink find_clean_ink(const cv::Mat& rgb) {
  CleanPage page;
  page.look_at(rgb);
  return page.ink();
}

}  // namespace doodled::sight
