#include "core/reader/see/shade_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr double shortest = 2;                   // pens
constexpr double least_corner = 20, back = 120;  // degrees: what turns further goes there and back
constexpr double like_length =
    0.25;  // of two sides at a corner; the turn of a hand that goes back is shorter
constexpr std::size_t directions = 45;  // of half a turn
constexpr double parallel = 16;         // degrees
constexpr std::size_t least_pieces = 4;
constexpr int least_beside = 4;
constexpr int scans = 25;

double degrees_of(cv::Point2f way) {
  const double angle = std::atan2(way.y, way.x) * 180 / CV_PI;
  return angle < 0 ? angle + 180 : angle;
}

bool is_corner(const Path& rough, std::size_t i) {
  if (i == 0 || i + 1 == rough.size()) return false;
  const double off = std::abs(turn(rough[i - 1], rough[i], rough[i + 1]));
  const auto [less, more] = std::minmax({distance(rough[i - 1], rough[i]), distance(rough[i], rough[i + 1])});
  return off > least_corner && off < back && less > like_length * more;
}

cv::Point2f direction_of_most(const std::vector<ShadePiece>& pieces, const std::vector<bool>& free) {
  std::array<double, directions> lengths{};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!free[i]) continue;
    const double off = degrees_of(pieces[i].b - pieces[i].a) * directions / 180;
    lengths[static_cast<std::size_t>(off) % directions] += pieces[i].length;
  }
  constexpr int reach = static_cast<int>(parallel * directions / 180);
  double most = 0, best = 0;
  for (std::size_t d = 0; d < directions; ++d) {
    double sum = 0, mean = 0;
    for (int off = -reach; off <= reach; ++off) {
      const double weight =
          lengths[(d + directions + static_cast<std::size_t>(off + int(directions))) % directions];
      sum += weight, mean += weight * off;
    }
    if (sum > most) most = sum, best = double(d) + 0.5 + mean / sum;
  }
  const double angle = best * CV_PI / directions;
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

struct Range {
  double least = 1e9, most = -1e9;
  void add(double value) { least = std::min(least, value), most = std::max(most, value); }
  bool has(double value) const { return value >= least && value <= most; }
  double size() const { return std::max(0.0, most - least); }
};

// How a family lies along and across its direction.
class Lie {
 public:
  Lie(const std::vector<ShadePiece>& pieces, const ShadeFamily& family) {
    const cv::Point2f across(-family.along.y, family.along.x);
    for (const auto i : family.pieces) {
      Range run;
      for (const auto p : {pieces[i].a, pieces[i].b})
        run.add(p.dot(family.along)), across_.add(p.dot(across));
      along_.add(run.least), along_.add(run.most);
      runs_.push_back({run, ((pieces[i].a + pieces[i].b) * 0.5F).dot(across)});
    }
    for (int s = 0; s < scans; ++s) scan(along_.least + along_.size() * (s + 0.5) / scans);
  }
  double width() const { return across_.size(); }
  int beside() const { return beside_; }
  double step() const { return step_; }

 private:
  struct Run {
    Range along;
    double across;
  };
  void scan(double at) {
    int count = 0;
    Range met;
    for (const Run& run : runs_)
      if (run.along.has(at)) ++count, met.add(run.across);
    if (count > beside_) beside_ = count, step_ = met.size() / std::max(1, count - 1);
  }

  std::vector<Run> runs_;
  Range along_, across_;
  int beside_ = 0;
  double step_ = 0;
};

}  // namespace

std::vector<ShadePiece> shade_pieces(const Graph& graph, const std::vector<int>& edges, double pen) {
  std::vector<ShadePiece> pieces;
  for (const int e : edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    const Path rough = simplify(edge.points, std::max(1.5 * pen, 0.02 * edge.length));
    for (std::size_t i = 0; i + 1 < rough.size(); ++i) {
      const double length = distance(rough[i], rough[i + 1]);
      if (length > shortest * pen)
        pieces.push_back({e, rough[i], rough[i + 1], length, is_corner(rough, i) || is_corner(rough, i + 1)});
    }
  }
  return pieces;
}

std::optional<ShadeFamily> shade_family(const std::vector<ShadePiece>& pieces,
                                        const std::vector<bool>& free) {
  ShadeFamily family;
  family.along = direction_of_most(pieces, free);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const double off = angle_between(pieces[i].b - pieces[i].a, family.along);
    if (!free[i] || std::min(off, 180 - off) > parallel) continue;
    family.pieces.push_back(i);
    family.length += pieces[i].length;
  }
  if (family.pieces.size() < least_pieces) return std::nullopt;
  const Lie lie(pieces, family);
  family.step = lie.step(), family.width = lie.width();
  return lie.beside() < least_beside ? std::nullopt : std::optional(family);
}

}  // namespace doodled::sight
