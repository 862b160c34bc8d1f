#include "core/reader/see/changes.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace doodled::sight {
namespace {

bool equal(const uchar* a, const uchar* b, std::size_t bytes) { return std::memcmp(a, b, bytes) == 0; }

}  // namespace

// Whole rows are compared first, as that is fast: bytes only where rows differ beyond what is known to
// differ.
cv::Rect difference(const cv::Mat& now, const cv::Mat& before) {
  CV_Assert(now.size() == before.size() && now.type() == before.type());
  const std::size_t wide = static_cast<std::size_t>(now.cols) * now.elemSize();
  std::size_t left = wide, right = 0;  // of the bytes that differ, the latter behind the last
  int top = now.rows, bottom = 0;
  for (int y = 0; y < now.rows; ++y) {
    const uchar *a = now.ptr(y), *b = before.ptr(y);
    if (equal(a, b, wide)) continue;
    top = std::min(top, y), bottom = y + 1;
    if (!equal(a, b, left)) left = static_cast<std::size_t>(std::mismatch(a, a + left, b).first - a);
    if (equal(a + right, b + right, wide - right)) continue;
    const auto last = std::mismatch(std::reverse_iterator(a + wide), std::reverse_iterator(a + right),
                                    std::reverse_iterator(b + wide));
    right = static_cast<std::size_t>(last.first.base() - a);
  }
  if (bottom == 0) return {};
  const auto pixel = now.elemSize();
  const int from = static_cast<int>(left / pixel), until = static_cast<int>((right + pixel - 1) / pixel);
  return {from, top, until - from, bottom - top};
}

}  // namespace doodled::sight
