#include "core/reader/see/kind.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

// Share of the ground that is plain: little darkness and no sign of ink.
double plain_share(const Ink& ink) {
  cv::Mat plain;
  cv::threshold(ink.darkness, plain, std::max(18.0, 5 * ink.paper), 255, cv::THRESH_BINARY_INV);
  return double(cv::countNonZero(plain)) / double(plain.total());
}

double ink_share(const Ink& ink) { return double(cv::countNonZero(ink.mask)) / double(ink.mask.total()); }

}  // namespace

KindVerdict decide_kind(const cv::Mat&, const Ink& ink) {
  const double plain = plain_share(ink), share = ink_share(ink);
  if (plain > 0.995 && share < 0.0001) return {PictureKind::nothing, 0.9};
  const double score = (plain - 0.72) * 10;
  const double drawing = 1 / (1 + std::exp(-score));
  return drawing >= 0.5 ? KindVerdict{PictureKind::drawing, drawing}
                        : KindVerdict{PictureKind::photo, 1 - drawing};
}

}  // namespace doodled::sight
