// A second look at each group of lines: which single figure it shows, all its traits weighed together.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// The class that stands for its kin in the forest: circles and ellipses are one kind, squares, rectangles and
// diamonds another.
ShapeClass kind_of(ShapeClass shape_class);

// What the rules found in a group of lines.
struct RulesVerdict {
  ShapeClass kind = ShapeClass::other;  // of the largest figure; `other` when there is none
  std::size_t figures = 0;
  std::size_t good = 0;  // well formed ones
};

// What the forest and the network say, multiplied: a kind needs the votes of both. A logarithmic opinion
// pool: C. Genest, J. V. Zidek, "Combining probability distributions", Statistical Science 1, 1986.
std::vector<double> together(const std::vector<double>& forest, const std::vector<double>& network);

// Whether the rules' one figure has so many of the forest's votes that it stays and the network is not
// asked.
bool is_settled(const std::vector<std::string>& kinds, const std::vector<double>& forest,
                const RulesVerdict& rules);

// How a group's votes go on from what the rules found, `shares` in the order of `kinds`. `other` (several
// figures, or none of the list) never wins: it only makes it harder for a kind to take the place of several
// figures. Nothing: the rules stand.
std::optional<ShapeClass> overruling(const std::vector<std::string>& kinds, const std::vector<double>& shares,
                                     const RulesVerdict& rules);

// Judges every group of lines that stands by itself by the forest and the network of config/reader. Where
// they are sure of another kind than the rules, one figure of that kind, as sure as its votes, takes the
// place of what they found in the group; all else stays as the rules read it, and so does a crowded page.
void judge(const Graph& graph, double pen, std::vector<Figure>& figures);

}  // namespace doodled::sight
