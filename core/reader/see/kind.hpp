// Drawing or photograph?
#pragma once
#include <string>

#include <opencv2/core.hpp>

#include "core/image/reading.hpp"
#include "core/reader/see/ink.hpp"

namespace doodled::sight {

struct KindVerdict {
  PictureKind kind = PictureKind::drawing;
  double confidence = 0.5;  // 0.5..1
  std::string advice;       // for `nothing`
};

// A drawing is ink on ground that is of a piece once its light is evened out, and whose colour hardly
// changes. On a sheet that was cut out of the picture, and where no camera was, only the ground's colour
// counts: the pens may have any.
// `nothing` is a picture without any difference in it; a clean page without ink is only known to be
// empty when no figure is found on it.
enum class Found { picture, sheet };
KindVerdict decide_kind(const cv::Mat& rgb, const Ink& ink, Found found = Found::picture);

}  // namespace doodled::sight
