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
  bool blank = false;       // even ground on which nothing has an edge: what is darker is shadow or grain
};

// Where a camera looked, a drawing is strokes that stand out clearly of ground that is of a piece once its
// light is evened out. What no camera saw has ground of one colour: there it counts how much of the picture
// that ground is. The colour of the ground hardly changes; on a sheet that was cut out of the picture, and
// where no camera was, that of the ground alone counts: the pens may have any.
// `nothing` is a picture without any difference in it; a clean page without ink is only known to be
// empty when no figure is found on it.
enum class Found { picture, sheet, exported };
KindVerdict decide_kind(const cv::Mat& rgb, const Ink& ink, Found found = Found::picture);

// Whether what a camera saw is rather light strokes on darker ground, as chalk on a board is, than what
// `otherwise` says of it, where its ink was taken to be darker than the paper.
bool is_board(const cv::Mat& rgb, const KindVerdict& otherwise);

}  // namespace doodled::sight
