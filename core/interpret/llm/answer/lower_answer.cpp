#include "core/interpret/llm/answer/lower_answer.hpp"

#include <algorithm>

#include "core/interpret/form_parts.hpp"
#include "core/interpret/llm/answer/parts.hpp"

namespace doodled::llm {
namespace {

void add_pad(Lowering& lowering, const Json& pad) {
  Track& track = add_track(lowering, "pad", "Pad", Role::pad, patch_of(pad.at("patch"), "Pad"));
  track.patterns.push_back(pattern_of_chords(lowering, pad.at("chords")));
}

std::array<double, 9> cells_of(const Json& cells) {
  std::array<double, 9> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = cells.at(i).get<double>() / 100;
  return values;
}

void lower_drawing(Lowering& lowering, const Json& answer) {
  Track& lead = add_track(lowering, "lead", "Lead", Role::lead, patch_of(answer.at("patch"), "Lead"));
  lead.patterns.push_back(pattern_of_voices(lowering, answer.at("voices")));
  if (answer.contains("lfos")) add_lfos(lowering, answer.at("lfos"));
  if (answer.contains("modulation")) add_modulation(lowering, answer.at("modulation"));
}

// The grain of a photograph: noise, moved by a sine.
void add_texture(Lowering& lowering, const Json& json) {
  const double noise = json.at("noise").get<double>() / 100, depth = json.at("depth").get<double>() / 100;
  Patch patch;
  patch.name = "Texture";
  patch.oscillators.push_back({Wave::noise, 0, 1, 0});
  patch.noise = noise;
  Track& track = add_track(lowering, "texture", "Texture", Role::texture, std::move(patch));
  track.patterns.push_back({"a", lowering.bar(), {}, {}});
  const auto target =
      parameter_from_name(json.at("destination").get<std::string>()).value_or(Parameter::cutoff);
  const double seconds = 100 / json.at("rate").get<double>();
  const Tick cycle = ticks_from_ms(seconds * 1000, lowering.session.tempo_bpm);
  lowering.session.lfos.push_back(forms::sine_lfo("lfo_1", track.id, target, depth, cycle));
  track.patch->modulation.push_back({"lfo_1", target, depth});
}

void lower_photo(Lowering& lowering, const Json& answer) {
  const auto& json = answer.at("lead");
  Track& lead = add_track(lowering, "lead", "Lead", Role::lead, patch_of(json.at("patch"), "Lead"));
  lead.patterns.push_back(pattern_of_voice(lowering, json));
  add_pad(lowering, answer.at("pad"));
  add_texture(lowering, answer.at("texture"));
  add_macros(lowering, cells_of(answer.at("cells")), nullptr);
}

void lower_macros(Lowering& lowering, const Json& answer) {
  lower_drawing(lowering, answer);
  Json values = Json::array();
  for (const auto& macro : answer.at("macros")) values.push_back(macro.at("value"));
  add_macros(lowering, cells_of(values), answer.at("macros"));
}

void lower_auto(Lowering& lowering, const Json& answer) {
  lower_drawing(lowering, answer);
  add_pad(lowering, answer.at("pad"));
  add_macros(lowering, cells_of(answer.at("cells")), nullptr);
}

void begin(Lowering& lowering, const Json& answer) {
  auto& session = lowering.session;
  const Wish& wish = lowering.wish;
  session.title = answer.at("title").get<std::string>();
  session.mode = wish.mode->name;
  session.seed = wish.options.seed;
  session.key = wish.options.key.value_or(key_of(answer.at("key")));
  if (!wish.options.key && wish.options.scale) session.key.scale = *wish.options.scale;
  session.meter = wish.options.meter.value_or(Meter{});
  session.tempo_bpm = wish.options.tempo_bpm.value_or(answer.at("bpm").get<double>());
  session.swing = wish.options.swing.value_or(answer.value("swing", 50.0));
  session.provenance.image_sha256 = wish.options.image_sha256;
}

struct Lowerer {
  std::string_view mode;
  void (*lower)(Lowering& lowering, const Json& answer);
};

constexpr Lowerer lowerers[] = {{"doodle", lower_drawing},    {"lfo", lower_drawing}, {"photo", lower_photo},
                                {"macros", lower_macros},     {"auto", lower_auto},   {"mpc", lower_mpc},
                                {"arrangement", lower_piece}, {"prompt", lower_piece}};

}  // namespace

Track& add_track(Lowering& lowering, std::string id, std::string name, Role role,
                 std::optional<Patch> patch) {
  constexpr int drum_channel = 10;
  int channel = static_cast<int>(lowering.session.tracks.size()) + 1;
  if (role == Role::drums) channel = drum_channel;
  lowering.session.tracks.push_back(
      {std::move(id), std::move(name), role, channel, std::move(patch), {}, {}});
  return lowering.session.tracks.back();
}

Result<Session> session_of(const Json& answer, const Wish& wish) {
  if (wish.mode->name == narrow_mode) return session_of_facts(answer, wish);
  Lowering lowering{wish, {}};
  begin(lowering, answer);
  std::ranges::find(lowerers, wish.mode->name, &Lowerer::mode)->lower(lowering, answer);
  if (wish.mode->name == "auto") lowering.session.mode = answer.at("kind") == "photo" ? "photo" : "doodle";
  if (lowering.session.arrangement.empty()) arrange_once(lowering);
  add_evidence(lowering, answer.at("evidence"));
  return std::move(lowering.session);
}

void arrange_once(Lowering& lowering) {
  auto& session = lowering.session;
  Section section{"A", 1, {}};
  Tick longest = lowering.bar();
  for (const auto& track : session.tracks) {
    section.parts.push_back({track.id, track.patterns.front().id});
    longest = std::max(longest, track.patterns.front().length);
  }
  section.bars = lowering.wish.options.bars.value_or(static_cast<int>(longest / lowering.bar()));
  session.arrangement = {section};
}

}  // namespace doodled::llm
