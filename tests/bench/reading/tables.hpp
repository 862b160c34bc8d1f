// What the measures count and how it is printed.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace doodled::bench {

struct Score {
  int right = 0, all = 0;
  void add(bool is_right) { right += is_right, ++all; }
  double share() const { return all > 0 ? double(right) / all : 0; }
};

// [what it is][what it was taken for]
using Confusion = std::map<std::string, std::map<std::string, int>>;

void print(const Confusion& confusion);
void print(const char* title, const Score& score);

// Circle or ellipse, and square, rectangle or diamond, count as one: hands do not tell them apart.
bool same_class(const std::string& a, const std::string& b);

// The value below which that share of them lies. `values` not empty.
double quantile(std::vector<double> values, double share);

}  // namespace doodled::bench
