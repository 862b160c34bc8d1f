#include "drivers/abletonosc/parameter_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace doodled::ableton_osc {
namespace {

struct Description {
  Parameter parameter;
  std::string_view words;  // separated by spaces, all of them needed as beginnings of words
};

constexpr std::array descriptions{Description{Parameter::cutoff, "filter freq"},
                                  Description{Parameter::cutoff, "filter cutoff"},
                                  Description{Parameter::cutoff, "f1 freq"},
                                  Description{Parameter::cutoff, "lp freq"},
                                  Description{Parameter::cutoff, "cutoff"},
                                  Description{Parameter::cutoff, "frequency"},
                                  Description{Parameter::resonance, "filter res"},
                                  Description{Parameter::resonance, "f1 res"},
                                  Description{Parameter::resonance, "lp res"},
                                  Description{Parameter::resonance, "reso"},
                                  Description{Parameter::attack, "amp attack"},
                                  Description{Parameter::attack, "ae attack"},
                                  Description{Parameter::attack, "attack"},
                                  Description{Parameter::decay, "amp decay"},
                                  Description{Parameter::decay, "ae decay"},
                                  Description{Parameter::decay, "decay"},
                                  Description{Parameter::sustain, "amp sustain"},
                                  Description{Parameter::sustain, "ae sustain"},
                                  Description{Parameter::sustain, "sustain"},
                                  Description{Parameter::release, "amp release"},
                                  Description{Parameter::release, "ae release"},
                                  Description{Parameter::release, "release"},
                                  Description{Parameter::drive, "filter drive"},
                                  Description{Parameter::drive, "drive"},
                                  Description{Parameter::noise, "noise level"},
                                  Description{Parameter::noise, "noise gain"},
                                  Description{Parameter::noise, "noise"},
                                  Description{Parameter::detune, "detune"},
                                  Description{Parameter::wave_mix, "osc mix"},
                                  Description{Parameter::wave_mix, "shape"},
                                  Description{Parameter::reverb, "reverb"},
                                  Description{Parameter::delay, "delay"},
                                  Description{Parameter::lfo_rate, "lfo rate"},
                                  Description{Parameter::lfo_rate, "lfo freq"},
                                  Description{Parameter::lfo_depth, "lfo amount"},
                                  Description{Parameter::lfo_depth, "lfo amt"},
                                  Description{Parameter::level, "volume"},
                                  Description{Parameter::level, "level"},
                                  Description{Parameter::pan, "pan"},
                                  Description{Parameter::macro_1, "macro 1"},
                                  Description{Parameter::macro_2, "macro 2"},
                                  Description{Parameter::macro_3, "macro 3"},
                                  Description{Parameter::macro_4, "macro 4"},
                                  Description{Parameter::macro_5, "macro 5"},
                                  Description{Parameter::macro_6, "macro 6"},
                                  Description{Parameter::macro_7, "macro 7"},
                                  Description{Parameter::macro_8, "macro 8"},
                                  Description{Parameter::macro_9, "macro 9"}};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool is_number(const std::string& word) {
  return std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c); });
}

bool has_all(const std::vector<std::string>& name, std::string_view description) {
  return std::ranges::all_of(words_of(description), [&](const std::string& wanted) {
    return std::ranges::any_of(name, [&](const std::string& word) {
      return is_number(wanted) ? word == wanted : word.starts_with(wanted);
    });
  });
}

}  // namespace

std::optional<int> find_parameter(Parameter parameter, std::span<const std::string> names) {
  for (const auto& description : descriptions) {
    if (description.parameter != parameter) continue;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (has_all(words_of(names[i]), description.words)) return static_cast<int>(i);
  }
  return std::nullopt;
}

}  // namespace doodled::ableton_osc
