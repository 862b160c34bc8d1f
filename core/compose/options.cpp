// Options as they come in a request, read and checked one by one.
#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/compose/catalogue.hpp"
#include "core/compose/compose.hpp"
#include "core/music/generate/drums.hpp"
#include "core/music/meter.hpp"

namespace doodled {
namespace {

struct Mode {
  std::string_view name, summary;
};
constexpr std::array modes = std::to_array<Mode>({
    {"auto",
     "what suits the picture: doodle for a drawing, photo for a photograph, prompt without a picture"},
    {"doodle", "a patch with its modulation, and a step sequence"},
    {"lfo", "drawn functions: one LFO for each line, also as wavetables and control voltages"},
    {"photo", "several tracks: a pad with a chord progression, bass, lead, a texture that modulates"},
    {"macros", "the nine cells of the picture as named macros of a patch"},
    {"mpc", "pads with roles and steps, plugin tracks, Q-Link macros"},
    {"arrangement",
     "a form read from the picture's composition: sections over 64 bars or as many as asked for"},
    {"prompt", "music of words alone; says what it did not understand"},
});
constexpr std::array<std::string_view, 6> devices = {"mpc", "push", "live", "max", "generic", "general_midi"};

template <class T>
std::optional<T> number_in(const Json& value, double minimum, double maximum) {
  if (!value.is_number()) return std::nullopt;
  const double number = value.get<double>();
  if (!(number >= minimum && number <= maximum)) return std::nullopt;
  if (std::is_integral_v<T> && number != std::floor(number)) return std::nullopt;
  return static_cast<T>(number);
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

// Each reads one option into place and answers with what is wrong with it, or nothing.
using Read = std::string (*)(ComposeOptions& options, const Json& value);

std::string read_key(ComposeOptions& options, const Json& value) {
  const auto key = doodled::read_key(text_of(value));
  if (!key) return key.error().message;
  options.key = *key;
  return {};
}

std::string read_scale(ComposeOptions& options, const Json& value) {
  const Scale* scale = find_scale(text_of(value));
  if (!scale) return to_text(value) + " is no scale, such as 'dorian' or 'minor_pentatonic'";
  options.scale = std::string(scale->name);
  return {};
}

std::string read_tempo(ComposeOptions& options, const Json& value) {
  options.tempo_bpm = number_in<double>(value, min_tempo_bpm, max_tempo_bpm);
  return options.tempo_bpm ? "" : "is not a tempo from 20 to 400";
}

std::string read_meter(ComposeOptions& options, const Json& value) {
  options.meter = meter_from_name(text_of(value));
  return options.meter ? ""
                       : to_text(value) + " is no meter, such as '7/8' (1..32 over 1, 2, 4, 8, 16 or 32)";
}

std::string read_swing(ComposeOptions& options, const Json& value) {
  options.swing = number_in<double>(value, 50, 75);
  return options.swing ? "" : "is not a swing from 50 to 75";
}

std::string read_bars(ComposeOptions& options, const Json& value) {
  options.bars = number_in<int>(value, 1, 256);
  return options.bars ? "" : "is not a number of bars from 1 to 256";
}

std::string read_density(ComposeOptions& options, const Json& value) {
  options.density = number_in<double>(value, 0, 1);
  return options.density ? "" : "is not a density from 0 to 1";
}

std::string read_style(ComposeOptions& options, const Json& value) {
  const auto genre = generate::drum_genre_from_name(text_of(value));
  if (genre) return options.style = std::string(*genre), std::string();
  std::string known;
  for (const auto name : generate::drum_genres()) known += (known.empty() ? "" : ", ") + std::string(name);
  return to_text(value) + " is no style; there are " + known;
}

std::string read_parts(ComposeOptions& options, const Json& value) {
  constexpr std::string_view wrong =
      "is not a list of different parts out of lead, bass, pad, chords, drums, texture, arpeggio";
  if (!value.is_array() || value.empty()) return std::string(wrong);
  for (const auto& item : value) {
    const auto role = role_from(text_of(item));
    if (!role || std::ranges::find(options.parts, *role) != options.parts.end()) return std::string(wrong);
    options.parts.push_back(*role);
  }
  return {};
}

std::string read_device(ComposeOptions& options, const Json& value) {
  options.device = text_of(value);
  if (std::ranges::find(devices, options.device) != devices.end()) return {};
  return to_text(value) + " is none of mpc, push, live, max, generic, general_midi";
}

std::string read_lfo_beats(ComposeOptions& options, const Json& value) {
  options.lfo_beats = number_in<double>(value, 1.0 / 16, 64);
  return options.lfo_beats ? "" : "is not a number of beats from 1/16 to 64";
}

std::string read_lfo_seconds(ComposeOptions& options, const Json& value) {
  options.lfo_seconds = number_in<double>(value, 0.01, 3600);
  return options.lfo_seconds ? "" : "is not a number of seconds from 0.01 to 3600";
}

std::string read_lfo_interpolation(ComposeOptions& options, const Json& value) {
  options.lfo_interpolation = interpolation_from(text_of(value));
  return options.lfo_interpolation ? "" : to_text(value) + " is none of linear, step, smooth";
}

std::string read_lfo_unipolar(ComposeOptions& options, const Json& value) {
  if (!value.is_boolean()) return "is not true or false";
  options.lfo_unipolar = value.get<bool>();
  return {};
}

std::string read_seed(ComposeOptions& options, const Json& value) {
  const auto seed = number_in<std::int64_t>(value, 0, 9007199254740991.0);
  options.seed = static_cast<std::uint64_t>(seed.value_or(1));
  return seed ? "" : "is not a whole number from 0 to 2^53 - 1";
}

struct Option {
  std::string_view name;
  Read read;
  std::string_view values;  // for people
};
constexpr Option table[] = {
    {"key", read_key, "'E minor', 'F# dorian', 'Am', or a scale of your own as semitones: 'D 0,2,3,7,10'"},
    {"scale", read_scale, "a scale on the tonic that the picture gives: 'dorian', 'minor_pentatonic'"},
    {"tempo_bpm", read_tempo, "quarter notes a minute, 20 to 400"},
    {"tempo", read_tempo, "the same"},
    {"meter", read_meter, "'7/8': 1 to 32 over 1, 2, 4, 8, 16 or 32"},
    {"swing", read_swing, "per cent of a pair of sixteenths, 50 to 75"},
    {"bars", read_bars, "1 to 256"},
    {"parts", read_parts, "a list out of lead, bass, pad, chords, drums, texture, arpeggio"},
    {"density", read_density, "0 to 1; 0.5 leaves it as it is"},
    {"style", read_style, "a genre of drums, such as techno"},
    {"lfo_beats", read_lfo_beats, "length of a drawn LFO's cycle, 1/16 to 64"},
    {"lfo_seconds", read_lfo_seconds, "the same in seconds, 0.01 to 3600"},
    {"lfo_interpolation", read_lfo_interpolation, "linear, step or smooth"},
    {"lfo_unipolar", read_lfo_unipolar, "true or false"},
    {"seed", read_seed, "a whole number from 0 to 2^53 - 1"},
    {"device", read_device, "mpc, push, live, max, generic or general_midi"}};

std::string read_option(ComposeOptions& options, const std::string& name, const Json& value) {
  const auto* option = std::ranges::find(table, name, &Option::name);
  if (option != std::end(table)) return option->read(options, value);
  std::string known;
  for (const auto& row : table) known += (known.empty() ? "" : ", ") + std::string(row.name);
  return "is no option; there are " + known;
}

std::string listed_modes() {
  std::string list;
  for (const auto& mode : modes) list += (list.empty() ? "" : ", ") + std::string(mode.name);
  return list;
}

}  // namespace

std::vector<std::string_view> compose_modes() {
  std::vector<std::string_view> names;
  for (const auto& mode : modes) names.push_back(mode.name);
  return names;
}
bool is_compose_mode(std::string_view mode) {
  return std::ranges::find(modes, mode, &Mode::name) != modes.end();
}
bool needs_picture(std::string_view mode) { return mode != "prompt"; }

Json modes_json() {
  Json items = Json::array(), options = Json::array();
  for (const auto& mode : modes)
    items.push_back(
        {{"mode", mode.name}, {"summary", mode.summary}, {"needs_picture", needs_picture(mode.name)}});
  for (const auto& option : table) options.push_back({{"name", option.name}, {"values", option.values}});
  return {{"items", std::move(items)}, {"options", std::move(options)}};
}

Result<ComposeOptions> compose_options(const std::string& mode, const Json& json) {
  if (!is_compose_mode(mode))
    return Error{"unknown_mode",
                 "there is no mode \"" + mode + "\"; there are " + listed_modes(),
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

}  // namespace doodled
