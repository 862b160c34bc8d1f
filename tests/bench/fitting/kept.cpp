// Samples as a file: a line each.
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "core/reader/see/traits.hpp"
#include "tests/bench/fitting/samples.hpp"

namespace doodled::bench {

void keep(const std::vector<Sample>& samples, const std::filesystem::path& file) {
  std::ofstream out(file);
  out.precision(9);
  for (const Sample& s : samples) {
    out << s.source << ' ' << s.drawing << ' ' << s.kind << ' ' << s.weight << ' ' << to_string(s.rules.kind)
        << ' ' << s.rules.figures << ' ' << s.rules.good;
    for (const float value : s.traits) out << ' ' << value;
    out << '\n';
  }
}

std::vector<Sample> kept(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<Sample> samples;
  for (std::string text; std::getline(in, text);) {
    std::istringstream line(text);
    Sample s;
    std::string kind;
    line >> s.source >> s.drawing >> s.kind >> s.weight >> kind >> s.rules.figures >> s.rules.good;
    s.rules.kind = shape_class_from(kind).value_or(ShapeClass::other);
    for (float value = 0; line >> value;) s.traits.push_back(value);
    if (s.traits.size() != sight::trait_names().size())
      throw std::runtime_error(file.string() + " holds samples of other traits");
    samples.push_back(std::move(s));
  }
  return samples;
}

}  // namespace doodled::bench
