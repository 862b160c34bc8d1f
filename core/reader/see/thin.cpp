#include "core/reader/see/thin.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/changes.hpp"
#include "core/reader/see/pixels.hpp"

namespace doodled::sight {
namespace {

// Neighbours clockwise from north, as bits 0..7 of a code.
struct Rules {
  std::array<bool, 256> first{}, second{};
};

int bit(int code, int i) { return (code >> i) & 1; }

bool may_go(int code, bool second) {
  int count = 0, rises = 0;
  for (int i = 0; i < 8; ++i) {
    count += bit(code, i);
    rises += !bit(code, i) && bit(code, (i + 1) % 8);
  }
  const int north = bit(code, 0), east = bit(code, 2), south = bit(code, 4), west = bit(code, 6);
  const bool side = second ? !(north && east && west) && !(north && south && west)
                           : !(north && east && south) && !(east && south && west);
  return count >= 2 && count <= 6 && rises == 1 && side;
}

Rules make_rules() {
  Rules rules;
  for (int code = 0; code < 256; ++code) {
    rules.first[static_cast<std::size_t>(code)] = may_go(code, false);
    rules.second[static_cast<std::size_t>(code)] = may_go(code, true);
  }
  return rules;
}

class Thinning {
 public:
  explicit Thinning(const cv::Mat& mask) {
    cv::copyMakeBorder(mask, image_, 1, 1, 1, 1, cv::BORDER_CONSTANT | cv::BORDER_ISOLATED, cv::Scalar(0));
    const int step = static_cast<int>(image_.step);
    around_ = {-step, -step + 1, 1, step + 1, step, step - 1, -1, -step - 1};
    codes_.assign(image_.total(), 0);
    collect_border();
  }

  Thinned run() {
    static const Rules rules = make_rules();
    int passes = 0;
    for (bool changed = true; changed; passes += 2) {
      changed = pass(rules.first);
      changed = pass(rules.second) || changed;
    }
    return {image_(cv::Rect(1, 1, image_.cols - 2, image_.rows - 2)) != 0, passes};
  }

 private:
  void collect_border() {
    for_each_set(image_, [this](int x, int y) {
      const auto* at = image_.ptr<uchar>(y) + x;
      if (!(at[-1] && at[1] && at[-image_.cols] && at[image_.cols])) enqueue(y * image_.cols + x);
    });
  }
  void enqueue(int at) {
    image_.data[at] = queued;
    codes_[static_cast<std::size_t>(at)] = code(image_.data + at);
    border_.push_back(at);
  }
  uchar code(const uchar* pixel) const {
    const auto* above = pixel - image_.cols;
    const auto* below = pixel + image_.cols;
    return static_cast<uchar>((above[0] != 0) | (above[1] != 0) << 1 | (pixel[1] != 0) << 2 |
                              (below[1] != 0) << 3 | (below[0] != 0) << 4 | (below[-1] != 0) << 5 |
                              (pixel[-1] != 0) << 6 | (above[-1] != 0) << 7);
  }
  // Its neighbours see it no more.
  void erase(int at) {
    image_.data[at] = 0;
    for (std::size_t i = 0; i < around_.size(); ++i)
      codes_[static_cast<std::size_t>(at + around_[i])] &= static_cast<uchar>(~(1 << (i + 4) % 8));
  }
  // Deletes what the rule allows, all at once, and queues the pixels that lie open then.
  bool pass(const std::array<bool, 256>& rule) {
    going_.clear();
    std::size_t kept = 0;
    for (const int at : border_)
      if (rule[codes_[static_cast<std::size_t>(at)]])
        going_.push_back(at);
      else
        border_[kept++] = at;
    border_.resize(kept);
    for (const int at : going_) erase(at);
    for (const int at : going_)
      for (const int offset : around_)
        if (image_.data[at + offset] == ink) enqueue(at + offset);
    return !going_.empty();
  }

  static constexpr uchar ink = 255, queued = 1;

  cv::Mat image_;  // ink, what of it is in the border's queue, and paper: 0
  std::array<int, 8> around_{};
  std::vector<uchar> codes_;  // the neighbours of each pixel that is queued
  std::vector<int> border_, going_;
};

}  // namespace

cv::Mat thin(const cv::Mat& mask) {
  CV_Assert(mask.type() == CV_8U);
  return Thinning(mask).run().lines;
}

// A pass looks at a pixel's neighbours. So in as many passes as it takes, a change reaches so many pixels,
// and what a window's edge cuts off is missed no further from there. All is done when the last two passes did
// nothing, within reach of the change as well as beyond it.
Thinned thin_changed(const cv::Mat& mask, const cv::Rect& changed, Thinned before) {
  for (int reach = std::max(before.passes, 2);;) {
    const cv::Rect inner = grown(changed, reach, mask.size()), outer = grown(changed, 2 * reach, mask.size());
    const Thinned thinned = Thinning(mask(outer)).run();
    if (thinned.passes > reach) {
      reach = thinned.passes;
      continue;
    }
    thinned.lines(inner - outer.tl()).copyTo(before.lines(inner));
    before.passes = reach;
    return before;
  }
}

// Where most has changed all is thinned at once, as how far changes reach is then found out twice.
const cv::Mat& Thinner::lines_of(const cv::Mat& mask) {
  const cv::Rect whole({}, mask.size());
  const cv::Rect changed = mask.size() == before_.size() ? difference(mask, before_) : whole;
  if (changed.empty()) return thinned_.lines;
  const bool anew = 2 * changed.area() > whole.area();
  thinned_ = anew ? Thinning(mask).run() : thin_changed(mask, changed, thinned_);
  if (anew)
    before_ = mask.clone();
  else
    mask(changed).copyTo(before_(changed));
  return thinned_.lines;
}

}  // namespace doodled::sight
