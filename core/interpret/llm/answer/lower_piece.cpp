// Modes of several tracks: 'mpc', 'arrangement' and 'prompt'.
#include <algorithm>

#include "core/interpret/llm/answer/parts.hpp"

namespace doodled::llm {
namespace {

struct QLink {
  const char* key;
  const char* name;
  int controller;
  Parameter parameter;
};

constexpr QLink q_links[] = {{"cutoff", "Cutoff", 74, Parameter::cutoff},
                             {"resonance", "Resonance", 71, Parameter::resonance},
                             {"wave_mix", "Wave mix", 20, Parameter::wave_mix},
                             {"reverb", "Reverb", 91, Parameter::reverb}};

void add_q_links(Lowering& lowering, const Json& values, const std::string& track) {
  for (const auto& link : q_links) {
    auto& macros = lowering.session.macros;
    macros.push_back({"macro_" + std::to_string(macros.size() + 1),
                      link.name,
                      "q_link",
                      0,
                      values.at(link.key).get<double>() / 127,
                      link.controller,
                      track,
                      {{track, link.parameter, 1}}});
  }
}

std::string pattern_id(std::size_t index) { return {static_cast<char>('a' + index)}; }

void add_pattern(Track& track, Pattern pattern) {
  pattern.id = pattern_id(track.patterns.size());
  track.patterns.push_back(std::move(pattern));
}

// Tracks in the order of their part names in the schema.
void add_band(Lowering& lowering, const Json& sounds) {
  lowering.session.tracks.reserve(4);
  add_track(lowering, "drums", "Drums", Role::drums, std::nullopt);
  add_track(lowering, "bass", "Bass", Role::bass, patch_of(sounds.at("bass"), "Bass"));
  add_track(lowering, "pad", "Pad", Role::pad, patch_of(sounds.at("pad"), "Pad"));
  add_track(lowering, "lead", "Lead", Role::lead, patch_of(sounds.at("lead"), "Lead"));
}

void add_scene(Lowering& lowering, const Json& scene) {
  auto& tracks = lowering.session.tracks;
  add_pattern(tracks[0], pattern_of_drums(lowering, tracks[0], scene.at("drums")));
  add_pattern(tracks[1], pattern_of_voice(lowering, scene.at("bass")));
  add_pattern(tracks[2], pattern_of_chords(lowering, scene.at("chords")));
  add_pattern(tracks[3], pattern_of_voice(lowering, scene.at("lead")));
}

std::string title_case(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

// A scene that is not there is the last one.
Section section_of(Lowering& lowering, const Json& json) {
  const auto& tracks = lowering.session.tracks;
  const auto wanted = json.at("scene").get<std::size_t>() - 1, last = tracks[0].patterns.size() - 1;
  if (wanted > last)
    lowering.note("a section asks for scene " + std::to_string(wanted + 1) + ", and gets the last one");
  Section section;
  section.name = title_case(json.at("name").get<std::string>());
  section.bars = json.at("bars").get<int>();
  for (const auto& track : tracks) {
    const bool plays =
        std::ranges::any_of(json.at("parts"), [&](const Json& part) { return part == track.id; });
    if (plays) section.parts.push_back({track.id, pattern_id(std::min(wanted, last))});
  }
  return section;
}

// As long as the job wants: the end is cut, or the last section goes on.
void fit_to_bars(Lowering& lowering, int bars) {
  auto& sections = lowering.session.arrangement;
  int total = 0;
  std::size_t kept = 0;
  while (kept < sections.size() && total < bars) {
    sections[kept].bars = std::min(sections[kept].bars, bars - total);
    total += sections[kept++].bars;
  }
  sections.resize(kept);
  sections.back().bars += bars - total;
}

}  // namespace

void lower_mpc(Lowering& lowering, const Json& answer) {
  Track& drums = add_track(lowering, "drums", "Drums", Role::drums, std::nullopt);
  add_pattern(drums, pattern_of_drums(lowering, drums, answer.at("drums")));
  const auto& json = answer.at("plugin");
  Track& plugin = add_track(lowering, "plugin", "Plugin", Role::bass, patch_of(json.at("patch"), "Plugin"));
  add_pattern(plugin, pattern_of_voice(lowering, json));
  add_q_links(lowering, answer.at("q_links"), plugin.id);
}

void lower_piece(Lowering& lowering, const Json& answer) {
  lowering.pattern_bars = std::nullopt;
  add_band(lowering, answer.at("sounds"));
  for (const auto& scene : answer.at("scenes")) add_scene(lowering, scene);
  for (const auto& section : answer.at("sections"))
    lowering.session.arrangement.push_back(section_of(lowering, section));
  if (lowering.wish.options.bars) fit_to_bars(lowering, *lowering.wish.options.bars);
}

}  // namespace doodled::llm
