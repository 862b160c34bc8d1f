#include "core/music/parameters.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace doodled {
namespace {

using P = Parameter;
constexpr std::array<ParameterInfo, parameter_count> table{{
    {P::cutoff, "cutoff", "Hz", 20, 20000, Law::logarithmic},
    {P::resonance, "resonance", "", 0, 1, Law::linear},
    {P::attack, "attack", "ms", 1, 20000, Law::logarithmic},
    {P::decay, "decay", "ms", 1, 20000, Law::logarithmic},
    {P::sustain, "sustain", "", 0, 1, Law::linear},
    {P::release, "release", "ms", 1, 20000, Law::logarithmic},
    {P::drive, "drive", "", 0, 1, Law::linear},
    {P::noise, "noise", "", 0, 1, Law::linear},
    {P::detune, "detune", "cents", -50, 50, Law::linear},
    {P::wave_mix, "wave_mix", "", 0, 1, Law::linear},
    {P::reverb, "reverb", "", 0, 1, Law::linear},
    {P::delay, "delay", "", 0, 1, Law::linear},
    {P::lfo_rate, "lfo_rate", "Hz", 0.01, 100, Law::logarithmic},
    {P::lfo_depth, "lfo_depth", "", 0, 1, Law::linear},
    {P::pitch, "pitch", "semitones", -24, 24, Law::linear},
    {P::level, "level", "", 0, 1, Law::linear},
    {P::pan, "pan", "", -1, 1, Law::linear},
    {P::macro_1, "macro_1", "", 0, 1, Law::linear},
    {P::macro_2, "macro_2", "", 0, 1, Law::linear},
    {P::macro_3, "macro_3", "", 0, 1, Law::linear},
    {P::macro_4, "macro_4", "", 0, 1, Law::linear},
    {P::macro_5, "macro_5", "", 0, 1, Law::linear},
    {P::macro_6, "macro_6", "", 0, 1, Law::linear},
    {P::macro_7, "macro_7", "", 0, 1, Law::linear},
    {P::macro_8, "macro_8", "", 0, 1, Law::linear},
    {P::macro_9, "macro_9", "", 0, 1, Law::linear},
}};

constexpr bool rows_follow_the_enum() {
  for (int i = 0; i < parameter_count; ++i)
    if (static_cast<int>(table[i].parameter) != i) return false;
  return true;
}
static_assert(rows_follow_the_enum());

}  // namespace

std::span<const ParameterInfo> all_parameters() { return table; }

const ParameterInfo& info(Parameter parameter) { return table[static_cast<std::size_t>(parameter)]; }

std::optional<Parameter> parameter_from_name(std::string_view name) {
  const auto row = std::ranges::find(table, name, &ParameterInfo::name);
  if (row == table.end()) return std::nullopt;
  return row->parameter;
}

double to_unit(Parameter parameter, double value) {
  const auto& row = info(parameter);
  const double clamped = std::clamp(value, row.minimum, row.maximum);
  if (row.law == Law::linear) return (clamped - row.minimum) / (row.maximum - row.minimum);
  return std::log(clamped / row.minimum) / std::log(row.maximum / row.minimum);
}

double from_unit(Parameter parameter, double unit) {
  const auto& row = info(parameter);
  const double clamped = std::clamp(unit, 0.0, 1.0);
  if (row.law == Law::linear) return row.minimum + clamped * (row.maximum - row.minimum);
  return row.minimum * std::pow(row.maximum / row.minimum, clamped);
}

}  // namespace doodled
