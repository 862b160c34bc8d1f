#include "core/reader/see/groups.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace doodled::sight {
namespace {

constexpr double spacing = 4;  // pixels between the points that are compared
constexpr double near_share = 0.25;
constexpr double least_pens = 3;
constexpr std::size_t most_parts = 200;

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

double extent(const Group& group) { return std::hypot(group.box.width, group.box.height); }

double box_gap(const cv::Rect2f& a, const cv::Rect2f& b) {
  const float x = std::max({0.F, a.x - b.x - b.width, b.x - a.x - a.width});
  const float y = std::max({0.F, a.y - b.y - b.height, b.y - a.y - a.height});
  return std::hypot(x, y);
}

bool touch(const Group& a, const Group& b, double pen) {
  const double reach = near_share * std::max(least_pens * pen, std::min(extent(a), extent(b)));
  if (box_gap(a.box, b.box) > reach) return false;
  const double square = reach * reach;
  for (const auto& p : a.points) {
    if (box_distance(p, b.box) > reach) continue;
    for (const auto& q : b.points)
      if (square_distance(p, q) <= square) return true;
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
std::vector<std::size_t> linked(const std::vector<Group>& parts, double pen) {
  std::vector<std::size_t> root(parts.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (root[i] == root[j] || !touch(parts[i], parts[j], pen)) continue;
      const auto [to, from] = std::minmax(root[i], root[j]);
      std::replace(root.begin(), root.end(), std::size_t{from}, std::size_t{to});
    }
  return root;
}

}  // namespace

std::vector<Group> groups_of(const Graph& graph, double pen) {
  std::vector<Group> parts;
  for (const auto& edges : edges_by_part(graph)) parts.push_back(group_of(graph, edges));
  if (parts.size() > most_parts) return {};
  const auto root = linked(parts, pen);
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
