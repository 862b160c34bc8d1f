// The sheet of paper in a photograph, straightened.
#pragma once
#include <optional>

#include <opencv2/core.hpp>

#include "core/reader/see/path.hpp"

namespace doodled::sight {

struct Sheet {
  cv::Mat rgb;             // the sheet alone, upright as it lies in the picture, a little of its rim left out
  cv::Matx33d to_picture;  // from its pixels to those of the picture
  Path corners;            // in the picture, clockwise from the top left
};

// The darkest channel of each pixel, which brown and coloured ground lacks and paper does not.
cv::Mat darkest_channel(const cv::Mat& rgb);

enum class Tone { bright, dark };  // of the sheet, against what is around it

// A bright four-sided area on darker ground whose sides are all in the picture: at least a fifth of it, and
// turned or tilted by at most 40 degrees; or a dark one on brighter ground, as a blackboard is. Nothing for
// pictures that the page fills, and for a frame that was drawn around what is no brighter, or darker.
// `small` is the picture as shrunk_for_sheets() makes it, for either tone.
cv::Mat shrunk_for_sheets(const cv::Mat& rgb);
std::optional<Sheet> find_sheet(const cv::Mat& rgb, const cv::Mat& small, Tone tone = Tone::bright);

}  // namespace doodled::sight
