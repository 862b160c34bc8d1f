// The form of a piece: which sections, how long, how full.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/compose/brief.hpp"

namespace doodled::composing {
namespace {

int block_of(int bars, int sections) {
  for (const int block : {8, 4, 2})
    if (bars / sections >= block && bars % block == 0) return block;
  return 1;
}

// Whole blocks, as equal as they go; the middle takes what is left over.
std::vector<int> share_out(int bars, int sections) {
  const int block = block_of(bars, sections), blocks = bars / block;
  std::vector<int> lengths;
  for (int i = 0; i < sections; ++i)
    lengths.push_back((blocks * (i + 1) / sections - blocks * i / sections) * block);
  return lengths;
}

std::string name_of(const std::vector<double>& energies, std::size_t i) {
  const double highest = std::ranges::max(energies), lowest = std::ranges::min(energies);
  const double part = highest > lowest ? (energies[i] - lowest) / (highest - lowest) : 0.5;
  if (energies.size() == 1) return "A";
  if (i == 0 && part < 0.6) return "Intro";
  if (i + 1 == energies.size() && part < 0.6) return "Outro";
  if (part > 0.8) return "Drop";
  if (i + 1 < energies.size() && energies[i + 1] > energies[i] + 0.1 && part > 0.3) return "Build";
  return part < 0.35 ? "Break" : "Verse";
}

}  // namespace

int sections_for(int bars) { return std::clamp(bars / 8, bars >= 4 ? 2 : 1, 12); }

std::vector<SectionPlan> plan_form(int bars, const std::vector<double>& energies) {
  const auto lengths = share_out(bars, static_cast<int>(energies.size()));
  std::vector<SectionPlan> form;
  std::map<std::string, int> used;
  for (std::size_t i = 0; i < energies.size(); ++i) {
    if (lengths[i] == 0) continue;
    std::string name = name_of(energies, i);
    const int count = ++used[name];
    if (count > 1) name += " " + std::to_string(count);
    const double width = 1.0 / static_cast<double>(energies.size());
    form.push_back({std::move(name),
                    lengths[i],
                    std::clamp(energies[i], 0.0, 1.0),
                    {static_cast<double>(i) * width, 0, width, 1}});
  }
  return form;
}

}  // namespace doodled::composing
