#include "core/reader/see/pieces.hpp"

#include <algorithm>
#include <cstring>

namespace doodled::sight {
namespace {

// Runs that touch those of the row above are of one piece with them.
class RunFinder {
 public:
  explicit RunFinder(const cv::Mat& mask) : mask_(mask) {}

  std::vector<Run> run() {
    std::size_t above = 0;
    for (int y = 0; y < mask_.rows; ++y) {
      const std::size_t here = runs_.size();
      add_row(y);
      link(above, here);
      above = here;
    }
    number_pieces();
    return std::move(runs_);
  }

 private:
  void add_row(int y) {
    const auto* row = mask_.ptr<uchar>(y);
    const uchar* end = row + mask_.cols;
    const auto next = [end](const uchar* from, int value) {
      const void* found = std::memchr(from, value, static_cast<std::size_t>(end - from));
      return found ? static_cast<const uchar*>(found) : end;
    };
    for (const uchar* at = next(row, 255); at != end;) {
      const uchar* until = next(at, 0);
      runs_.push_back({y, static_cast<int>(at - row), static_cast<int>(until - row), runs_.size()});
      at = next(until, 255);
    }
  }
  void link(std::size_t above, std::size_t here) {
    std::size_t a = above, b = here;
    while (a < here && b < runs_.size()) {
      if (runs_[a].until >= runs_[b].from && runs_[b].until >= runs_[a].from) unite(a, b);
      ++(runs_[a].until < runs_[b].until ? a : b);
    }
  }
  // Until the pieces are numbered, a run's piece is a run before it, or itself.
  std::size_t root(std::size_t i) {
    while (runs_[i].piece != i) i = runs_[i].piece = runs_[runs_[i].piece].piece;
    return i;
  }
  void unite(std::size_t a, std::size_t b) {
    const auto [first, later] = std::minmax({root(a), root(b)});
    runs_[later].piece = first;
  }
  void number_pieces() {
    for (std::size_t i = 0; i < runs_.size(); ++i) runs_[i].piece = root(i);
    std::vector<std::size_t> number(runs_.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (runs_[i].piece == i) number[i] = count++;
      runs_[i].piece = number[runs_[i].piece];
    }
  }

  const cv::Mat& mask_;
  std::vector<Run> runs_;
};

}  // namespace

Pieces find_pieces(const cv::Mat& mask, const cv::Mat& lines) {
  Pieces pieces{{}, RunFinder(mask).run()};
  for (const Run& run : pieces.runs) {
    if (run.piece == pieces.all.size()) pieces.all.push_back({});
    Piece& piece = pieces.all[run.piece];
    const auto* line = lines.ptr<uchar>(run.y);
    piece.box |= cv::Rect(run.from, run.y, run.until - run.from, 1);
    piece.ink += run.until - run.from;
    piece.length += static_cast<int>(
        std::count_if(line + run.from, line + run.until, [](uchar pixel) { return pixel != 0; }));
  }
  return pieces;
}

void erase_pieces(const Pieces& pieces, const std::vector<bool>& which, cv::Mat& mask) {
  for (const Run& run : pieces.runs)
    if (which[run.piece]) std::fill(mask.ptr<uchar>(run.y) + run.from, mask.ptr<uchar>(run.y) + run.until, 0);
}

}  // namespace doodled::sight
