// The areas that a drawing's lines enclose.
#pragma once
#include <vector>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

struct Face {
  Path outline;            // along the centre lines
  std::vector<int> edges;  // around it
  double area = 0;
};

// A part of a drawing that stays in one piece when any of its lines is taken away: an outline, or several
// that share lines. Everything else is a bridge.
struct Block {
  std::vector<int> edges;
  std::vector<Face> faces;  // inner ones, largest first
  Face outer;               // around the whole block
};

struct Enclosure {
  std::vector<Block> blocks;
  std::vector<int> bridges;  // edges with the same area on both sides
};

// The given edges by what hangs together.
std::vector<std::vector<int>> connected(const Graph& graph, const std::vector<int>& edges);

// Walks around the areas of the given edges, which form one connected part of the graph.
Enclosure enclose(const Graph& graph, const std::vector<int>& edges, double pen);

}  // namespace doodled::sight
