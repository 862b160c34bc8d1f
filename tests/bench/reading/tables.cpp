#include "tests/bench/reading/tables.hpp"

#include <algorithm>
#include <cstdio>

namespace doodled::bench {
namespace {

std::string kin(const std::string& name) {
  if (name == "ellipse") return "circle";
  return name == "rectangle" || name == "diamond" ? "square" : name;
}

}  // namespace

void print(const Confusion& confusion) {
  for (const auto& [label, row] : confusion) {
    std::printf("  %-10s", label.c_str());
    for (const auto& [seen, count] : row) std::printf(" %s:%d", seen.c_str(), count);
    std::printf("\n");
  }
}

void print(const char* title, const Score& score) {
  std::printf("  %-34s %4d of %4d  %5.1f %%\n", title, score.right, score.all, 100 * score.share());
}

bool same_class(const std::string& a, const std::string& b) { return kin(a) == kin(b); }

double quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<long>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace doodled::bench
