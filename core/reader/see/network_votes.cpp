#include "core/reader/see/network_votes.hpp"

#include <array>
#include <cmath>

#include "core/reader/see/memo.hpp"
#include "core/reader/see/stamp.hpp"

namespace doodled {

namespace embedded {
extern const std::string_view shape_network;
}

namespace sight {
namespace {

using Votes = std::vector<double>;

constexpr std::array turns{-6.0, -2.0, 2.0, 6.0};  // degrees

// Of the points, which are pixels, every third one and the last: they are drawn in a third of the time.
std::vector<Path> turned(const std::vector<Path>& lines, double degrees) {
  constexpr std::size_t stride = 3;
  const auto c = static_cast<float>(std::cos(degrees * CV_PI / 180)),
             s = static_cast<float>(std::sin(degrees * CV_PI / 180));
  std::vector<Path> result;
  for (const Path& line : lines) {
    Path& path = result.emplace_back();
    const auto add = [&](cv::Point2f p) { path.emplace_back(c * p.x - s * p.y, s * p.x + c * p.y); };
    for (std::size_t i = 0; i + 1 < line.size(); i += stride) add(line[i]);
    if (!line.empty()) add(line.back());
  }
  return result;
}

Votes mean_of_turns(const std::vector<Path>& lines) {
  Votes mean(shape_network().kinds().size(), 0);
  for (const double turn : turns) {
    const Votes votes = shape_network().vote(stamp_of(turned(lines, turn)));
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += votes[k] / turns.size();
  }
  return mean;
}

// All lines as one path; where each ends is told by its number of points.
Path joined(const std::vector<Path>& lines) {
  Path all;
  for (const Path& line : lines) {
    all.insert(all.end(), line.begin(), line.end());
    all.emplace_back(static_cast<float>(line.size()), 0.F);
  }
  return all;
}

}  // namespace

const Network& shape_network() {
  static const Network network = Network::parse(embedded::shape_network);
  return network;
}

Votes network_votes(const std::vector<Path>& lines) {
  thread_local Memo<Votes> memo;
  return memo.of(joined(lines), [&] { return shape_network().vote(stamp_of(lines)); });
}

Votes network_votes_turned(const std::vector<Path>& lines) {
  thread_local Memo<Votes> memo;
  return memo.of(joined(lines), [&] { return mean_of_turns(lines); });
}

}  // namespace sight
}  // namespace doodled
