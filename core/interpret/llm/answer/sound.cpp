#include <algorithm>
#include <cmath>

#include "core/compose/draft.hpp"
#include "core/interpret/llm/answer/parts.hpp"

namespace doodled::llm {
namespace {

constexpr std::size_t samples_wanted = 64;

double unit(const Json& percent) { return percent.get<double>() / 100; }

Parameter parameter_of(const Json& name) {
  return parameter_from_name(name.get_ref<const std::string&>()).value_or(Parameter::cutoff);
}

Oscillator oscillator_of(const Json& json) {
  return {wave_from(json.at("wave").get_ref<const std::string&>()).value_or(Wave::saw),
          json.at("detune").get<double>(), unit(json.at("level")), json.at("octave").get<int>()};
}

// Equal steps along the given samples, linear between them.
std::vector<double> resampled(const std::vector<double>& given) {
  if (given.size() == samples_wanted) return given;
  std::vector<double> samples;
  const double step = static_cast<double>(given.size() - 1) / (samples_wanted - 1);
  for (std::size_t i = 0; i < samples_wanted; ++i) {
    const double at = step * static_cast<double>(i);
    const auto left = std::min(static_cast<std::size_t>(at), given.size() - 2);
    samples.push_back(
        composing::rounded(std::lerp(given[left], given[left + 1], at - static_cast<double>(left))));
  }
  return samples;
}

}  // namespace

Key key_of(const Json& key) {
  return {pitch_class_from_name(key.at("tonic").get_ref<const std::string&>()).value_or(0),
          key.at("scale").get<std::string>()};
}

Patch patch_of(const Json& json, std::string name) {
  Patch patch;
  patch.name = std::move(name);
  for (const auto& oscillator : json.at("oscillators"))
    patch.oscillators.push_back(oscillator_of(oscillator));
  const auto& filter = json.at("filter");
  patch.filter = {
      filter_type_from(filter.at("type").get_ref<const std::string&>()).value_or(FilterType::lowpass),
      filter.at("cutoff_hz").get<double>(), unit(filter.at("resonance"))};
  const auto& envelope = json.at("envelope");
  patch.envelope = {envelope.at("attack_ms").get<double>(), envelope.at("decay_ms").get<double>(),
                    unit(envelope.at("sustain")), envelope.at("release_ms").get<double>()};
  patch.drive = unit(json.at("drive"));
  patch.noise = unit(json.at("noise"));
  patch.reverb = unit(json.at("reverb"));
  patch.delay = unit(json.at("delay"));
  return patch;
}

void add_lfos(Lowering& lowering, const Json& lfos) {
  for (const auto& json : lfos) {
    const std::string id = "lfo_" + std::to_string(lowering.session.lfos.size() + 1);
    std::vector<double> given;
    for (const auto& sample : json.at("samples")) given.push_back(unit(sample));
    if (given.size() != samples_wanted)
      lowering.note(id + ": " + std::to_string(given.size()) + " samples brought to " +
                    std::to_string(samples_wanted));
    lowering.session.lfos.push_back(
        {id, "Drawn", resampled(given), json.at("cycle").get<Tick>() * ticks_per_step,
         lowering.session.tracks.front().id, parameter_of(json.at("destination")), unit(json.at("depth"))});
  }
}

void add_modulation(Lowering& lowering, const Json& cables) {
  auto& patch = *lowering.session.tracks.front().patch;
  for (const auto& cable : cables) {
    const auto source = cable.at("source").get<std::string>();
    const bool missing =
        source.starts_with("lfo_") &&
        std::ranges::find(lowering.session.lfos, source, &LfoShape::id) == lowering.session.lfos.end();
    if (missing)
      lowering.note("a cable from " + source + " left out: there is no such LFO");
    else
      patch.modulation.push_back({source, parameter_of(cable.at("destination")), unit(cable.at("depth"))});
  }
}

void add_macros(Lowering& lowering, const std::array<double, 9>& values, const Json& names) {
  Reading reading;
  reading.photo.cells = values;
  const ComposeOptions options;
  composing::Draft draft{reading, options, std::move(lowering.session)};
  composing::add_cell_macros(draft);
  lowering.session = std::move(draft.session);
  auto& macros = lowering.session.macros;
  for (std::size_t i = 0; names.is_array() && i < names.size() && i < macros.size(); ++i)
    macros[i].name += ": " + names[i].at("name").get<std::string>();
}

}  // namespace doodled::llm
