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
    out << ' ' << s.lines.size();
    for (const auto& line : s.lines) {
      out << ' ' << line.size();
      for (const auto& p : line) out << ' ' << p.x << ' ' << p.y;
    }
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
    s.traits.resize(sight::trait_names().size());
    for (float& value : s.traits) line >> value;
    std::size_t lines = 0;
    line >> lines;
    s.lines.resize(line ? lines : 0);
    for (auto& path : s.lines) {
      std::size_t points = 0;
      line >> points;
      path.resize(line ? points : 0);
      for (auto& p : path) line >> p.x >> p.y;
    }
    if (!line || (line >> std::ws, !line.eof()))
      throw std::runtime_error(file.string() + " holds samples of other traits");
    samples.push_back(std::move(s));
  }
  return samples;
}

}  // namespace doodled::bench
