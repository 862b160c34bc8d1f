// The lines that shade one closed outline.
#pragma once
#include <optional>
#include <vector>

#include "core/reader/see/graph.hpp"
#include "core/reader/see/shade_lines.hpp"

namespace doodled::sight {

// What surrounds some lines, seen from outside. It follows no faces, which are tangled where broad lines meet
// at sharp angles.
struct Rim {
  Path outline;
  std::vector<int> edges;
};

Rim rim_of(const Graph& graph, const std::vector<int>& edges);

// Of these lines the outline alone.
Path outline_around(const Graph& graph, const std::vector<int>& edges);

// All other edges within, of whatever part; none where fewer than `fewest` come into question.
std::vector<int> edges_within(const Graph& graph, const Rim& rim, std::size_t fewest = 1);

// What lies within an outline, its own line left out.
class Inside {
 public:
  explicit Inside(const Path& outline);
  // But for two probes of seven along the edge.
  bool holds(const Edge& edge) const;

 private:
  cv::Mat mask_;
  cv::Point origin_;
};

// Whether enough of the page's straight pieces lie side by side within the box of these to be worth a look.
bool may_be_shaded(const Graph& graph, const std::vector<int>& edges, const std::vector<ShadePiece>& pieces);

struct Shading {
  std::vector<int> edges;   // that shade
  std::vector<int> inside;  // all within the outline, those among them
  double length = 0;        // of the lines that shade
  double extent = 0;        // of the outline
};

constexpr std::size_t fewest_lines = 4;  // of a shading, in a good outline; five else

// The shading in the outline around some edges: nearly all lines in it run in one direction or in two, side
// by side. Lines of other connected parts count, too.
std::optional<Shading> shading_in(const Graph& graph, const std::vector<int>& edges, double pen);

}  // namespace doodled::sight
