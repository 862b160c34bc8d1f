#include "core/reader/see/screen.hpp"

#include <algorithm>

namespace doodled::sight {
namespace {

constexpr double slimmest = 1.5, longest = 2.6;  // height over width of phone screens
constexpr double top_band = 0.07, foot_band = 0.04;
constexpr double tallest_sign = 0.035;  // of the height
constexpr std::size_t least_signs = 3;

class ScreenReader {
 public:
  ScreenReader(const Pieces& pieces, cv::Size page)
      : all_(pieces.all), page_(page), bars_(all_.size(), false) {}

  std::vector<bool> run() {
    if (page_.height < slimmest * page_.width || page_.height > longest * page_.width) return bars_;
    if (!top_of_screen()) return std::vector<bool>(all_.size(), false);
    foot_of_screen();
    return bars_;
  }

 private:
  bool crosses_page(const Piece& piece) const { return piece.box.width > 0.98 * page_.width; }
  bool in_top(const Piece& piece) const { return piece.box.br().y <= top_band * page_.height; }

  // A bar of another colour reads as one broad piece; without one the signs stand on the page's own ground.
  bool top_of_screen() {
    std::size_t signs = 0;
    int foot = 0, bars = 0;
    bool left = false, right = false;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!in_top(all_[i])) continue;
      if (crosses_page(all_[i]))
        ++bars;
      else if (all_[i].height() > tallest_sign * page_.height)
        return false;
      bars_[i] = true, ++signs;
      foot = std::max(foot, all_[i].box.br().y);
      left = left || 3 * all_[i].middle().x < page_.width;
      right = right || 3 * all_[i].middle().x > 2 * page_.width;
    }
    return bars > 0 || (signs >= least_signs && left && right && clear_below(foot));
  }
  bool clear_below(int foot) const {
    const int gap = std::max(4, page_.height / 100);
    return std::none_of(all_.begin(), all_.end(),
                        [&](const Piece& piece) { return !in_top(piece) && piece.box.y < foot + gap; });
  }
  void foot_of_screen() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const cv::Rect& box = all_[i].box;
      const bool low = box.y >= (1 - foot_band) * page_.height;
      const bool level = box.width > 0.2 * page_.width && box.height < 0.012 * page_.height;
      const bool central = std::abs(2 * all_[i].middle().x - page_.width) < 0.06 * page_.width;
      if (low && ((level && central) || crosses_page(all_[i]))) bars_[i] = true;
    }
  }

  const std::vector<Piece>& all_;
  cv::Size page_;
  std::vector<bool> bars_;
};

}  // namespace

std::vector<bool> find_screen_bars(const Pieces& pieces, cv::Size page) {
  return ScreenReader(pieces, page).run();
}

}  // namespace doodled::sight
