// A forest of decision trees: each asks a few traits one after the other and votes; the mean of the votes is
// how likely each kind is. L. Breiman, "Random forests", Machine Learning 45, 2001.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace doodled::sight {

class Forest {
 public:
  struct Node {
    int trait = -1;           // -1: a leaf
    float threshold = 0;      // below goes to the next node, else to `other`
    std::int32_t other = -1;  // of a leaf: where its votes begin
  };

  // Text as tests/bench/fitting writes it: `kinds NAME...`, a line `trait NAME` for each trait in their
  // order, then trees in preorder, `? TRAIT THRESHOLD` for a question and `= KIND:PERCENT...` for a leaf,
  // each tree after a line `tree`. Lines that begin with # are remarks. Throws std::invalid_argument with the
  // line's number.
  static Forest parse(std::string_view text);

  const std::vector<std::string>& kinds() const { return kinds_; }
  const std::vector<std::string>& traits() const { return traits_; }
  // One share a kind, 0..1, their sum is 1. `values` has as many as traits().
  std::vector<double> vote(const std::vector<float>& values) const;

 private:
  std::vector<std::string> kinds_, traits_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> roots_;
  std::vector<float> votes_;  // of leaves, one a kind
  friend class ForestParser;
};

}  // namespace doodled::sight
