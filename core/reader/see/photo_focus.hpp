#pragma once
#include <opencv2/core.hpp>

#include "core/image/reading.hpp"

namespace doodled::sight {

// Focal points (where a place differs in CIELAB from its surroundings), their balance between left and right,
// and the energy of the nine cells (how much happens there: light and colour contrast).
void measure_focus(const cv::Mat& lab, PhotoFeatures& photo);

}  // namespace doodled::sight
