#include "core/reader/see/one_line.hpp"

#include <algorithm>

#include "core/reader/see/trace.hpp"

namespace doodled::sight {
namespace {

constexpr double least_share = 0.12;  // of the longest stroke

// Longest first.
std::vector<Path> strokes_of(const Graph& graph, const Group& group, double pen) {
  std::vector<Stroke> strokes;
  for (const auto& edges : group.parts)
    for (Stroke& stroke : trace(graph, edges, pen)) strokes.push_back(std::move(stroke));
  std::stable_sort(strokes.begin(), strokes.end(),
                   [](const Stroke& a, const Stroke& b) { return a.length > b.length; });
  std::vector<Path> paths;
  for (Stroke& stroke : strokes)
    if (stroke.length >= least_share * strokes.front().length) paths.push_back(std::move(stroke.points));
  return paths;
}

double to_nearer_end(cv::Point2f from, const Path& path) {
  return std::min(distance(from, path.front()), distance(from, path.back()));
}

double gap(const Path& line, const Path& next) {
  return std::min(to_nearer_end(line.front(), next), to_nearer_end(line.back(), next));
}

// At whichever end is nearer.
void lead_on(Path& line, Path next) {
  if (to_nearer_end(line.front(), next) < to_nearer_end(line.back(), next))
    std::reverse(line.begin(), line.end());
  if (distance(line.back(), next.back()) < distance(line.back(), next.front()))
    std::reverse(next.begin(), next.end());
  line.insert(line.end(), next.begin(), next.end());
}

}  // namespace

Path one_line(const Graph& graph, const Group& group, double pen) {
  std::vector<Path> rest = strokes_of(graph, group, pen);
  Path line = std::move(rest.front());
  rest.erase(rest.begin());
  while (!rest.empty()) {
    const auto next = std::min_element(
        rest.begin(), rest.end(), [&](const Path& a, const Path& b) { return gap(line, a) < gap(line, b); });
    lead_on(line, std::move(*next));
    rest.erase(next);
  }
  if (line.back().x < line.front().x) std::reverse(line.begin(), line.end());
  return line;
}

}  // namespace doodled::sight
