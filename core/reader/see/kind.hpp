// Drawing or photograph?
#pragma once
#include <opencv2/core.hpp>

#include "core/image/reading.hpp"
#include "core/reader/see/ink.hpp"

namespace doodled::sight {

struct KindVerdict {
  PictureKind kind = PictureKind::drawing;
  double confidence = 0.5;
};

// A drawing is thin ink on ground that is of a piece: `nothing` when that ground carries no ink.
KindVerdict decide_kind(const cv::Mat& rgb, const Ink& ink);

}  // namespace doodled::sight
