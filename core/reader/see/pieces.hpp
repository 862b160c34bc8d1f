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

// Pixels of a row that follow each other: from `from` up to, not including, `until`.
struct Run {
  int y = 0, from = 0, until = 0;
  std::size_t piece = 0;
};

struct Pieces {
  std::vector<Piece> all;  // by their first pixels, from the top left on
  std::vector<Run> runs;   // their ink, by rows
};

// Of a mask with 255 where there is ink; what touches with a corner is one piece. `lines` are its centre
// lines.
Pieces find_pieces(const cv::Mat& mask, const cv::Mat& lines);

// Takes the ink of those pieces out of a mask that `pieces` was found on.
void erase_pieces(const Pieces& pieces, const std::vector<bool>& which, cv::Mat& mask);

}  // namespace doodled::sight
