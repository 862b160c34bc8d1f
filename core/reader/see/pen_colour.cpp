#include "core/reader/see/pen_colour.hpp"

#include <algorithm>
#include <vector>

namespace doodled::sight {
namespace {

constexpr int places = 24;  // of a line that are looked at,
constexpr int most = 10;    // and pixels of each a side, evenly spread

struct Spot {
  cv::Vec3d paper, taken;  // of the paper's light, all over the spot
  cv::Vec3d darkest;       // pixel
  int bare = 0, inked = 0, pixels = 0;
};

Spot look_at(const cv::Mat& rgb, const Ink& ink, const cv::Rect& where) {
  Spot spot;
  cv::Vec3d bare, all;
  int deepest = -1;
  const int step = (std::max(where.width, where.height) + most - 1) / most;
  for (int y = where.y; y < where.br().y; y += step) {
    const auto* pixel = rgb.ptr<cv::Vec3b>(y);
    const auto *dark = ink.darkness.ptr<uchar>(y), *drawn = ink.mask.ptr<uchar>(y);
    for (int x = where.x; x < where.br().x; x += step) {
      all += pixel[x], spot.inked += drawn[x] != 0, ++spot.pixels;
      if (dark[x] <= ink.faintest) bare += pixel[x], ++spot.bare;
      if (dark[x] > deepest) deepest = dark[x], spot.darkest = pixel[x];
    }
  }
  if (spot.bare == 0) return spot;
  spot.paper = bare / spot.bare;
  for (int c = 0; c < 3; ++c) spot.taken[c] = 1 - all[c] / spot.pixels / std::max(1.0, spot.paper[c]);
  return spot;
}

// Of the channel that the pen takes most of: how much of the paper's light is gone where it is darkest.
double depth_of(const Spot& spot) {
  double depth = 0;
  for (int c = 0; c < 3; ++c) depth = std::max(depth, 1 - spot.darkest[c] / std::max(1.0, spot.paper[c]));
  return depth;
}

// Where no paper shows, and on a board, it is as it was seen.
cv::Vec3d colour_of(const Spot& spot, bool inverted) {
  const double deepest = std::max({spot.taken[0], spot.taken[1], spot.taken[2]});
  if (inverted || spot.bare == 0 || deepest <= 0) return spot.darkest;
  return cv::Vec3d::all(255) - spot.taken / deepest * (depth_of(spot) * 255);
}

int median_of(std::vector<double>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return cv::saturate_cast<uchar>(*middle);
}

}  // namespace

std::array<int, 3> pen_colour(const cv::Mat& rgb, const Ink& ink, const Path& line, bool closed) {
  const int reach = std::max(3, cvRound(1.5 * ink.pen));
  std::array<std::vector<double>, 3> seen;
  for (const auto& p : line.size() > 1 ? resample(line, places, closed) : line) {
    const cv::Rect around(cvRound(p.x) - reach, cvRound(p.y) - reach, 2 * reach + 1, 2 * reach + 1);
    const cv::Rect where = around & cv::Rect(0, 0, rgb.cols, rgb.rows);
    if (where.empty()) continue;
    const Spot spot = look_at(rgb, ink, where);
    if (spot.inked == 0) continue;
    const cv::Vec3d colour = colour_of(spot, ink.inverted);
    for (std::size_t c = 0; c < 3; ++c) seen[c].push_back(colour[static_cast<int>(c)]);
  }
  return {median_of(seen[0]), median_of(seen[1]), median_of(seen[2])};
}

}  // namespace doodled::sight
