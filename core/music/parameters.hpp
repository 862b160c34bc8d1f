// The closed list of continuous parameters that a session may set, automate and modulate. Their names are
// used in session documents, in OSC addresses (/doodled/param/<name>) and in device profiles.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace doodled {

enum class Parameter : std::uint8_t {
  cutoff,
  resonance,
  attack,
  decay,
  sustain,
  release,
  drive,
  noise,
  detune,
  wave_mix,
  reverb,
  delay,
  lfo_rate,
  lfo_depth,
  pitch,
  level,
  pan,
  macro_1,
  macro_2,
  macro_3,
  macro_4,
  macro_5,
  macro_6,
  macro_7,
  macro_8,
  macro_9
};
inline constexpr int parameter_count = static_cast<int>(Parameter::macro_9) + 1;

enum class Law : std::uint8_t { linear, logarithmic };

struct ParameterInfo {
  Parameter parameter;
  std::string_view name;
  std::string_view unit;
  double minimum, maximum;  // in `unit`
  Law law;
};

std::span<const ParameterInfo> all_parameters();
const ParameterInfo& info(Parameter parameter);
std::optional<Parameter> parameter_from_name(std::string_view name);

// Between the unit's value and 0..1; clamps. Logarithmic: x = ln(v/min) / ln(max/min), so 1200 Hz of
// 20..20000 Hz is 0.5927.
double to_unit(Parameter parameter, double value);
double from_unit(Parameter parameter, double unit);

}  // namespace doodled
