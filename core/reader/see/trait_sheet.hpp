// A list of traits as it is filled: each with its name, so that names and values cannot come apart.
#pragma once
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace doodled::sight {

class TraitSheet {
 public:
  void add(const std::string& name, double value) {
    names.push_back(name);
    values.push_back(static_cast<float>(std::isfinite(value) ? std::clamp(value, -most, most) : most));
  }
  std::vector<std::string> names;
  std::vector<float> values;

 private:
  static constexpr double most = 50;  // of any trait: ratios of almost nothing say no more than that
};

inline double ratio(double a, double b) { return a / std::max(b, 1e-6); }

}  // namespace doodled::sight
