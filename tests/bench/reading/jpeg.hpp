// What JPEG compression leaves of a picture.
#pragma once
#include <filesystem>

#include <opencv2/core.hpp>

namespace doodled::bench {

// Quantises the picture as a baseline JPEG of that quality (1..100) does: YCbCr, colour at half size, blocks
// of 8x8 with the tables of ITU-T T.81, annex K, scaled as in libjpeg. Only the lossless coding is left out.
void compress(cv::Mat& rgb, int quality);

// A real JPEG file (by libvips). Throws std::runtime_error when it cannot be written.
void write_jpeg(const cv::Mat& rgb, int quality, const std::filesystem::path& file);

}  // namespace doodled::bench
