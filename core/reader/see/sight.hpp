// The part of a picture that is read.
#pragma once
#include <optional>

#include <opencv2/core.hpp>

#include "core/reader/see/ink.hpp"
#include "core/reader/see/kind.hpp"
#include "core/reader/see/path.hpp"
#include "core/reader/see/view.hpp"

namespace doodled::sight {

struct Sight {
  cv::Mat rgb;
  View view;
  Path corners;  // of the sheet, empty when the whole picture is read
  Ink ink;
  KindVerdict verdict;
  cv::Mat ground = {};  // beside the sheet, where ink is none; empty: none was found
};

// Takes the ink from where `where` is not 0, or from everywhere where that is empty.
void wipe(Ink& ink, const cv::Mat& where);

// Reads the drawing into `reading`; where none is found, that is `nothing`, with advice. `lines` are the
// centre lines of its ink. Gives by how many radians, clockwise, the page leans, where axes on it tell.
std::optional<double> read_page(Sight& sight, cv::Mat lines, int curve_samples, Reading& reading);

}  // namespace doodled::sight
