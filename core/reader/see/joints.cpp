#include "core/reader/see/joints.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace doodled::sight {
namespace {

constexpr double shortest = 3;  // pens of a line that leads from one place to another

class JointFinder {
 public:
  JointFinder(const Graph& graph, const std::vector<int>& edges, double pen) : graph_(graph) {
    for (const int e : edges) (is_short(e, pen) ? short_ : long_).push_back(e);
    for (const int e : short_) {
      const auto [to, from] = std::minmax({root(edge(e).a), root(edge(e).b)});
      root_[from] = to;
    }
    for (const int e : long_)
      for (const bool at_b : {false, true}) ends_[root(node_at({e, at_b}))].push_back({e, at_b});
  }

  std::vector<Joint> run() const {
    std::vector<Joint> joints;
    for (const auto& [place, ends] : ends_) {
      if (ends.size() < 3) continue;
      auto branches = branches_at(place);
      if (branches.size() > 1) joints.push_back({within(place), std::move(branches)});
    }
    return joints;
  }

 private:
  const Edge& edge(int e) const { return graph_.edges[static_cast<std::size_t>(e)]; }
  int node_at(LineEnd end) const { return end.at_b ? edge(end.edge).b : edge(end.edge).a; }
  bool is_short(int e, double pen) const { return edge(e).length < shortest * pen && edge(e).a != edge(e).b; }
  // The node that stands for a joint.
  int root(int node) const {
    for (auto at = root_.find(node); at != root_.end() && at->second != node; at = root_.find(node))
      node = at->second;
    return node;
  }

  std::vector<int> within(int place) const {
    std::vector<int> edges;
    std::ranges::copy_if(short_, std::back_inserter(edges), [&](int e) { return root(edge(e).a) == place; });
    return edges;
  }
  std::vector<Branch> branches_at(int place) const {
    std::set<int> seen;
    std::vector<Branch> branches;
    for (const LineEnd& start : ends_.at(place))
      if (seen.insert(start.edge).second) branches.push_back(branch_from(start.edge, place, seen));
    return branches;
  }
  Branch branch_from(int start, int place, std::set<int>& seen) const {
    Branch branch{{start}, {}};
    for (std::size_t i = 0; i < branch.edges.size(); ++i)
      for (const bool at_b : {false, true}) {
        const LineEnd end{branch.edges[i], at_b};
        const int meeting = root(node_at(end));
        if (meeting == place)
          branch.ends.push_back(end);
        else
          for (const LineEnd& next : ends_.at(meeting))
            if (seen.insert(next.edge).second) branch.edges.push_back(next.edge);
      }
    return branch;
  }

  const Graph& graph_;
  std::vector<int> long_, short_;
  std::map<int, int> root_;                   // of nodes, towards the one that stands for them
  std::map<int, std::vector<LineEnd>> ends_;  // of long lines at each such node
};

Edge& edge_at(Graph& graph, LineEnd end) { return graph.edges[static_cast<std::size_t>(end.edge)]; }

cv::Point2f place_of(Graph& graph, LineEnd end) {
  const Path& points = edge_at(graph, end).points;
  return end.at_b ? points.back() : points.front();
}

void unlink(Graph& graph, int node, int edge) {
  auto& edges = graph.nodes[static_cast<std::size_t>(node)].edges;
  edges.erase(std::find(edges.begin(), edges.end(), edge));
}

void lead_to(Graph& graph, LineEnd end, int node) {
  Edge& edge = edge_at(graph, end);
  int& from = end.at_b ? edge.b : edge.a;
  unlink(graph, from, end.edge);
  from = node;
  auto& meeting = graph.nodes[static_cast<std::size_t>(node)];
  meeting.edges.push_back(end.edge);
  if (place_of(graph, end) != meeting.at)
    edge.points.insert(end.at_b ? edge.points.end() : edge.points.begin(), meeting.at);
  edge.length = length_of(edge.points);
}

void gather(Graph& graph, const Branch& branch) {
  cv::Point2f middle;
  for (const LineEnd end : branch.ends)
    middle += place_of(graph, end) * (1.F / static_cast<float>(branch.ends.size()));
  const int own = static_cast<int>(graph.nodes.size());
  graph.nodes.push_back({middle, {}});
  for (const LineEnd end : branch.ends) lead_to(graph, end, own);
}

}  // namespace

std::vector<Joint> joints_of(const Graph& graph, const std::vector<int>& edges, double pen) {
  return JointFinder(graph, edges, pen).run();
}

Branch rest_of(const Joint& joint, std::size_t branch) {
  Branch rest;
  for (std::size_t b = 0; b < joint.branches.size(); ++b) {
    if (b == branch) continue;
    std::ranges::copy(joint.branches[b].edges, std::back_inserter(rest.edges));
    std::ranges::copy(joint.branches[b].ends, std::back_inserter(rest.ends));
  }
  return rest;
}

void take_off(Graph& graph, const Joint& joint, std::size_t branch) {
  for (const int e : joint.within) take_out(graph, e);
  gather(graph, joint.branches[branch]);
  gather(graph, rest_of(joint, branch));
}

}  // namespace doodled::sight
