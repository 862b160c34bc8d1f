#include "core/reader/see/graph.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <queue>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/pixels.hpp"

namespace doodled::sight {
namespace {

// The pixels around one: those beside it clockwise from above, then those at its corners.
const std::array<cv::Point, 8> around{{{0, -1}, {1, 0}, {0, 1}, {-1, 0}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}}};

// Which of them a pixel of a line touches.
struct Touching {
  std::size_t count = 0;
  std::array<std::uint8_t, 8> which{};
};

// By those that are set, as bits.
std::array<Touching, 256> make_touching() {
  std::array<Touching, 256> table;
  for (std::size_t code = 0; code < table.size(); ++code) {
    const auto is_set = [&](std::size_t i) { return (code >> i & 1) != 0; };
    for (std::size_t i = 0; i < around.size(); ++i) {
      const bool beside = i < 4, hidden = !beside && (is_set(i - 4) || is_set((i - 3) % 4));
      if (is_set(i) && !hidden) table[code].which[table[code].count++] = static_cast<std::uint8_t>(i);
    }
  }
  return table;
}
const std::array<Touching, 256> touching = make_touching();

// Walks the pixels of one-pixel lines. Two pixels touch when they share a side, or a corner without a common
// neighbour beside it; so a bend is not taken for a crossing.
class Walker {
 public:
  explicit Walker(const cv::Mat& lines) : lines_(lines), node_(lines.size(), CV_32S) {
    cv::copyMakeBorder(lines, framed_, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  }

  Graph run() {
    find_nodes();
    for (std::size_t n = 0; n < nodes_pixels_.size(); ++n)
      for (const cv::Point pixel : nodes_pixels_[n]) leave(static_cast<int>(n), pixel);
    find_rings();
    return std::move(graph_);
  }

 private:
  using Pixels = std::vector<cv::Point>;

  // What a pixel of a line is; paper is 0.
  enum : uchar { node = 1, crossing, clumped, walked, line = 255 };

  // Of a pixel in the picture or one beyond its edge.
  const uchar* pixel(cv::Point p) const { return framed_.ptr<uchar>(p.y + 1) + p.x + 1; }
  uchar is(cv::Point p) const { return *pixel(p); }
  void make(cv::Point p, uchar what) { framed_.at<uchar>(p.y + 1, p.x + 1) = what; }
  int neighbours(cv::Point p, std::array<cv::Point, 8>& found) const {
    const Touching& ways = touching[code(pixel(p))];
    for (std::size_t i = 0; i < ways.count; ++i) found[i] = p + around[ways.which[i]];
    return static_cast<int>(ways.count);
  }
  std::size_t code(const uchar* at) const {
    const auto* above = at - framed_.cols;
    const auto* below = at + framed_.cols;
    return (above[0] != 0) | (at[1] != 0) << 1 | (below[0] != 0) << 2 | (at[-1] != 0) << 3 |
           (above[1] != 0) << 4 | (below[1] != 0) << 5 | (below[-1] != 0) << 6 | (above[-1] != 0) << 7;
  }

  void find_nodes() {
    std::array<cv::Point, 8> beside;
    std::vector<cv::Point> crossings;
    for_each_set(lines_, [&](int x, int y) {
      pixels_.push_back({x, y});
      const int count = neighbours({x, y}, beside);
      if (count > 2) crossings.push_back({x, y});
      if (count < 2) add_node({{x, y}});
    });
    for (const cv::Point p : crossings) make(p, crossing);
    for (const cv::Point p : crossings)
      if (is(p) == crossing) add_node(clump(p));
  }
  Pixels clump(cv::Point start) {
    Pixels found{start};
    make(start, clumped);
    for (std::size_t i = 0; i < found.size(); ++i)
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          const cv::Point p = found[i] + cv::Point(dx, dy);
          if (is(p) != crossing) continue;
          make(p, clumped);
          found.push_back(p);
        }
    return found;
  }
  void add_node(Pixels pixels) {
    cv::Point2f sum;
    for (const cv::Point p : pixels) {
      make(p, node);
      node_.at<int>(p) = static_cast<int>(graph_.nodes.size());
      sum += cv::Point2f(p);
    }
    graph_.nodes.push_back({sum * (1.F / static_cast<float>(pixels.size())), {}});
    nodes_pixels_.push_back(std::move(pixels));
  }

  void leave(int start, cv::Point from) {
    std::array<cv::Point, 8> beside;
    const int count = neighbours(from, beside);
    for (int i = 0; i < count; ++i) {
      const cv::Point next = beside[static_cast<std::size_t>(i)];
      if (is(next) == node) {
        if (const int there = node_.at<int>(next); there > start) add_edge(start, there, {});
      } else if (is(next) != walked) {
        walk(start, from, next);
      }
    }
  }
  void walk(int start, cv::Point from, cv::Point at) {
    std::array<cv::Point, 8> beside;
    Path points;
    cv::Point before = from;
    while (true) {
      make(at, walked);
      points.push_back(at);
      const int count = neighbours(at, beside);
      const cv::Point* next = nullptr;
      for (int i = 0; i < count; ++i)
        if (const cv::Point& p = beside[static_cast<std::size_t>(i)]; p != before) next = &p;
      if (!next) return;
      if (is(*next) == node) return add_edge(start, node_.at<int>(*next), std::move(points));
      if (is(*next) == walked) return;
      before = at;
      at = *next;
    }
  }
  void add_edge(int a, int b, Path between) {
    Edge edge{a, b, {graph_.nodes[static_cast<std::size_t>(a)].at}, 0, false};
    edge.points.insert(edge.points.end(), between.begin(), between.end());
    edge.points.push_back(graph_.nodes[static_cast<std::size_t>(b)].at);
    edge.length = length_of(edge.points);
    const int index = static_cast<int>(graph_.edges.size());
    graph_.nodes[static_cast<std::size_t>(a)].edges.push_back(index);
    graph_.nodes[static_cast<std::size_t>(b)].edges.push_back(index);
    graph_.edges.push_back(std::move(edge));
  }
  // Closed lines without any end or crossing get one node where the scan meets them first.
  void find_rings() {
    for (const cv::Point p : pixels_) {
      if (is(p) != line) continue;
      add_node({p});
      leave(static_cast<int>(graph_.nodes.size()) - 1, p);
    }
  }

  const cv::Mat& lines_;
  cv::Mat framed_;  // what each pixel is, with paper around
  cv::Mat node_;    // which node, where one is
  Pixels pixels_;
  std::vector<Pixels> nodes_pixels_;
  Graph graph_;
};

constexpr double least_compact = 0.5;  // of what a loop encloses, 1 for a circle

class Cleaner {
 public:
  Cleaner(Graph& graph, double pen) : graph_(graph), short_(std::max(3.0, 1.3 * pen)) {}

  void run() {
    cut_spurs();
    merge_close_crossings();
    cut_spurs();
    join_through_nodes();
  }
  void flatten() {
    for (int e = 0; e < edge_count(); ++e)
      if (!edge(e).gone && edge(e).a == edge(e).b && is_sliver(edge(e).points)) cut_loop(e);
    for (int n = 0; n < static_cast<int>(graph_.nodes.size()); ++n) drop_twins(n);
    join_through_nodes();
  }

 private:
  // Mean width of the area inside below two pens. One that is as broad as it is long, as the head of an
  // arrow, may be narrower.
  bool is_sliver(const Path& ring) const {
    const double area = std::abs(signed_area(ring)), around = length_of(ring, true);
    const bool compact = 4 * CV_PI * area > least_compact * around * around;
    return area < (compact ? 1.0 : 1.5) * short_ * around / 2;
  }
  void cut_loop(int e) {
    Path half(edge(e).points.begin(),
              edge(e).points.begin() + static_cast<long>(edge(e).points.size() + 1) / 2);
    const int start = edge(e).a, end = static_cast<int>(graph_.nodes.size());
    detach(e);
    auto& list = node(start).edges;
    std::erase(list, e);
    graph_.nodes.push_back({half.back(), {e}});
    node(start).edges.push_back(e);
    edge(e) = {start, end, std::move(half), 0, false};
    edge(e).length = length_of(edge(e).points);
  }
  void drop_twins(int n) {
    const auto list = node(n).edges;
    for (std::size_t i = 0; i < list.size(); ++i)
      for (std::size_t j = i + 1; j < list.size(); ++j) {
        const Edge &first = edge(list[i]), &second = edge(list[j]);
        if (list[i] == list[j] || first.gone || second.gone || first.a == first.b || second.a == second.b ||
            first.other(n) != second.other(n))
          continue;
        Path ring = first.points;
        const bool same_way = first.a == second.a;
        if (same_way)
          ring.insert(ring.end(), second.points.rbegin(), second.points.rend());
        else
          ring.insert(ring.end(), second.points.begin(), second.points.end());
        if (is_sliver(ring)) detach(first.length > second.length ? list[i] : list[j]);
      }
  }

  Node& node(int i) { return graph_.nodes[static_cast<std::size_t>(i)]; }
  Edge& edge(int i) { return graph_.edges[static_cast<std::size_t>(i)]; }
  int edge_count() const { return static_cast<int>(graph_.edges.size()); }

  void detach(int e) {
    for (const int n : {edge(e).a, edge(e).b}) {
      auto& list = node(n).edges;
      if (const auto at = std::find(list.begin(), list.end(), e); at != list.end()) list.erase(at);
    }
    edge(e).gone = true;
  }
  bool spur(const Edge& e) {
    if (e.gone || e.a == e.b || e.length > short_) return false;
    return (node(e.a).degree() == 1 && node(e.b).degree() > 2) ||
           (node(e.b).degree() == 1 && node(e.a).degree() > 2);
  }
  void cut_spurs() {
    for (int e = 0; e < edge_count(); ++e)
      if (spur(edge(e))) detach(e);
  }
  // A crossing of two strokes is thinned to two crossings with a short bridge: they are drawn together.
  void merge_close_crossings() {
    for (int e = 0; e < edge_count(); ++e) {
      if (edge(e).gone || edge(e).length > short_) continue;
      const int a = edge(e).a, b = edge(e).b;
      if (a == b) {
        detach(e);
      } else if (node(a).degree() > 2 && node(b).degree() > 2) {
        detach(e);
        merge(a, b);
      }
    }
  }
  void merge(int a, int b) {
    node(a).at = (node(a).at + node(b).at) * 0.5F;
    for (const int e : node(b).edges) {
      if (edge(e).a == b) edge(e).a = a;
      if (edge(e).b == b) edge(e).b = a;
      node(a).edges.push_back(e);
    }
    node(b).edges.clear();
    for (const int e : node(a).edges) {
      if (edge(e).a == a) edge(e).points.front() = node(a).at;
      if (edge(e).b == a) edge(e).points.back() = node(a).at;
    }
  }
  void join_through_nodes() {
    for (int n = 0; n < static_cast<int>(graph_.nodes.size()); ++n) {
      if (node(n).degree() != 2 || node(n).edges[0] == node(n).edges[1]) continue;
      join(n, node(n).edges[0], node(n).edges[1]);
    }
  }
  void join(int n, int first, int second) {
    Path path = edge(first).points;
    if (edge(first).a == n) std::reverse(path.begin(), path.end());
    Path rest = edge(second).points;
    if (edge(second).b == n) std::reverse(rest.begin(), rest.end());
    path.insert(path.end(), rest.begin() + 1, rest.end());
    const int a = edge(first).other(n), b = edge(second).other(n);
    detach(first);
    detach(second);
    edge(first) = {a, b, std::move(path), 0, false};
    edge(first).length = length_of(edge(first).points);
    node(a).edges.push_back(first);
    node(b).edges.push_back(first);
  }

  Graph& graph_;
  double short_;
};

}  // namespace

Graph graph_of(const cv::Mat& lines, double pen) {
  Graph graph = Walker(lines).run();
  Cleaner(graph, pen).run();
  return graph;
}

void flatten_slivers(Graph& graph, double pen) { Cleaner(graph, pen).flatten(); }

void link(Graph& graph, int a, int b) {
  const int index = static_cast<int>(graph.edges.size());
  Edge edge{a, b, {}, 0, false};
  for (const int n : {a, b}) {
    Node& node = graph.nodes[static_cast<std::size_t>(n)];
    edge.points.push_back(node.at);
    node.edges.push_back(index);
  }
  edge.length = length_of(edge.points);
  graph.edges.push_back(std::move(edge));
}

void take_out(Graph& graph, int e) {
  Edge& edge = graph.edges[static_cast<std::size_t>(e)];
  for (const int n : {edge.a, edge.b}) std::erase(graph.nodes[static_cast<std::size_t>(n)].edges, e);
  edge.gone = true;
}

std::set<int> nodes_of(const Graph& graph, const std::vector<int>& edges) {
  std::set<int> nodes;
  for (const int e : edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    nodes.insert({edge.a, edge.b});
  }
  return nodes;
}

cv::Rect2f bounds_of(const Graph& graph, const std::vector<int>& edges) {
  cv::Rect2f box;
  for (const int e : edges) box |= bounds_of(graph.edges[static_cast<std::size_t>(e)].points);
  return box;
}

Path as_path(const Graph& graph, const std::vector<int>& edges, double pen) {
  Path path{std::bit_cast<cv::Point2f>(pen)};
  for (const int e : edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    path.insert(path.end(), edge.points.begin(), edge.points.end());
    path.push_back(std::bit_cast<cv::Point2f>(edge.length));
    path.emplace_back(static_cast<float>(edge.points.size()), edge.dashed ? 1.F : 0.F);
  }
  return path;
}

std::vector<std::vector<int>> edges_by_part(const Graph& graph) {
  const auto part = parts_of(graph);
  std::vector<std::vector<int>> parts;
  for (std::size_t e = 0; e < part.size(); ++e) {
    if (part[e] < 0) continue;
    if (static_cast<std::size_t>(part[e]) >= parts.size())
      parts.resize(static_cast<std::size_t>(part[e]) + 1);
    parts[static_cast<std::size_t>(part[e])].push_back(static_cast<int>(e));
  }
  return parts;
}

std::vector<int> parts_of(const Graph& graph) {
  std::vector<int> part(graph.edges.size(), -1);
  int count = 0;
  for (std::size_t start = 0; start < graph.edges.size(); ++start) {
    if (graph.edges[start].gone || part[start] >= 0) continue;
    std::queue<std::size_t> open;
    open.push(start);
    part[start] = count;
    while (!open.empty()) {
      const Edge& edge = graph.edges[open.front()];
      open.pop();
      for (const int n : {edge.a, edge.b})
        for (const int next : graph.nodes[static_cast<std::size_t>(n)].edges)
          if (auto& mark = part[static_cast<std::size_t>(next)]; mark < 0) {
            mark = count;
            open.push(static_cast<std::size_t>(next));
          }
    }
    ++count;
  }
  return part;
}

}  // namespace doodled::sight
