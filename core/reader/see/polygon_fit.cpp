#include "core/reader/see/polygon_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/reader/see/memo.hpp"

namespace doodled::sight {
namespace {

constexpr int most_sides = 8;
constexpr int shortest_side = 3;  // points
constexpr double never = 1e300;

struct Sums {
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
};

struct Line {
  cv::Point2f at, along;
};

class PolygonFitter {
 public:
  explicit PolygonFitter(const Path& outline) : points_(outline), count_(static_cast<int>(outline.size())) {
    sums_.resize(2 * outline.size() + 1);
    const cv::Point2f centre = centre_of(outline);
    for (int i = 0; i < 2 * count_; ++i) {
      const cv::Point2f p = point(i) - centre;
      const Sums& s = sum(i);
      sum(i + 1) = {s.x + p.x, s.y + p.y, s.xx + double(p.x) * p.x, s.yy + double(p.y) * p.y,
                    s.xy + double(p.x) * p.y};
    }
    centre_ = centre;
  }

  std::vector<PolygonFit> run() {
    std::vector<PolygonFit> fits(most_sides + 1);
    for (auto& fit : fits) fit.error = std::numeric_limits<double>::infinity();
    for (const int start : starts()) improve(fits, start);
    return fits;
  }

 private:
  cv::Point2f point(int i) const { return points_[static_cast<std::size_t>(i % count_)]; }
  Sums& sum(int i) { return sums_[static_cast<std::size_t>(i)]; }
  const Sums& sum(int i) const { return sums_[static_cast<std::size_t>(i)]; }

  Sums run_sums(int from, int to, double& n) const {  // points from..to, both included
    const Sums &a = sum(from), &b = sum(to + 1);
    n = to - from + 1;
    return {b.x - a.x, b.y - a.y, b.xx - a.xx, b.yy - a.yy, b.xy - a.xy};
  }
  // Sum of squared distances from the best line: the smaller eigenvalue of the scatter.
  double cost(int from, int to) const {
    double n = 0;
    const Sums s = run_sums(from, to, n);
    const double xx = s.xx - s.x * s.x / n, yy = s.yy - s.y * s.y / n, xy = s.xy - s.x * s.y / n;
    return std::max(0.0, (xx + yy - std::sqrt((xx - yy) * (xx - yy) + 4 * xy * xy)) / 2);
  }
  Line line(int from, int to) const {
    double n = 0;
    const Sums s = run_sums(from, to, n);
    const double xx = s.xx - s.x * s.x / n, yy = s.yy - s.y * s.y / n, xy = s.xy - s.x * s.y / n;
    const double angle = std::atan2(2 * xy, xx - yy) / 2;
    return {centre_ + cv::Point2f(static_cast<float>(s.x / n), static_cast<float>(s.y / n)),
            {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))}};
  }

  // Corners lie far from the centre; any of them will do as the place to begin.
  std::vector<int> starts() const {
    std::vector<int> peaks;
    const auto radius = [&](int i) { return distance(point(i + count_), centre_); };
    for (int i = 0; i < count_; ++i)
      if (radius(i) >= radius(i - 1) && radius(i) > radius(i + 1)) peaks.push_back(i);
    std::stable_sort(peaks.begin(), peaks.end(), [&](int a, int b) { return radius(a) > radius(b); });
    if (peaks.size() > 3) peaks.resize(3);
    if (peaks.empty()) peaks.push_back(0);
    return peaks;
  }

  // What sides that lead up to a point cost at least, and where the last of them begins, by their number.
  struct Ways {
    std::array<double, most_sides + 1> cost;
    std::array<int, most_sides + 1> begin{};
    Ways() { cost.fill(never); }
  };

  void improve(std::vector<PolygonFit>& fits, int start) {
    std::vector<Ways> ways(std::size_t(count_) + 1);
    for (int end = shortest_side; end <= count_; ++end) {
      ways[std::size_t(end)].cost[1] = cost(start, start + end - 1);
      add_last_sides(ways, start, end);
    }
    for (int k = 3; k <= most_sides; ++k) {
      const double error = std::sqrt(ways.back().cost[std::size_t(k)] / count_);
      PolygonFit& fit = fits[std::size_t(k)];
      if (error < fit.error) fit = {error, corners(ways, k, start)};
    }
  }
  // Two sides and more that lead up to `end`, by where the last one begins, the shortest first. A longer one
  // costs more: where it alone costs more than all sides found so far it is no use to go on, with the most
  // sides soonest. Of equals the longest is taken.
  void add_last_sides(std::vector<Ways>& ways, int start, int end) const {
    Ways& here = ways[std::size_t(end)];
    std::size_t most = most_sides;
    for (int begin = end - shortest_side; begin >= shortest_side && most >= 2; --begin) {
      const double side = cost(start + begin, start + end - 1);
      while (most >= 2 && side > here.cost[most]) --most;
      const Ways& before = ways[std::size_t(begin)];
      const std::size_t room = std::min(most, std::size_t(begin / shortest_side) + 1);
      for (std::size_t k = 2; k <= room; ++k)
        if (const double sum = before.cost[k - 1] + side; sum <= here.cost[k])
          here.cost[k] = sum, here.begin[k] = begin;
    }
  }

  Path corners(const std::vector<Ways>& ways, int k, int start) const {
    std::vector<Line> lines;
    std::vector<int> begins;
    for (int end = count_; k > 0; --k) {
      const int begin = ways[std::size_t(end)].begin[std::size_t(k)];
      lines.push_back(line(start + begin, start + end - 1));
      begins.push_back(start + begin);
      end = begin;
    }
    std::reverse(lines.begin(), lines.end());
    std::reverse(begins.begin(), begins.end());
    Path result;
    for (std::size_t i = 0; i < lines.size(); ++i)
      result.push_back(meet(lines[(i + lines.size() - 1) % lines.size()], lines[i], point(begins[i])));
    return result;
  }
  // Sides that are nearly parallel meet nowhere near: the outline's own point is the corner then.
  static cv::Point2f meet(const Line& a, const Line& b, cv::Point2f fallback) {
    const double det = double(a.along.x) * b.along.y - double(a.along.y) * b.along.x;
    if (std::abs(det) < 0.15) return fallback;
    const cv::Point2f d = b.at - a.at;
    const double t = (double(d.x) * b.along.y - double(d.y) * b.along.x) / det;
    return a.at + a.along * static_cast<float>(t);
  }

  const Path& points_;
  int count_;
  cv::Point2f centre_;
  std::vector<Sums> sums_;
};

}  // namespace

std::vector<PolygonFit> fit_polygons(const Path& outline) {
  thread_local Memo<std::vector<PolygonFit>> memo;
  return memo.of(outline, [&] { return PolygonFitter(outline).run(); });
}

}  // namespace doodled::sight
