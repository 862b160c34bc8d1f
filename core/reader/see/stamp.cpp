#include "core/reader/see/stamp.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr int fine = 4;  // drawn so many times as large
constexpr int rim = 2;   // pixels of the stamp
constexpr int pen = 6;   // fine pixels
constexpr int bits = 4;  // of a fine pixel's fraction

constexpr float step = 0.5F;        // pixels of the stamp, between points whose direction is asked
constexpr std::size_t reach = 3;    // steps to either side that give it
constexpr float point_level = 153;  // of a point: those of a line on its own fill its pixels
constexpr float highest_level = 255;

cv::Rect2f box_around(const std::vector<Path>& lines) {
  Path all;
  for (const Path& line : lines) all.insert(all.end(), line.begin(), line.end());
  return bounds_of(all);
}

// In pixels of the stamp.
std::vector<Path> fitted(std::vector<Path> lines) {
  const cv::Rect2f box = box_around(lines);
  const float room = stamp_side - 2 * rim - float(pen) / fine,
              scale = room / std::max({box.width, box.height, 1e-3F});
  const cv::Point2f middle(box.x + box.width / 2, box.y + box.height / 2),
      centre(stamp_side / 2.F, stamp_side / 2.F);
  for (Path& line : lines)
    for (auto& p : line) p = (p - middle) * scale + centre;
  return lines;
}

cv::Mat drawn(const std::vector<Path>& lines) {
  constexpr int side = stamp_side * fine;
  cv::Mat large(side, side, CV_8U, cv::Scalar(0));
  std::vector<cv::Point> points;
  for (const Path& line : lines) {
    points.clear();
    for (const auto& p : line)
      points.emplace_back(cvRound(p.x * float(fine << bits)), cvRound(p.y * float(fine << bits)));
    cv::polylines(large, points, false, cv::Scalar(255), pen, cv::LINE_8, bits);
  }
  return large;
}

void add_ink(const cv::Mat& large, Stamp& stamp) {
  for (int y = 0; y < stamp_side; ++y) {
    std::array<int, stamp_side> ink{};
    for (int row = 0; row < fine; ++row) {
      const std::uint8_t* pixels = large.ptr<std::uint8_t>(y * fine + row);
      for (int x = 0; x < stamp_side * fine; ++x) ink[std::size_t(x / fine)] += pixels[x];
    }
    for (std::size_t x = 0; x < stamp_side; ++x)
      stamp[(std::size_t(y) * stamp_side + x) * stamp_planes] =
          static_cast<std::uint8_t>(ink[x] / (fine * fine));
  }
}

using Directions = std::array<float, stamp_planes - 1>;

// Which way a line runs, either way round: half of the angle's circle is shared by neighbours.
Directions directions_of(cv::Point2f way) {
  const float square = way.dot(way);
  if (square <= 0) return {};
  const float level = (way.x * way.x - way.y * way.y) / square, falling = 2 * way.x * way.y / square;
  return {std::max(level, 0.F), std::max(-level, 0.F), std::max(falling, 0.F), std::max(-falling, 0.F)};
}

// Shares a point's directions among the four pixels around it.
void spread(cv::Point2f p, const Directions& directions, std::vector<float>& levels) {
  const int left = cvFloor(p.x - 0.5F), top = cvFloor(p.y - 0.5F);
  const float across = p.x - 0.5F - float(left), down = p.y - 0.5F - float(top);
  for (int corner = 0; corner < 4; ++corner) {
    const int x = left + corner % 2, y = top + corner / 2;
    const float share = (corner % 2 ? across : 1 - across) * (corner / 2 ? down : 1 - down);
    float* level = levels.data() + (y * stamp_side + x) * int(directions.size());
    for (const float direction : directions) *level++ += point_level * share * direction;
  }
}

void add_directions(const std::vector<Path>& lines, Stamp& stamp) {
  std::vector<float> levels(std::size_t{stamp_side} * stamp_side * (stamp_planes - 1), 0);
  for (const Path& line : lines) {
    const Path even = resample(line, std::max(2, int(float(length_of(line)) / step)));
    for (std::size_t i = 0; i < even.size(); ++i)
      spread(even[i],
             directions_of(even[std::min(i + reach, even.size() - 1)] - even[i - std::min(i, reach)]),
             levels);
  }
  const float* level = levels.data();
  for (std::size_t i = 0; i < stamp.size(); ++i)
    if (i % stamp_planes > 0) stamp[i] = static_cast<std::uint8_t>(std::min(*level++, highest_level));
}

}  // namespace

std::vector<Path> lines_of(const Graph& graph, const Group& group) {
  std::vector<Path> lines;
  for (const auto& edges : group.parts)
    for (const int e : edges) lines.push_back(graph.edges[std::size_t(e)].points);
  return lines;
}

Stamp stamp_of(const std::vector<Path>& lines) {
  const auto small = fitted(lines);
  Stamp stamp{};
  add_ink(drawn(small), stamp);
  add_directions(small, stamp);
  return stamp;
}

}  // namespace doodled::sight
