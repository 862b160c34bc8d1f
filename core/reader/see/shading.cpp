#include "core/reader/see/shading.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/faces.hpp"
#include "core/reader/see/shaded.hpp"

namespace doodled::sight {
namespace {

constexpr double least_area = 4 * letter_area;  // squared pens
constexpr double solid = 0.9;                   // of its hull is a figure without dents
constexpr double most_rest =
    0.15;                         // of the shading's length: a part of it that is none of its straight lines
constexpr double stub = 0.15;     // of the outline's extent: what runs over it
constexpr double off_line = 1.5;  // pens off the outline, as that is what arrows lead to

std::vector<int> edges_of(const Graph& graph) {
  std::vector<int> edges;
  for (std::size_t e = 0; e < graph.edges.size(); ++e)
    if (!graph.edges[e].gone) edges.push_back(static_cast<int>(e));
  return edges;
}

bool is_gone(const Graph& graph, int e) { return graph.edges[static_cast<std::size_t>(e)].gone; }

// Hangs on other lines in one place at most, and is short.
bool is_rest(const Graph& graph, const std::vector<int>& part, double longest) {
  std::map<int, int> met;
  double length = 0;
  for (const int e : part) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    ++met[edge.a], ++met[edge.b];
    length += edge.length;
  }
  const auto holds = [&](const auto& node) {
    return graph.nodes[static_cast<std::size_t>(node.first)].degree() > node.second;
  };
  return length < longest && std::ranges::count_if(met, holds) < 2;
}

void take_rests(Graph& graph, const Shading& shading) {
  std::vector<int> left = shading.inside;
  std::erase_if(left, [&](int e) { return is_gone(graph, e); });
  for (const auto& part : connected(graph, left))
    if (is_rest(graph, part, most_rest * shading.length))
      for (const int e : part) take_out(graph, e);
}

// Ends of the lines beyond the outline; `nodes` are those at which lines were taken out.
void take_stubs(Graph& graph, const std::set<int>& nodes, double longest) {
  const auto is_loose = [&](int n) { return graph.nodes[static_cast<std::size_t>(n)].degree() == 1; };
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const Edge& edge = graph.edges[e];
    if (edge.gone || edge.length > longest) continue;
    if ((nodes.contains(edge.a) && is_loose(edge.b)) || (nodes.contains(edge.b) && is_loose(edge.a)))
      take_out(graph, static_cast<int>(e));
  }
}

void take(Graph& graph, const Shading& shading) {
  std::set<int> nodes;
  for (const int e : shading.edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    nodes.insert({edge.a, edge.b});
  }
  for (const int e : shading.edges) take_out(graph, e);
  take_rests(graph, shading);
  take_stubs(graph, nodes, stub * shading.extent);
}

std::optional<Figure> area_of(const Graph& graph, const std::vector<int>& edges, const Path& around,
                              double pen) {
  Figure figure;
  figure.shape_class = ShapeClass::hatching;
  figure.closed = true;
  Path points;
  for (const int e : edges) {
    const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
    points.insert(points.end(), edge.points.begin(), edge.points.end());
    figure.ink_length += edge.length;
  }
  const auto on_line = [&](cv::Point2f p) { return cv::pointPolygonTest(around, p, true) < off_line * pen; };
  std::erase_if(points, on_line);
  if (points.size() < 3) return std::nullopt;
  cv::convexHull(points, figure.outline);
  figure.stroke = figure.outline;
  figure.box = bounds_of(points);
  figure.confidence = std::clamp(0.5 + 0.03 * static_cast<double>(edges.size()), 0.5, 0.95);
  return figure;
}

// Smallest first.
std::vector<Face> faces_of(const Graph& graph, double pen) {
  std::vector<Face> faces;
  for (const auto& part : edges_by_part(graph))
    for (Block& block : enclose(graph, part, pen).blocks)
      std::ranges::move(block.faces, std::back_inserter(faces));
  std::ranges::stable_sort(faces, {}, &Face::area);
  return faces;
}

// The lines that were taken out, by the outlines that are left around them.
std::vector<Figure> areas_of(const Graph& graph, std::vector<int> edges, double pen) {
  std::vector<Figure> areas;
  for (const Face& face : faces_of(graph, pen)) {
    const Path outline = simplify(face.outline, 0.5, true);
    const Inside inside(outline);
    const auto within = std::ranges::stable_partition(
        edges, [&](int e) { return !inside.holds(graph.edges[static_cast<std::size_t>(e)]); });
    if (within.size() < fewest_lines) continue;
    if (auto area = area_of(graph, {within.begin(), within.end()}, outline, pen))
      areas.push_back(*std::move(area));
    edges.erase(within.begin(), within.end());
  }
  return areas;
}

// What may be an outline with lines in it.
struct Candidate {
  std::vector<int> edges;
  double rank = 0;
};

// Without dents, as the hull tells where the cuts at the corners of the box do not.
bool is_whole(const Path& outline, double area) {
  double most = bounds_of(outline).area();
  for (const double cut : corner_cuts(outline)) most -= cut * cut / 2;
  if (area > solid * most) return true;
  return area > solid * std::abs(signed_area(hull_of(outline)));
}

std::optional<Candidate> candidate_of(const std::vector<int>& edges, const Path& outline, double pen) {
  const double area = std::abs(signed_area(outline));
  if (area < least_area * pen * pen) return std::nullopt;
  return Candidate{edges, is_whole(outline, area) ? -1 / area : 1 / area};
}

// All that hangs together, and each block of it, as broad lines that meet at sharp angles may tear one in
// two. Good figures come first, and the smallest of them before those around it; then the others, the largest
// first.
std::vector<Candidate> candidates_of(const Graph& graph, double pen) {
  std::vector<Candidate> candidates;
  const auto add = [&](const std::vector<int>& edges, const Path& outline) {
    if (auto candidate = candidate_of(edges, outline, pen)) candidates.push_back(*std::move(candidate));
  };
  const auto pieces = shade_pieces(graph, edges_of(graph), pen);
  for (const auto& part : edges_by_part(graph)) {
    if (!may_be_shaded(graph, part, pieces)) continue;
    const auto blocks = enclose(graph, part, pen).blocks;
    for (const Block& block : blocks)
      if (may_be_shaded(graph, block.edges, pieces)) add(block.edges, block.outer.outline);
    if (blocks.size() > 1) add(part, outline_around(graph, part));
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::rank);
  return candidates;
}

}  // namespace

std::vector<Figure> take_shading(Graph& graph, double pen) {
  std::vector<int> taken;
  for (Candidate& candidate : candidates_of(graph, pen)) {
    std::erase_if(candidate.edges, [&](int e) { return is_gone(graph, e); });
    if (candidate.edges.empty()) continue;
    const auto shading = shading_in(graph, candidate.edges, pen);
    if (!shading) continue;
    take(graph, *shading);
    taken.insert(taken.end(), shading->edges.begin(), shading->edges.end());
  }
  return taken.empty() ? std::vector<Figure>{} : areas_of(graph, taken, pen);
}

}  // namespace doodled::sight
