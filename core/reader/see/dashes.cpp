#include "core/reader/see/dashes.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace doodled::sight {
namespace {

constexpr std::size_t fewest = 5;
constexpr double shortest = 0.4, longest = 25;  // pens, without the caps that thinning takes
constexpr double alike = 3;                     // longer over shorter neighbour
constexpr double caps = 2;                      // pens that thinning takes of two ends, which widens the gap
constexpr double most_turn = 90;                // degrees, to and from the way across a gap together,
constexpr double most_aside = 65;               // and one of them
constexpr int none = -1;
constexpr double endless = 1e30;

// The end of a dash: 2 * dash, + 1 for its last point.
struct End {
  cv::Point2f at, way;  // out of the dash
  double length = 0;    // of the dash
};

class DashJoiner {
 public:
  DashJoiner(Graph& graph, double pen) : graph_(graph), pen_(pen) {
    for (std::size_t e = 0; e < graph.edges.size(); ++e)
      if (is_dash(graph.edges[e])) add(static_cast<int>(e));
    for (std::size_t i = 0; i < ends_.size(); ++i) nearest_.push_back(nearest(i));
  }

  void run() {
    std::vector<bool> used(dashes_.size(), false);
    for (std::size_t d = 0; d < dashes_.size(); ++d)
      for (const std::size_t start : {2 * d, 2 * d + 1})
        if (!used[d] && next(start) == none) {
          const auto row = row_from(start);
          for (const std::size_t enter : row) used[enter / 2] = true;
          if (row.size() >= fewest && is_free(row)) join(row);
        }
  }

 private:
  Edge& edge(std::size_t dash) { return graph_.edges[static_cast<std::size_t>(dashes_[dash])]; }
  bool is_dash(const Edge& edge) const {
    const auto loose = [&](int node) { return graph_.nodes[static_cast<std::size_t>(node)].degree() == 1; };
    return !edge.gone && loose(edge.a) && loose(edge.b) && edge.length > shortest * pen_ &&
           edge.length < longest * pen_;
  }
  void add(int e) {
    dashes_.push_back(e);
    const Edge& dash = graph_.edges[static_cast<std::size_t>(e)];
    const cv::Point2f first = dash.points.front(), last = dash.points.back();
    const cv::Point2f middle = dash.points[dash.points.size() / 2];
    ends_.push_back({first, unit(first - middle), dash.length});
    ends_.push_back({last, unit(last - middle), dash.length});
  }
  // Between two ends that may follow each other, more where the way turns; endless for others.
  double apart(const End& a, const End& b) const {
    const auto [shorter, longer] = std::minmax(a.length, b.length);
    const cv::Point2f across = b.at - a.at;
    const double most = longer + caps * pen_;
    if (std::abs(across.x) > most || std::abs(across.y) > most || longer > alike * shorter) return endless;
    const double gap = distance(a.at, b.at);
    if (gap > most) return endless;
    const double out = angle_between(a.way, across), in = angle_between(b.way, -across);
    return out + in > most_turn || std::max(out, in) > most_aside ? endless : gap * (1 + (out + in) / 90);
  }
  int nearest(std::size_t i) const {
    int best = none;
    double least = endless;
    for (std::size_t j = 0; j < ends_.size(); ++j) {
      const double gap = j / 2 == i / 2 ? endless : apart(ends_[i], ends_[j]);
      if (gap < least) least = gap, best = static_cast<int>(j);
    }
    return best;
  }
  // The end across the gap, where each of the two is the other's nearest.
  int next(std::size_t end) const {
    const int there = nearest_[end];
    return there != none && nearest_[static_cast<std::size_t>(there)] == static_cast<int>(end) ? there : none;
  }
  // The ends at which the dashes of a row are entered, from the loose end of the first.
  std::vector<std::size_t> row_from(std::size_t start) const {
    std::vector<std::size_t> row{start};
    for (int there = next(start ^ 1); there != none; there = next(row.back() ^ 1))
      row.push_back(static_cast<std::size_t>(there));
    return row;
  }
  // Nothing is drawn between its dashes: lines from figure to figure are no row.
  bool is_free(const std::vector<std::size_t>& row) const {
    for (std::size_t i = 1; i < row.size(); ++i) {
      const cv::Point2f from = ends_[row[i - 1] ^ 1].at, to = ends_[row[i]].at;
      for (const Edge& edge : graph_.edges)
        if (!edge.gone &&
            std::ranges::any_of(edge.points, [&](cv::Point2f p) { return lies_between(p, from, to); }))
          return false;
    }
    return true;
  }
  bool lies_between(cv::Point2f p, cv::Point2f from, cv::Point2f to) const {
    return segment_distance(p, from, to) < pen_ && std::min(distance(p, from), distance(p, to)) > caps * pen_;
  }
  void join(const std::vector<std::size_t>& row) {
    Path points;
    for (const std::size_t enter : row) {
      Edge& dash = edge(enter / 2);
      if (enter % 2 == 0)
        points.insert(points.end(), dash.points.begin(), dash.points.end());
      else
        points.insert(points.end(), dash.points.rbegin(), dash.points.rend());
      dash.gone = true;
      for (const int node : {dash.a, dash.b}) graph_.nodes[static_cast<std::size_t>(node)].edges.clear();
    }
    const int index = static_cast<int>(graph_.edges.size());
    const auto end_of = [&](std::size_t end) { return end % 2 == 0 ? edge(end / 2).a : edge(end / 2).b; };
    Edge whole{end_of(row.front()), end_of(row.back() ^ 1), std::move(points), 0, false, true};
    whole.length = length_of(whole.points);
    for (const int node : {whole.a, whole.b}) graph_.nodes[static_cast<std::size_t>(node)].edges = {index};
    graph_.edges.push_back(std::move(whole));
  }

  Graph& graph_;
  double pen_;
  std::vector<int> dashes_;  // edges
  std::vector<End> ends_;
  std::vector<int> nearest_;
};

}  // namespace

void join_dashes(Graph& graph, double pen) { DashJoiner(graph, pen).run(); }

}  // namespace doodled::sight
