// Connected pieces of ink, inner ones included: what is judged before anything is read as a figure.
#pragma once
#include <vector>

#include <opencv2/core.hpp>

namespace doodled::sight {

struct Piece {
  cv::Rect box;
  int ink = 0;     // pixels
  int length = 0;  // of its centre lines, pixels
  int height() const { return box.height; }
  cv::Point middle() const { return {box.x + box.width / 2, box.y + box.height / 2}; }
};

struct Pieces {
  std::vector<Piece> all;
  cv::Mat label;  // 32-bit, index into `all` plus one, 0 where there is no ink
};

// `lines` are the centre lines of `mask`.
Pieces find_pieces(const cv::Mat& mask, const cv::Mat& lines);

// Takes the ink of those pieces out of a mask that `pieces` was found on.
void erase_pieces(const Pieces& pieces, const std::vector<bool>& which, cv::Mat& mask);

}  // namespace doodled::sight
