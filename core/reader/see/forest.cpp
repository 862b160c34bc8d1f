#include "core/reader/see/forest.hpp"

#include <algorithm>

#include "core/reader/see/text_lines.hpp"

namespace doodled::sight {

class ForestParser {
 public:
  explicit ForestParser(std::string_view text) : lines_(text, "the forest") {}

  Forest run() {
    while (lines_.next()) {
      const std::string_view word = lines_.take_word();
      if (word == "kinds")
        read_kinds();
      else if (word == "trait")
        forest_.traits_.emplace_back(lines_.line());
      else if (word == "tree")
        read_tree();
      else
        lines_.fail("kinds, trait or tree is expected");
    }
    if (forest_.roots_.empty()) lines_.fail("no tree");
    return std::move(forest_);
  }

 private:
  template <class Number>
  Number number(std::string_view word) const {
    const auto value = TextLines::number<Number>(word);
    if (!value) lines_.fail("no number");
    return *value;
  }
  void read_kinds() {
    while (!lines_.line().empty()) forest_.kinds_.emplace_back(lines_.take_word());
  }
  void read_tree() {
    forest_.roots_.push_back(forest_.nodes_.size());
    read_node();
  }
  void read_node() {
    if (!lines_.next()) lines_.fail("a tree is cut short");
    const std::string_view sign = lines_.take_word();
    const std::size_t at = forest_.nodes_.size();
    forest_.nodes_.emplace_back();
    if (sign == "=") return read_leaf(at);
    if (sign != "?") lines_.fail("? or = is expected");
    forest_.nodes_[at].trait = number<int>(lines_.take_word());
    forest_.nodes_[at].threshold = number<float>(lines_.take_word());
    if (forest_.nodes_[at].trait < 0 || forest_.nodes_[at].trait >= int(forest_.traits_.size()))
      lines_.fail("no such trait");
    read_node();
    forest_.nodes_[at].other = static_cast<std::int32_t>(forest_.nodes_.size());
    read_node();
  }
  void read_leaf(std::size_t at) {
    forest_.nodes_[at].other = static_cast<std::int32_t>(forest_.votes_.size());
    forest_.votes_.resize(forest_.votes_.size() + forest_.kinds_.size(), 0);
    while (!lines_.line().empty()) {
      const std::string_view entry = lines_.take_word();
      const std::size_t colon = entry.find(':');
      const auto kind = number<std::size_t>(entry.substr(0, colon));
      if (colon == std::string_view::npos || kind >= forest_.kinds_.size()) lines_.fail("no such kind");
      forest_.votes_[std::size_t(forest_.nodes_[at].other) + kind] =
          number<float>(entry.substr(colon + 1)) / 100;
    }
  }

  TextLines lines_;
  Forest forest_;
};

Forest Forest::parse(std::string_view text) { return ForestParser(text).run(); }

std::vector<double> Forest::vote(const std::vector<float>& values) const {
  std::vector<double> sums(kinds_.size(), 0);
  for (std::size_t at : roots_) {
    while (nodes_[at].trait >= 0)
      at = values[std::size_t(nodes_[at].trait)] < nodes_[at].threshold ? at + 1
                                                                        : std::size_t(nodes_[at].other);
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += votes_[std::size_t(nodes_[at].other) + k];
  }
  double all = 0;
  for (const double sum : sums) all += sum;
  for (double& sum : sums) sum /= std::max(all, 1e-9);
  return sums;
}

}  // namespace doodled::sight
