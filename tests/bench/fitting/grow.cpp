#include "tests/bench/fitting/grow.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/random.hpp"
#include "core/reader/see/traits.hpp"

namespace doodled::bench {
namespace {

using Counts = std::vector<double>;

double sum_of_squares_over_sum(const Counts& counts) {
  double sum = 0, squares = 0;
  for (const double c : counts) sum += c, squares += c * c;
  return sum > 0 ? squares / sum : 0;
}

struct Question {
  int trait = -1;
  float threshold = 0;
  double worth = 0;  // the larger the purer are both sides
};

class TreeGrower {
 public:
  TreeGrower(const std::vector<Sample>& samples, const Growth& growth, std::uint64_t seed, std::string& text)
      : samples_(samples), growth_(growth), random_(seed), text_(text) {}

  void run(const std::vector<double>& cumulated) {
    std::vector<int> drawn;
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      const double at = random_.unit() * cumulated.back();
      drawn.push_back(
          static_cast<int>(std::upper_bound(cumulated.begin(), cumulated.end(), at) - cumulated.begin()));
    }
    text_ += "tree\n";
    node(drawn.begin(), drawn.end(), 0);
  }

 private:
  using It = std::vector<int>::iterator;

  const Sample& sample(int i) const { return samples_[static_cast<std::size_t>(i)]; }

  void node(It first, It last, int depth) {
    const Counts counts = counted(first, last);
    const Question question =
        depth < growth_.deepest && last - first >= 2 * growth_.least ? ask(first, last, counts) : Question{};
    if (question.trait < 0) return leaf(counts);
    char line[64];
    std::snprintf(line, sizeof line, "? %d %.4g\n", question.trait, double(question.threshold));
    text_ += line;
    const float threshold = std::stof(std::string(line).substr(std::string(line).rfind(' ')));
    const It middle = std::stable_partition(
        first, last, [&](int i) { return sample(i).traits[std::size_t(question.trait)] < threshold; });
    node(first, middle, depth + 1);
    node(middle, last, depth + 1);
  }
  Counts counted(It first, It last) const {
    Counts counts(kinds().size(), 0);
    for (It at = first; at != last; ++at) counts[std::size_t(sample(*at).kind)] += 1;
    return counts;
  }
  void leaf(const Counts& counts) {
    double all = 0;
    for (const double c : counts) all += c;
    text_ += "=";
    for (std::size_t k = 0; k < counts.size(); ++k)
      if (const long share = std::lround(100 * counts[k] / std::max(all, 1.0)); share > 0)
        text_ += " " + std::to_string(k) + ":" + std::to_string(share);
    text_ += "\n";
  }
  Question ask(It first, It last, const Counts& counts) {
    Question best;
    best.worth = sum_of_squares_over_sum(counts) * (1 + 1e-9);
    const auto size = static_cast<int>(last - first);
    const auto traits = static_cast<int>(sample(*first).traits.size());
    for (int t = 0; t < growth_.asked; ++t) {
      const int trait = random_.below(traits);
      for (int k = 0; k < growth_.thresholds; ++k) {
        const float a = sample(*(first + random_.below(size))).traits[std::size_t(trait)],
                    b = sample(*(first + random_.below(size))).traits[std::size_t(trait)];
        if (a != b) weigh(first, last, counts, {trait, a + (b - a) / 2, 0}, best);
      }
    }
    return best;
  }
  void weigh(It first, It last, const Counts& counts, Question question, Question& best) const {
    Counts below(counts.size(), 0), above = counts;
    int under = 0;
    for (It at = first; at != last; ++at)
      if (sample(*at).traits[std::size_t(question.trait)] < question.threshold)
        below[std::size_t(sample(*at).kind)] += 1, above[std::size_t(sample(*at).kind)] -= 1, ++under;
    if (under < growth_.least || last - first - under < growth_.least) return;
    question.worth = sum_of_squares_over_sum(below) + sum_of_squares_over_sum(above);
    if (question.worth > best.worth) best = question;
  }

  const std::vector<Sample>& samples_;
  const Growth& growth_;
  Random random_;
  std::string& text_;
};

}  // namespace

std::string grow(const std::vector<Sample>& samples, const Growth& growth) {
  std::string text = "kinds";
  for (const auto& kind : kinds()) text += " " + kind;
  text += "\n";
  for (const auto& name : sight::trait_names()) text += "trait " + name + "\n";
  const auto cumulated = cumulated_weights(samples);
  for (int t = 0; t < growth.trees; ++t)
    TreeGrower(samples, growth, growth.seed * 1000003 + static_cast<std::uint64_t>(t), text).run(cumulated);
  return text;
}

}  // namespace doodled::bench
