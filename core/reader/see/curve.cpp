#include "core/reader/see/curve.hpp"

#include <algorithm>

namespace doodled::sight {
namespace {

constexpr double flattest = 0.04;  // height over width

// The points of the line that lie further right than all before them, with the crossing into new ground.
Path forward_part(const Path& line) {
  Path forward{line.front()};
  for (std::size_t i = 1; i < line.size(); ++i) {
    const cv::Point2f before = line[i - 1], now = line[i];
    const float reached = forward.back().x;
    if (now.x <= reached) continue;
    if (before.x < reached) {
      const float part = (reached - before.x) / (now.x - before.x);
      forward.push_back({reached, before.y + (now.y - before.y) * part});
    }
    forward.push_back(now);
  }
  return forward;
}

double height_at(const Path& forward, float x, std::size_t& from) {
  while (from + 1 < forward.size() && forward[from].x < x) ++from;
  if (from == 0) return forward.front().y;
  const cv::Point2f a = forward[from - 1], b = forward[from];
  return b.x > a.x ? a.y + (b.y - a.y) * std::clamp((x - a.x) / (b.x - a.x), 0.F, 1.F) : b.y;
}

}  // namespace

std::vector<double> sample_line(const Path& line, int count) {
  if (line.size() < 2) return {};
  const Path forward =
      forward_part(line.front().x <= line.back().x ? line : Path(line.rbegin(), line.rend()));
  const cv::Rect2f box = bounds_of(forward);
  if (box.width < 1) return {};
  const double middle = box.y + box.height / 2;
  const double half = std::max<double>(box.height, flattest * box.width) / 2;
  std::vector<double> samples;
  std::size_t from = 0;
  for (int i = 0; i < count; ++i) {
    const float x = box.x + box.width * static_cast<float>(i) / static_cast<float>(count - 1);
    samples.push_back(std::clamp((middle - height_at(forward, x, from)) / half, -1.0, 1.0));
  }
  return samples;
}

}  // namespace doodled::sight
