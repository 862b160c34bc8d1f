#include "core/interpret/words.hpp"

#include <algorithm>
#include <cctype>

namespace doodled {
namespace {

// Letters and digits only, in lower case: 'Low-Pass 24' -> 'lowpass24'.
std::string squeezed(std::string_view words) {
  std::string text;
  for (const char c : words)
    if (std::isalnum(static_cast<unsigned char>(c)))
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

template <class T>
struct Word {
  std::string_view part;
  T value;
};

// The first row whose part occurs in the words.
template <class T, std::size_t N>
std::optional<T> first_match(const Word<T> (&rows)[N], std::string_view words) {
  const std::string text = squeezed(words);
  for (const auto& row : rows)
    if (text.find(row.part) != std::string::npos) return row.value;
  return std::nullopt;
}

constexpr Word<Wave> wave_words[] = {{"saw", Wave::saw},
                                     {"ramp", Wave::saw},
                                     {"sin", Wave::sine},
                                     {"tri", Wave::triangle},
                                     {"square", Wave::square},
                                     {"pulse", Wave::square},
                                     {"noise", Wave::noise},
                                     {"samplehold", Wave::square},
                                     {"wavetable", Wave::wavetable},
                                     {"custom", Wave::wavetable},
                                     {"fm", Wave::sine}};

constexpr Word<FilterType> filter_words[] = {
    {"low", FilterType::lowpass},   {"lp", FilterType::lowpass},  {"ladder", FilterType::lowpass},
    {"high", FilterType::highpass}, {"hp", FilterType::highpass}, {"band", FilterType::bandpass},
    {"bp", FilterType::bandpass},   {"notch", FilterType::notch}, {"reject", FilterType::notch}};

// Longer and more particular words first: 'lfo rate' must not be read as another 'rate'.
constexpr Word<Parameter> parameter_words[] = {{"cutoff", Parameter::cutoff},
                                               {"resonance", Parameter::resonance},
                                               {"filterq", Parameter::resonance},
                                               {"attack", Parameter::attack},
                                               {"decay", Parameter::decay},
                                               {"sustain", Parameter::sustain},
                                               {"release", Parameter::release},
                                               {"lforate", Parameter::lfo_rate},
                                               {"lfospeed", Parameter::lfo_rate},
                                               {"lfodepth", Parameter::lfo_depth},
                                               {"lfoamount", Parameter::lfo_depth},
                                               {"drive", Parameter::drive},
                                               {"distortion", Parameter::drive},
                                               {"saturation", Parameter::drive},
                                               {"bitcrush", Parameter::drive},
                                               {"noise", Parameter::noise},
                                               {"grain", Parameter::noise},
                                               {"detune", Parameter::detune},
                                               {"finetune", Parameter::detune},
                                               {"wavemix", Parameter::wave_mix},
                                               {"oscmix", Parameter::wave_mix},
                                               {"wavetable", Parameter::wave_mix},
                                               {"pulsewidth", Parameter::wave_mix},
                                               {"fmindex", Parameter::wave_mix},
                                               {"reverb", Parameter::reverb},
                                               {"delay", Parameter::delay},
                                               {"echo", Parameter::delay},
                                               {"pitch", Parameter::pitch},
                                               {"frequency", Parameter::pitch},
                                               {"tune", Parameter::pitch},
                                               {"pan", Parameter::pan},
                                               {"volume", Parameter::level},
                                               {"amp", Parameter::level},
                                               {"level", Parameter::level},
                                               {"vca", Parameter::level},
                                               {"gain", Parameter::level},
                                               {"filter", Parameter::cutoff},
                                               {"vcf", Parameter::cutoff},
                                               {"brightness", Parameter::cutoff}};

constexpr Word<int> drum_words[] = {
    {"kick", 36},       {"bassdrum", 36}, {"bd", 36},        {"rim", 37},     {"snare", 38},   {"sd", 38},
    {"clap", 39},       {"openhat", 46},  {"openhihat", 46}, {"hatopen", 46}, {"hat", 42},     {"hihat", 42},
    {"crash", 49},      {"ride", 51},     {"cymbal", 49},    {"lowtom", 45},  {"hightom", 50}, {"tom", 47},
    {"tambourine", 54}, {"cowbell", 56},  {"shaker", 70},    {"maraca", 70},  {"conga", 63},   {"bongo", 60},
    {"perc", 75},       {"clave", 75},    {"block", 76}};

}  // namespace

std::optional<Wave> wave_from_words(std::string_view words) { return first_match(wave_words, words); }
std::optional<FilterType> filter_from_words(std::string_view words) {
  return first_match(filter_words, words);
}
std::optional<int> drum_from_words(std::string_view words) { return first_match(drum_words, words); }

std::optional<Parameter> parameter_from_words(std::string_view words) {
  if (const auto exact = parameter_from_name(words)) return exact;
  return first_match(parameter_words, words);
}

std::optional<std::string> source_from_words(std::string_view words) {
  const std::string text = squeezed(words);
  if (text.starts_with("lfo")) {
    const std::string number = text.substr(3);
    const bool plain =
        std::ranges::all_of(number, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
    return "lfo_" + (number.empty() || !plain || number.size() > 3 ? std::string("1") : number);
  }
  if (text.find("env") != std::string::npos || text.find("adsr") != std::string::npos) return "envelope";
  if (text.find("vel") != std::string::npos) return "velocity";
  if (text.find("noise") != std::string::npos || text.find("random") != std::string::npos) return "noise";
  return std::nullopt;
}

}  // namespace doodled
