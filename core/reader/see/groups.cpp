#include "core/reader/see/groups.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double spacing = 4;  // pixels between the points that are compared
constexpr double near_share = 0.25;
constexpr double least_pens = 3;
constexpr double least_width = 0.1;  // of its length
constexpr double end_share = 0.5;    // of how near two parts must be
constexpr std::size_t most_parts = 200;

double extent(const Group& group) { return std::hypot(group.box.width, group.box.height); }

double box_gap(const cv::Rect2f& a, const cv::Rect2f& b) {
  const float x = std::max({0.F, a.x - b.x - b.width, b.x - a.x - a.width});
  const float y = std::max({0.F, a.y - b.y - b.height, b.y - a.y - a.height});
  return std::hypot(x, y);
}

// Further than where figures touch.
bool reaches_into(const Group& group, const Group& other, double pen) {
  Path hull;
  cv::convexHull(other.points, hull);
  return std::ranges::any_of(group.points,
                             [&](cv::Point2f p) { return cv::pointPolygonTest(hull, p, true) > pen; });
}

Path loose_ends(const Graph& graph, const std::vector<int>& edges) {
  Path ends;
  for (const int e : edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    for (const int n : {edge.a, edge.b}) {
      const Node& node = graph.nodes[static_cast<std::size_t>(n)];
      if (node.degree() == 1) ends.push_back(node.at);
    }
  }
  return ends;
}

bool ends_meet(const Graph& graph, const Group& a, const Group& b, double reach) {
  const Path ends = loose_ends(graph, a.parts.front()), others = loose_ends(graph, b.parts.front());
  return std::ranges::any_of(ends, [&](cv::Point2f p) {
    return std::ranges::any_of(others, [&](cv::Point2f q) { return distance(p, q) < reach; });
  });
}

// Of one connected part each. Two figures side by side: what one hand draws in pieces either goes on where
// the last piece ended, or has straight pieces, or pieces that lie around each other.
bool are_two_figures(const Graph& graph, const Group& a, const Group& b, double reach, double pen) {
  return is_broad(a) && is_broad(b) && !ends_meet(graph, a, b, end_share * reach) &&
         !reaches_into(a, b, pen) && !reaches_into(b, a, pen);
}

bool belong(const Graph& graph, const Group& a, const Group& b, double pen) {
  const double reach = near_share * std::max(least_pens * pen, std::min(extent(a), extent(b)));
  if (box_gap(a.box, b.box) > reach) return false;
  const double square = reach * reach;
  for (const auto& p : a.points) {
    if (box_distance(p, b.box) > reach) continue;
    for (const auto& q : b.points)
      if (square_distance(p, q) <= square) return !are_two_figures(graph, a, b, reach, pen);
  }
  return false;
}

void join(Group& into, const Group& other) {
  into.parts.insert(into.parts.end(), other.parts.begin(), other.parts.end());
  into.points.insert(into.points.end(), other.points.begin(), other.points.end());
  into.box = into.box | other.box;
  into.ink_length += other.ink_length;
}

// Parts that are linked by closeness, each named by the first of its group.
std::vector<std::size_t> linked(const Graph& graph, const std::vector<Group>& parts, double pen) {
  std::vector<std::size_t> root(parts.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (root[i] == root[j] || !belong(graph, parts[i], parts[j], pen)) continue;
      const auto [to, from] = std::minmax(root[i], root[j]);
      std::replace(root.begin(), root.end(), std::size_t{from}, std::size_t{to});
    }
  return root;
}

}  // namespace

Group group_of(const Graph& graph, const std::vector<int>& edges) {
  Group group{{edges}, {}, {}, 0};
  for (const int e : edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    const Path even = resample(edge.points, std::max(2, static_cast<int>(edge.length / spacing)));
    group.points.insert(group.points.end(), even.begin(), even.end());
    group.ink_length += edge.length;
  }
  group.box = bounds_of(group.points);
  return group;
}

bool is_broad(const Group& group) {
  const cv::Size2f sides = cv::minAreaRect(group.points).size;
  return std::min(sides.width, sides.height) >= least_width * std::max(sides.width, sides.height);
}

std::vector<Group> groups_of(const Graph& graph, double pen) {
  std::vector<Group> parts;
  for (const auto& edges : edges_by_part(graph)) parts.push_back(group_of(graph, edges));
  if (parts.size() > most_parts) return {};
  const auto root = linked(graph, parts, pen);
  std::vector<Group> groups;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (root[i] != i) continue;
    Group group = parts[i];
    for (std::size_t j = i + 1; j < parts.size(); ++j)
      if (root[j] == i) join(group, parts[j]);
    groups.push_back(std::move(group));
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.ink_length > b.ink_length; });
  return groups;
}

}  // namespace doodled::sight
