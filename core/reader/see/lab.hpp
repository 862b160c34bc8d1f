// CIELAB, in which distances are about what the eye makes of them: CIE 15, D65, of sRGB as IEC 61966-2-1 has
// it.
#pragma once
#include <array>

#include <opencv2/core.hpp>

namespace doodled::sight {

// Of 8-bit RGB, three floats a pixel: L 0..100, a and b about -110..110.
cv::Mat lab_of(const cv::Mat& rgb);

// The nearest colour that 8-bit RGB has, each channel 0..255.
std::array<int, 3> rgb_of(const cv::Vec3f& lab);

}  // namespace doodled::sight
