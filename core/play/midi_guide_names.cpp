// The words that makers use for our parameters.
#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>
#include <vector>

#include "core/play/midi_guide.hpp"

namespace doodled {
namespace {

using Names = std::vector<std::string_view>;

std::string simplified_word(std::string word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 21> same{
      {{"vcf", "filter"},     {"lpf", "filter"},   {"lowpass", "filter"}, {"flt", "filter"},
       {"filt", "filter"},    {"vca", "amp"},      {"amplifier", "amp"},  {"amplitude", "amp"},
       {"envelope", "env"},   {"eg", "env"},       {"adsr", "env"},       {"frequency", "freq"},
       {"oscillator", "osc"}, {"vco", "osc"},      {"dco", "osc"},        {"reso", "resonance"},
       {"res", "resonance"},  {"volume", "level"}, {"speed", "rate"},     {"panning", "pan"},
       {"amount", "level"}}};
  for (const auto& [from, to] : same)
    if (word == from) return std::string(to);
  return word;
}

// Lower case, words between single spaces, makers' synonyms made one.
std::string simplified(std::string_view text) {
  std::string all, word;
  const auto flush = [&] {
    if (!word.empty()) all += (all.empty() ? "" : " ") + simplified_word(word);
    word.clear();
  };
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else
      flush();
  }
  flush();
  return all;
}

// Best first.
const Names& names_of(Parameter parameter) {
  static const std::array<Names, parameter_count> names{{
      {"filter cutoff", "filter freq", "filter cutoff freq", "cutoff", "cutoff freq", "filter 1 cutoff",
       "filter 1 freq", "brightness"},
      {"filter resonance", "resonance", "filter emphasis", "filter 1 resonance", "emphasis", "filter q",
       "peak"},
      {"amp env attack", "amp attack", "env attack", "attack", "amp env attack time", "attack time",
       "env 1 attack", "env 2 attack"},
      {"amp env decay", "amp decay", "env decay", "decay", "amp env decay time", "decay time", "env 1 decay",
       "env 2 decay"},
      {"amp env sustain", "amp sustain", "env sustain", "sustain", "amp env sustain level", "env 1 sustain",
       "env 2 sustain"},
      {"amp env release", "amp release", "env release", "release", "amp env release time", "release time",
       "env 1 release", "env 2 release"},
      {"drive", "filter drive", "filter multidrive", "overdrive", "distortion", "drive level", "saturation"},
      {"noise level", "noise", "mixer noise", "mixer noise level", "osc noise level"},
      {"detune", "osc detune", "osc 2 detune", "osc 2 fine tune", "osc 2 freq", "fine tune", "unison detune"},
      {"osc mix", "mix", "osc balance", "osc 1 2 mix", "mixer osc mix", "osc 1 wave", "wave"},
      {"reverb level", "reverb", "reverb mix", "reverb send", "reverb dry wet", "reverb wet", "reverb depth"},
      {"delay level", "delay", "delay mix", "delay send", "delay dry wet", "delay wet", "delay depth"},
      {"lfo rate", "lfo 1 rate", "lfo freq", "lfo 1 freq", "mod rate", "vibrato rate"},
      {"lfo depth", "lfo 1 depth", "lfo level", "lfo 1 level", "lfo int", "mod depth", "vibrato depth"},
      {"master tune", "pitch", "transpose"},
      {"amp level", "level", "master level", "output level", "main level"},
      {"pan", "pan position", "amp pan"},
      {"macro 1", "macro control 1"},
      {"macro 2", "macro control 2"},
      {"macro 3", "macro control 3"},
      {"macro 4", "macro control 4"},
      {"macro 5", "macro control 5"},
      {"macro 6", "macro control 6"},
      {"macro 7", "macro control 7"},
      {"macro 8", "macro control 8"},
      {"macro 9", "macro control 9"},
  }};
  return names[static_cast<std::size_t>(parameter)];
}

}  // namespace

std::optional<int> guide_rank(Parameter parameter, std::string_view section, std::string_view name) {
  const auto alone = simplified(name), within = simplified(std::string(section) + " " + std::string(name));
  const auto& names = names_of(parameter);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == alone || names[i] == within) return static_cast<int>(i);
  return std::nullopt;
}

}  // namespace doodled
