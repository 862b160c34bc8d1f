#include "core/compose/compose.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/compose/draft.hpp"

namespace doodled {
namespace {

constexpr std::array<std::string_view, 5> modes = {"auto", "doodle", "lfo", "photo", "macros"};

template <class T>
std::optional<T> number_in(const Json& value, double minimum, double maximum) {
  if (!value.is_number()) return std::nullopt;
  const double number = value.get<double>();
  if (!(number >= minimum && number <= maximum)) return std::nullopt;
  if (std::is_integral_v<T> && number != std::floor(number)) return std::nullopt;
  return static_cast<T>(number);
}

// Reads one option into place; the message when it does not fit, empty when it does.
std::string read_option(ComposeOptions& options, const std::string& name, const Json& value) {
  if (name == "key") {
    options.key = value.is_string() ? key_from_name(value.get<std::string>()) : std::nullopt;
    return options.key ? "" : "is no key, such as 'E minor_pentatonic' or 'F# dorian'";
  }
  if (name == "tempo_bpm" || name == "tempo") {
    options.tempo_bpm = number_in<double>(value, min_tempo_bpm, max_tempo_bpm);
    return options.tempo_bpm ? "" : "is not a tempo from 20 to 400";
  }
  if (name == "swing") {
    options.swing = number_in<double>(value, 50, 75);
    return options.swing ? "" : "is not a swing from 50 to 75";
  }
  if (name == "bars") {
    options.bars = number_in<int>(value, 1, 64);
    return options.bars ? "" : "is not a number of bars from 1 to 64";
  }
  if (name == "seed") {
    const auto seed = number_in<std::int64_t>(value, 0, 9007199254740991.0);
    options.seed = static_cast<std::uint64_t>(seed.value_or(1));
    return seed ? "" : "is not a whole number from 0 to 2^53 - 1";
  }
  return "is no option; there are key, tempo_bpm, swing, bars, seed";
}

void finish(composing::Draft& draft) {
  auto& session = draft.session;
  const auto& options = draft.options;
  session.seed = options.seed;
  session.swing = options.swing.value_or(session.swing);
  session.provenance = {"builtin", std::string(composer_version), options.image_sha256, {}};
}

}  // namespace

bool is_compose_mode(std::string_view mode) { return std::ranges::find(modes, mode) != modes.end(); }

Result<ComposeOptions> compose_options(const std::string& mode, const Json& json) {
  if (!is_compose_mode(mode))
    return Error{"unknown_mode",
                 "there is no mode \"" + mode + "\"; there are auto, doodle, lfo, photo, macros",
                 {{"mode", "unknown"}}};
  ComposeOptions options;
  options.mode = mode;
  if (json.is_null()) return options;
  if (!json.is_object())
    return Error{"invalid_option", "options is not an object", {{"options", "is not an object"}}};
  std::vector<Problem> problems;
  for (const auto& [name, value] : json.items())
    if (auto message = read_option(options, name, value); !message.empty())
      problems.push_back({"/options/" + name, std::move(message)});
  if (!problems.empty()) return Error{"invalid_option", "some options can't be used", std::move(problems)};
  return options;
}

Result<Session> compose(const Reading& reading, const ComposeOptions& options) {
  if (reading.kind == PictureKind::nothing)
    return Error{"nothing_found",
                 reading.advice.empty() ? "nothing was found in the picture" : reading.advice};
  composing::Draft draft{reading, options, {}};
  const bool photo = options.mode == "photo" || ((options.mode == "auto" || options.mode == "macros") &&
                                                 reading.kind == PictureKind::photo);
  if (photo)
    composing::compose_photo(draft);
  else
    composing::compose_drawing(draft);
  if (options.mode == "macros" || photo) composing::add_cell_macros(draft);
  if (options.mode == "macros" || options.mode == "lfo") draft.session.mode = options.mode;
  finish(draft);
  return std::move(draft.session);
}

namespace composing {

int tonic_of_hue(double hue_degrees) {
  const int fifths = static_cast<int>(std::lround(hue_degrees / 30.0)) % 12;
  return ((fifths * 7) % 12 + 12) % 12;
}

void add_cell_macros(Draft& draft) {
  constexpr std::array<std::string_view, 9> names = {"Filter envelope", "Reverb tail", "Delay tail",
                                                     "Tuning",          "Harmonics",   "Wavetable",
                                                     "Attack",          "Release",     "LFO depth"};
  constexpr std::array<std::string_view, 3> groups = {"filter_effects", "oscillator", "amp_lfo"};
  constexpr std::array<Parameter, 9> targets = {Parameter::cutoff, Parameter::reverb,  Parameter::delay,
                                                Parameter::detune, Parameter::drive,   Parameter::wave_mix,
                                                Parameter::attack, Parameter::release, Parameter::lfo_depth};
  auto& session = draft.session;
  for (std::size_t i = 0; i < 9; ++i) {
    const int cell = static_cast<int>(i) + 1;
    const double value = rounded(draft.reading.photo.cells[i]);
    session.macros.push_back({"macro_" + std::to_string(cell),
                              std::string(names[i]),
                              std::string(groups[i / 3]),
                              cell,
                              value,
                              std::nullopt,
                              session.tracks.front().id,
                              {{session.tracks.front().id, targets[i], 0.25}}});
    const Box box{static_cast<double>(i % 3) / 3, static_cast<double>(i / 3) / 3, 1.0 / 3, 1.0 / 3};
    draft.explain("/macros/" + std::to_string(session.macros.size() - 1), box, "energy " + per_cent(value),
                  "cell-macro");
  }
}

}  // namespace composing
}  // namespace doodled
