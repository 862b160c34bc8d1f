#include "core/reader/see/colourless.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace doodled::sight {
namespace {

constexpr int block = 24;  // bytes: eight pixels, three words
constexpr int word = 8;

std::uint64_t word_at(const uchar* bytes) {
  std::uint64_t value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

// All bits of the bytes of a word of a block whose next byte is of the same pixel.
std::uint64_t within_pixels(int first) {
  std::array<uchar, word> bytes;
  for (int i = 0; i < word; ++i) bytes[static_cast<std::size_t>(i)] = (first + i) % 3 == 2 ? 0 : 255;
  return word_at(bytes.data());
}

bool is_colourless(const uchar* row, int size) {
  static const std::array within{within_pixels(0), within_pixels(word), within_pixels(2 * word)};
  std::uint64_t different = 0;
  int at = 0;
  for (; at + block < size; at += block)
    for (int i = 0; i < 3; ++i) {
      const auto* bytes = row + at + i * word;
      different |= (word_at(bytes) ^ word_at(bytes + 1)) & within[static_cast<std::size_t>(i)];
    }
  for (; at < size; at += 3) different |= (row[at] ^ row[at + 1]) | (row[at] ^ row[at + 2]);
  return different == 0;
}

}  // namespace

bool is_colourless(const cv::Mat& rgb) {
  for (int y = 0; y < rgb.rows; ++y)
    if (!is_colourless(rgb.ptr<uchar>(y), 3 * rgb.cols)) return false;
  return true;
}

cv::Mat one_channel(const cv::Mat& rgb) {
  cv::Mat grey;
  cv::extractChannel(rgb, grey, 0);
  return grey;
}

cv::Mat three_channels(const cv::Mat& grey) {
  cv::Mat rgb;
  cv::merge(std::array{grey, grey, grey}, rgb);
  return rgb;
}

}  // namespace doodled::sight
