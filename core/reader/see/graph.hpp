// Centre lines as a graph: ends and crossings are nodes, the lines between them are edges.
#pragma once
#include <set>
#include <vector>

#include "core/reader/see/path.hpp"

namespace doodled::sight {

struct Edge {
  int a = -1, b = -1;  // nodes; equal for a loop through one node
  Path points;         // from node a to node b, both included
  double length = 0;
  bool gone = false;
  bool dashed = false;
  int other(int node) const { return node == a ? b : a; }
};

struct Node {
  cv::Point2f at;
  std::vector<int> edges;  // a loop is listed twice
  int degree() const { return static_cast<int>(edges.size()); }
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  cv::Mat ink;  // the mask whose centre lines these are; empty where it is not known
};

// `lines` is a mask of one-pixel lines. `pen` is the stroke width that they came from: side branches shorter
// than about one pen width are thinning noise and are cut, crossings closer than that become one node.
Graph graph_of(const cv::Mat& lines, double pen);

// Two lines between the same places with hardly any room between them are one line drawn twice: one of them
// goes. A loop without room inside is cut at its far end.
void flatten_slivers(Graph& graph, double pen);

// Adds a straight edge between two nodes.
void link(Graph& graph, int a, int b);

// Takes an edge out: it is gone, and its nodes hold it no more.
void take_out(Graph& graph, int edge);

// The nodes at the ends of some edges.
std::set<int> nodes_of(const Graph& graph, const std::vector<int>& edges);

// The box around some edges.
cv::Rect2f bounds_of(const Graph& graph, const std::vector<int>& edges);

// Some edges and the pen that drew them as one path, which differs where anything in them does: for a Memo.
Path as_path(const Graph& graph, const std::vector<int>& edges, double pen);

// The edges of each connected part, in the order of their first edge.
std::vector<std::vector<int>> edges_by_part(const Graph& graph);

// The connected part that each edge belongs to, -1 for edges that are gone; parts count from 0.
std::vector<int> parts_of(const Graph& graph);

}  // namespace doodled::sight
