#include "core/reader/see/trace.hpp"

#include <algorithm>
#include <map>

namespace doodled::sight {
namespace {

constexpr double sharpest = 60;       // degrees a stroke may turn in a crossing
constexpr double longest_shared = 8;  // pens that two strokes which cross run on one line
constexpr double straight_on = 30;    // degrees each of them may turn there

struct End {
  int edge = -1;
  bool at_b = false;
  auto operator<=>(const End&) const = default;
};

class Tracer {
 public:
  Tracer(const Graph& graph, const std::vector<int>& edges, double pen)
      : graph_(graph),
        edges_(edges),
        reach_(std::max(5.0, 4 * pen)),
        nub_(3 * pen),
        shared_(longest_shared * pen),
        partner_(2 * graph.edges.size()),
        via_(2 * graph.edges.size()),
        used_(graph.edges.size(), false) {
    std::map<int, std::vector<End>> at_node;
    for (const int e : edges) {
      at_node[edge(e).a].push_back({e, false});
      at_node[edge(e).b].push_back({e, true});
    }
    for (const int e : edges)
      if (edge(e).a != edge(e).b && edge(e).length < shared_)
        cross(e, at_node[edge(e).a], at_node[edge(e).b]);
    for (const auto& [node, ends] : at_node) pair(ends);
  }

  std::vector<Stroke> run() {
    for (const int e : edges_)
      for (const bool at_b : {false, true})
        if (!has_partner({e, at_b}) && !is_used(e)) follow({e, at_b});
    for (const int e : edges_)
      if (!is_used(e)) follow({e, false});
    std::stable_sort(strokes_.begin(), strokes_.end(),
                     [](const Stroke& a, const Stroke& b) { return a.length > b.length; });
    return std::move(strokes_);
  }

 private:
  const Edge& edge(int e) const { return graph_.edges[static_cast<std::size_t>(e)]; }
  static std::size_t index(End end) { return 2 * static_cast<std::size_t>(end.edge) + end.at_b; }
  End& partner(End end) { return partner_[index(end)]; }
  End& via(End end) { return via_[index(end)]; }
  bool has_partner(End end) const { return partner_[index(end)].edge >= 0; }
  bool is_used(int e) const { return used_[static_cast<std::size_t>(e)]; }
  void use(int e) { used_[static_cast<std::size_t>(e)] = true; }

  // The way in which an edge leaves its end, seen from a few pen widths further on.
  cv::Point2f direction(End end) const {
    const Path& path = edge(end.edge).points;
    const int count = static_cast<int>(path.size());
    const auto point = [&](int i) { return path[static_cast<std::size_t>(end.at_b ? count - 1 - i : i)]; };
    const cv::Point2f start = point(0);
    int i = 1;
    while (i + 1 < count && distance(start, point(i)) < reach_) ++i;
    const int skip = std::min(i / 3, count - 1);
    return unit(point(i) - point(skip));
  }

  // The point that thinning leaves at a sharp corner: a short line to nowhere, out of the corner's point. A
  // line that leads back beside the others is the barb of an arrow.
  bool is_nub(End end, const std::vector<End>& ends) const {
    const Edge& e = edge(end.edge);
    if (e.length >= nub_ || graph_.nodes[static_cast<std::size_t>(end.at_b ? e.a : e.b)].degree() != 1)
      return false;
    cv::Point2f others;
    for (const End& other : ends)
      if (other != end) others += direction(other);
    return angle_between(direction(end), -others) < 80;
  }

  // Two strokes that cross at a flat angle run on one line for a while: both go on through it.
  void cross(int shared, const std::vector<End>& at_a, const std::vector<End>& at_b) {
    if (at_a.size() != 3 || at_b.size() != 3) return;
    std::vector<End> in, out;
    for (const End end : at_a)
      if (end.edge != shared) in.push_back(end);
    for (const End end : at_b)
      if (end.edge != shared) out.push_back(end);
    if (in.size() != 2 || out.size() != 2) return;
    const auto turns = [&](std::size_t first, std::size_t second) {
      return std::max(angle_between(direction(in[0]), -direction(out[first])),
                      angle_between(direction(in[1]), -direction(out[second])));
    };
    if (turns(1, 0) < turns(0, 1)) std::swap(out[0], out[1]);
    if (turns(0, 1) > straight_on) return;
    for (const End end : {in[0], in[1], out[0], out[1]})
      if (has_partner(end)) return;
    for (std::size_t i = 0; i < 2; ++i) {
      partner(in[i]) = out[i], via(in[i]) = {shared, false};
      partner(out[i]) = in[i], via(out[i]) = {shared, true};
    }
    use(shared);
  }

  void pair(const std::vector<End>& ends) {
    struct Choice {
      double bend;
      End a, b;
    };
    if (ends.size() < 2) return;
    std::vector<Choice> choices;
    const bool nubbed = ends.size() == 3 && std::count_if(ends.begin(), ends.end(),
                                                          [&](End end) { return is_nub(end, ends); }) == 1;
    for (std::size_t i = 0; i < ends.size(); ++i)
      for (std::size_t j = i + 1; j < ends.size(); ++j)
        if (!is_used(ends[i].edge) && !is_used(ends[j].edge) &&
            (!nubbed || !(is_nub(ends[i], ends) || is_nub(ends[j], ends))))
          choices.push_back({angle_between(direction(ends[i]), -direction(ends[j])), ends[i], ends[j]});
    std::stable_sort(choices.begin(), choices.end(),
                     [](const Choice& a, const Choice& b) { return a.bend < b.bend; });
    const double limit = ends.size() == 2 || nubbed ? 180 : sharpest;
    for (const Choice& choice : choices) {
      if (choice.bend > limit || has_partner(choice.a) || has_partner(choice.b)) continue;
      partner(choice.a) = choice.b;
      partner(choice.b) = choice.a;
    }
  }

  void follow(End start) {
    Stroke stroke;
    stroke.first = start.at_b ? edge(start.edge).b : edge(start.edge).a;
    for (End in = start; !is_used(in.edge); stroke.closed = in == start) {
      use(in.edge);
      append(stroke, in);
      const End out{in.edge, !in.at_b};
      stroke.last = out.at_b ? edge(out.edge).b : edge(out.edge).a;
      if (!has_partner(out)) break;
      if (via(out).edge >= 0) append(stroke, via(out));
      in = partner(out);
    }
    finish(stroke);
  }
  void append(Stroke& stroke, End in) {
    const Path& path = edge(in.edge).points;
    stroke.edges.push_back(in.edge);
    stroke.dashed |= edge(in.edge).dashed;
    const std::size_t skip = stroke.points.empty() ? 0 : 1;
    if (in.at_b)
      stroke.points.insert(stroke.points.end(), path.rbegin() + static_cast<long>(skip), path.rend());
    else
      stroke.points.insert(stroke.points.end(), path.begin() + static_cast<long>(skip), path.end());
  }
  bool is_held(int node) const { return graph_.nodes[static_cast<std::size_t>(node)].degree() > 1; }
  void finish(Stroke& stroke) {
    if (stroke.closed && stroke.points.size() > 1) stroke.points.pop_back();
    stroke.length = length_of(stroke.points, stroke.closed);
    const cv::Point2f a = stroke.points.front(), b = stroke.points.back();
    const bool backwards = std::abs(a.x - b.x) >= 1 ? a.x > b.x : a.y > b.y;
    if (!stroke.closed && backwards) {
      std::reverse(stroke.points.begin(), stroke.points.end());
      std::reverse(stroke.edges.begin(), stroke.edges.end());
      std::swap(stroke.first, stroke.last);
    }
    stroke.held_first = is_held(stroke.first), stroke.held_last = is_held(stroke.last);
    strokes_.push_back(std::move(stroke));
  }

  const Graph& graph_;
  const std::vector<int>& edges_;
  double reach_, nub_, shared_;
  std::vector<End> partner_;  // by end; one of no edge where there is none
  std::vector<End> via_;      // the line on the way to the partner, as it is entered
  std::vector<bool> used_;    // by edge
  std::vector<Stroke> strokes_;
};

}  // namespace

std::vector<Stroke> trace(const Graph& graph, const std::vector<int>& edges, double pen) {
  return Tracer(graph, edges, pen).run();
}

}  // namespace doodled::sight
