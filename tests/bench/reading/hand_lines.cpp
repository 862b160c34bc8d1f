#include "tests/bench/reading/hand_lines.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::bench {

Line dense(const Line& corners) {
  Line line;
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
    const cv::Point2d way = corners[i + 1] - corners[i];
    const int steps = std::max(1, cvRound(std::hypot(way.x, way.y) / fine));
    for (int k = 0; k < steps; ++k) line.push_back(corners[i] + way * (double(k) / steps));
  }
  line.push_back(corners.back());
  return line;
}

Line rounded(const Line& line, double radius) {
  const int reach = cvRound(radius / fine), count = static_cast<int>(line.size());
  Line result;
  for (int i = 0; i < count; ++i) {
    const int r = std::min({reach, i, count - 1 - i});
    cv::Point2d sum;
    for (int k = i - r; k <= i + r; ++k) sum += line[static_cast<std::size_t>(k)];
    result.push_back(sum * (1.0 / (2 * r + 1)));
  }
  return result;
}

cv::Point2d polar(double radius, double angle) {
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace doodled::bench
