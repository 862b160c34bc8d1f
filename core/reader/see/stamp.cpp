#include "core/reader/see/stamp.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr int fine = 4;  // drawn so many times as large
constexpr int rim = 2;   // pixels of the stamp
constexpr int pen = 6;   // fine pixels
constexpr int bits = 4;  // of a fine pixel's fraction

cv::Rect2f box_around(const std::vector<Path>& lines) {
  Path all;
  for (const Path& line : lines) all.insert(all.end(), line.begin(), line.end());
  return bounds_of(all);
}

cv::Mat drawn(const std::vector<Path>& lines) {
  constexpr int side = stamp_side * fine;
  const cv::Rect2f box = box_around(lines);
  const float scale = (side - 2 * rim * fine - pen) / std::max({box.width, box.height, 1e-3F});
  const cv::Point2f middle(box.x + box.width / 2, box.y + box.height / 2);
  cv::Mat large(side, side, CV_8U, cv::Scalar(0));
  std::vector<cv::Point> points;
  for (const Path& line : lines) {
    points.clear();
    for (const auto& p : line)
      points.emplace_back(cvRound(((p.x - middle.x) * scale + side / 2.F) * (1 << bits)),
                          cvRound(((p.y - middle.y) * scale + side / 2.F) * (1 << bits)));
    cv::polylines(large, points, false, cv::Scalar(255), pen, cv::LINE_8, bits);
  }
  return large;
}

}  // namespace

std::vector<Path> lines_of(const Graph& graph, const Group& group) {
  std::vector<Path> lines;
  for (const auto& edges : group.parts)
    for (const int e : edges) lines.push_back(graph.edges[std::size_t(e)].points);
  return lines;
}

Stamp stamp_of(const std::vector<Path>& lines) {
  const cv::Mat large = drawn(lines);
  Stamp stamp{};
  for (int y = 0; y < stamp_side; ++y) {
    std::array<int, stamp_side> ink{};
    for (int row = 0; row < fine; ++row) {
      const std::uint8_t* pixels = large.ptr<std::uint8_t>(y * fine + row);
      for (int x = 0; x < stamp_side * fine; ++x) ink[std::size_t(x / fine)] += pixels[x];
    }
    for (std::size_t x = 0; x < stamp_side; ++x)
      stamp[std::size_t(y) * stamp_side + x] = static_cast<std::uint8_t>(ink[x] / (fine * fine));
  }
  return stamp;
}

}  // namespace doodled::sight
