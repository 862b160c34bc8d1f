#include "core/reader/see/faces.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace doodled::sight {
namespace {

// A half edge is an edge walked in one direction: 2 * edge, + 1 when it is walked from b to a.
class FaceWalk {
 public:
  FaceWalk(const Graph& graph, const std::vector<int>& edges, double pen)
      : graph_(graph), edges_(edges), reach_(std::max(3.0, 1.5 * pen)) {
    next_.resize(2 * graph.edges.size());
    face_.assign(2 * graph.edges.size(), none);
    std::vector<Leaving> leaving;
    for (const int e : edges) {
      leaving.push_back({edge(e).a, angle(2 * e), 2 * e});
      leaving.push_back({edge(e).b, angle(2 * e + 1), 2 * e + 1});
    }
    std::ranges::stable_sort(leaving, [](const Leaving& a, const Leaving& b) {
      return a.node != b.node ? a.node < b.node : a.angle < b.angle;
    });
    order(leaving);
  }

  // The half edges around each face.
  std::vector<std::vector<int>> run() {
    std::vector<std::vector<int>> faces;
    for (const int e : edges_)
      for (const int start : {2 * e, 2 * e + 1}) {
        if (face(start) != none) continue;
        std::vector<int> ring;
        for (int half = start; face(half) == none; half = next(half)) {
          face(half) = static_cast<int>(faces.size());
          ring.push_back(half);
        }
        faces.push_back(std::move(ring));
      }
    return faces;
  }
  bool is_bridge(int e) { return face(2 * e) == face(2 * e + 1); }

  Face face_of(const std::vector<int>& ring) const {
    Face face;
    for (const int half : ring) {
      const Path& points = edge(half / 2).points;
      face.edges.push_back(half / 2);
      if (half % 2 == 0)
        face.outline.insert(face.outline.end(), points.begin(), points.end() - 1);
      else
        face.outline.insert(face.outline.end(), points.rbegin(), points.rend() - 1);
    }
    face.area = signed_area(face.outline);
    return face;
  }

 private:
  static constexpr int none = -1;
  struct Leaving {
    int node;
    double angle;
    int half;
  };

  const Edge& edge(int e) const { return graph_.edges[static_cast<std::size_t>(e)]; }
  int& next(int half) { return next_[static_cast<std::size_t>(half)]; }
  int& face(int half) { return face_[static_cast<std::size_t>(half)]; }

  double angle(int half) const {
    const Path& points = edge(half / 2).points;
    const std::size_t count = points.size();
    const auto point = [&](std::size_t i) { return points[half % 2 == 0 ? i : count - 1 - i]; };
    std::size_t i = 1;
    while (i + 1 < count && distance(point(0), point(i)) < reach_) ++i;
    const cv::Point2f way = point(i) - point(0);
    return std::atan2(way.y, way.x);
  }
  // Coming in along a line, a face goes on with the neighbouring line around the node.
  void order(const std::vector<Leaving>& leaving) {
    for (std::size_t first = 0, until = 0; first < leaving.size(); first = until) {
      while (until < leaving.size() && leaving[until].node == leaving[first].node) ++until;
      for (std::size_t i = first; i < until; ++i)
        next(leaving[i].half ^ 1) = leaving[i + 1 < until ? i + 1 : first].half;
    }
  }

  const Graph& graph_;
  const std::vector<int>& edges_;
  double reach_;
  std::vector<int> next_, face_;  // by half edge
};

Block block_of(const Graph& graph, const std::vector<int>& edges, double pen) {
  Block block;
  block.edges = edges;
  FaceWalk walk(graph, edges, pen);
  for (const auto& ring : walk.run()) {
    Face face = walk.face_of(ring);
    if (std::abs(face.area) > std::abs(block.outer.area)) std::swap(face, block.outer);
    if (std::abs(face.area) > 4 * pen * pen) block.faces.push_back(std::move(face));
  }
  // With one face only, inside and outside have the same size.
  if (block.faces.empty()) block.faces.push_back(block.outer);
  std::erase_if(block.faces,
                [&](const Face& face) { return face.area * block.outer.area > 0 && block.faces.size() > 1; });
  for (Face& face : block.faces) face.area = std::abs(face.area);
  block.outer.area = std::abs(block.outer.area);
  std::stable_sort(block.faces.begin(), block.faces.end(),
                   [](const Face& a, const Face& b) { return a.area > b.area; });
  return block;
}

}  // namespace

std::vector<std::vector<int>> connected(const Graph& graph, const std::vector<int>& edges) {
  std::vector<std::vector<int>> at_node(graph.nodes.size());
  for (const int e : edges)
    for (const int n : {graph.edges[std::size_t(e)].a, graph.edges[std::size_t(e)].b})
      at_node[std::size_t(n)].push_back(e);
  std::vector<char> seen(graph.edges.size(), false);
  const auto is_new = [&](int e) { return !std::exchange(seen[std::size_t(e)], char{true}); };
  std::vector<std::vector<int>> groups;
  for (const int start : edges) {
    if (!is_new(start)) continue;
    std::vector<int> group{start};
    for (std::size_t i = 0; i < group.size(); ++i)
      for (const int n : {graph.edges[std::size_t(group[i])].a, graph.edges[std::size_t(group[i])].b})
        for (const int e : at_node[std::size_t(n)])
          if (is_new(e)) group.push_back(e);
    groups.push_back(std::move(group));
  }
  return groups;
}

Enclosure enclose(const Graph& graph, const std::vector<int>& edges, double pen) {
  Enclosure enclosure;
  std::vector<int> rest;
  FaceWalk walk(graph, edges, pen);
  walk.run();
  for (const int e : edges) (walk.is_bridge(e) ? enclosure.bridges : rest).push_back(e);
  for (const auto& group : connected(graph, rest)) enclosure.blocks.push_back(block_of(graph, group, pen));
  return enclosure;
}

}  // namespace doodled::sight
