#include "core/reader/see/dashes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/reader/see/spot_ends.hpp"
#include "core/reader/see/stroke_pieces.hpp"

namespace doodled::sight {
namespace {

constexpr std::size_t fewest = 5;
constexpr double shortest = 0.4, longest = 25;  // pens, without the caps that thinning takes;
constexpr double stumpy = 0.1;                  // and so short may half of a row be
constexpr double alike = 3;                     // longer over shorter neighbour, with their caps,
constexpr double caps = 2;                      // pens that two ends' caps take, which widens the gap,
constexpr double widest = 1.3;                  // and so many times the longer dash with its caps is a gap
constexpr double led_on = 3;                    // pens: lines as long were led on to the ends of the ink
constexpr double most_turn = 90;                // degrees, to and from the way across a gap together,
constexpr double most_aside = 65;               // and one of them,
constexpr double most_aside_to_stop = 30;       // or one where the row ends on a line
constexpr int none = -1;
constexpr double endless = 1e30;

// The end of a dash: 2 * dash, + 1 for its last point. Behind those, the loose ends of lines that are held at
// their other end: a row may stop there, at a dash that touches what the row leads to.
struct End {
  cv::Point2f at, way;  // out of the dash
  double length = 0;    // of the dash, endless of a stop
  int node = none;
};

class DashJoiner {
 public:
  DashJoiner(Graph& graph, const cv::Mat& ink, double pen) : graph_(graph), ink_(ink), pen_(pen) {
    for (std::size_t e = 0; e < graph.edges.size(); ++e)
      if (is_dash(graph.edges[e])) add(static_cast<int>(e));
    if (dashes_.size() < fewest) return;
    for (const Edge& edge : graph.edges) add_stops(edge);
    for (std::size_t i = 0; i < ends_.size(); ++i) nearest_.push_back(nearest(i));
  }

  void run() {
    if (dashes_.size() < fewest) return;
    std::vector<bool> used(dashes_.size(), false);
    for (std::size_t d = 0; d < dashes_.size(); ++d)
      for (const std::size_t start : {2 * d, 2 * d + 1})
        if (!used[d] && !is_dash_end(next(start))) {
          const auto row = row_from(start);
          for (const std::size_t enter : row) used[enter / 2] = true;
          if (is_row(row) && is_free(row)) join(row);
        }
  }

 private:
  const Edge& edge(std::size_t dash) const { return graph_.edges[static_cast<std::size_t>(dashes_[dash])]; }
  Edge& edge(std::size_t dash) { return graph_.edges[static_cast<std::size_t>(dashes_[dash])]; }
  bool is_loose(int node) const { return graph_.nodes[static_cast<std::size_t>(node)].degree() == 1; }
  bool is_dash(const Edge& edge) const {
    return !edge.gone && is_loose(edge.a) && is_loose(edge.b) && edge.length > stumpy * pen_ &&
           edge.length < longest * pen_;
  }
  void add(int e) {
    dashes_.push_back(e);
    const Edge& dash = graph_.edges[static_cast<std::size_t>(e)];
    const auto [first, last] = ends_of(dash);
    const cv::Point2f middle = dash.points[dash.points.size() / 2];
    const double length = std::max(dash.length, distance(first, last));
    ends_.push_back({first, unit(first - middle), length, dash.a});
    ends_.push_back({last, unit(last - middle), length, dash.b});
  }
  // Longer lines were led on to where the ink ends before.
  std::array<cv::Point2f, 2> ends_of(const Edge& dash) const {
    const std::array drawn{dash.points.front(), dash.points.back()};
    if (dash.length >= led_on * pen_) return drawn;
    const cv::Point within = dash.points[dash.points.size() / 2];
    auto ends = ends_of_spot(ink_, within, pen_, (led_on + caps) * pen_);
    if (!ends || distance((*ends)[0], (*ends)[1]) < dash.length) return drawn;
    if ((drawn[1] - drawn[0]).dot((*ends)[1] - (*ends)[0]) < 0) std::swap((*ends)[0], (*ends)[1]);
    return *ends;
  }
  void add_stops(const Edge& edge) {
    if (edge.gone || is_loose(edge.a) == is_loose(edge.b)) return;
    const bool at_end = is_loose(edge.b);
    const cv::Point2f way = -away(edge.points, at_end, 4 * pen_);
    ends_.push_back(
        {at_end ? edge.points.back() : edge.points.front(), way, endless, at_end ? edge.b : edge.a});
  }
  bool is_dash_end(int end) const {
    return end != none && static_cast<std::size_t>(end) < 2 * dashes_.size();
  }
  // Between two ends that may follow each other, more where the way turns; endless for others.
  double apart(const End& a, const End& b) const {
    const auto [shorter, longer] = std::minmax(a.length, b.length);
    const bool stop = longer == endless;
    const double most = widest * ((stop ? shorter : longer) + pen_) + pen_;
    const cv::Point2f across = b.at - a.at;
    if (std::abs(across.x) > most || std::abs(across.y) > most ||
        (!stop && longer + pen_ > alike * (shorter + pen_)))
      return endless;
    const double gap = distance(a.at, b.at);
    if (gap > most) return endless;
    const double out = angle_between(a.way, across), in = angle_between(b.way, -across);
    const double aside = stop ? most_aside_to_stop : most_aside;
    return out + in > most_turn || std::max(out, in) > aside ? endless : gap * (1 + (out + in) / 90);
  }
  int nearest(std::size_t i) const {
    int best = none;
    double least = endless;
    for (std::size_t j = 0; j < ends_.size(); ++j) {
      const bool self = j / 2 == i / 2 || std::min(i, j) >= 2 * dashes_.size();
      const double gap = self ? endless : apart(ends_[i], ends_[j]);
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
    for (int there = next(start ^ 1); is_dash_end(there); there = next(row.back() ^ 1))
      row.push_back(static_cast<std::size_t>(there));
    return row;
  }

  bool is_row(const std::vector<std::size_t>& row) const {
    const auto is_long = [&](std::size_t enter) { return ends_[enter].length > shortest * pen_; };
    return row.size() >= fewest &&
           2 * static_cast<std::size_t>(std::ranges::count_if(row, is_long)) >= row.size();
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
      if (enter % 2 != 0) std::ranges::reverse(dash.points);
      if (ends_[enter].at != dash.points.front()) points.push_back(ends_[enter].at);
      points.insert(points.end(), dash.points.begin(), dash.points.end());
      if (ends_[enter ^ 1].at != points.back()) points.push_back(ends_[enter ^ 1].at);
      dash.gone = true;
      for (const int node : {dash.a, dash.b}) graph_.nodes[static_cast<std::size_t>(node)].edges.clear();
    }
    const int index = static_cast<int>(graph_.edges.size());
    Edge whole{ends_[row.front()].node, ends_[row.back() ^ 1].node, std::move(points), 0, false, true};
    whole.length = length_of(whole.points);
    for (const int node : {whole.a, whole.b})
      graph_.nodes[static_cast<std::size_t>(node)] = {
          node == whole.a ? whole.points.front() : whole.points.back(), {index}};
    graph_.edges.push_back(std::move(whole));
    for (const std::size_t end : {row.front(), row.back() ^ 1})
      if (const int stop = next(end); stop != none)
        link(graph_, ends_[end].node, ends_[static_cast<std::size_t>(stop)].node);
  }

  Graph& graph_;
  const cv::Mat& ink_;
  double pen_;
  std::vector<int> dashes_;  // edges
  std::vector<End> ends_;
  std::vector<int> nearest_;
};

}  // namespace

void join_dashes(Graph& graph, const cv::Mat& ink, double pen) { DashJoiner(graph, ink, pen).run(); }

}  // namespace doodled::sight
