#include <algorithm>
#include <cstdio>

#include "core/interpret/form_parts.hpp"

namespace doodled::forms {
namespace {

Tick quantize_ticks(Fields& pad) {
  const std::string words = pad.text("quantize", "1/16");
  int parts = 0;
  const bool read = std::sscanf(words.c_str(), "1/%3d", &parts) == 1 && parts >= 1 && parts <= 64 &&
                    4 * ticks_per_quarter % parts == 0;
  if (!read) pad.complain("quantize", "\"" + words + "\" is no note value, such as '1/16'");
  return read ? 4 * ticks_per_quarter / parts : ticks_per_step;
}

// 'A05' -> 4 .. 'H16' -> 127.
std::optional<int> pad_index(std::string_view pad) {
  if (pad.size() != 3 || pad[0] < 'A' || pad[0] > 'H') return std::nullopt;
  const int number = (pad[1] - '0') * 10 + (pad[2] - '0');
  return number >= 1 && number <= 16 ? std::optional((pad[0] - 'A') * 16 + number - 1) : std::nullopt;
}

Tick read_pads(Track& track, Fields& fields) {
  Tick step = ticks_per_step;
  for (auto& pad : fields.objects("target_pads")) {
    const std::string name = pad.text("pad"), role = pad.text("role");
    const auto index = pad_index(name);
    if (!index) {
      pad.complain("pad", "\"" + name + "\" is no pad: A01 to H16");
      continue;
    }
    step = quantize_ticks(pad);
    int pitch = drum_from_words(role).value_or((36 + *index) % 128);
    while (std::ranges::find(track.pads, pitch, &Pad::pitch) != track.pads.end()) pitch = (pitch + 1) % 128;
    track.pads.push_back({name, role, pitch});
  }
  return step;
}

// One row of hits for several pads: the backbeat (the second and fourth quarter) goes to the snare or clap if
// the kit has one, every other hit to the first pad.
int pad_for_hit(const Track& track, Tick tick) {
  const bool backbeat = tick % (2 * ticks_per_quarter) == ticks_per_quarter;
  const auto snare =
      std::ranges::find_if(track.pads, [](const Pad& p) { return p.pitch == 38 || p.pitch == 39; });
  if (backbeat && snare != track.pads.end()) return snare->pitch;
  return track.pads.empty() ? 36 : track.pads.front().pitch;
}

void read_hits(const Session& session, Track& track, Fields& fields, Tick step) {
  Pattern pattern{"a", session.meter.bar(), {}, {}};
  const auto hits = fields.list("step_sequence_16");
  for (std::size_t i = 0; i < hits.size() && i < most_steps; ++i) {
    const bool fits =
        hits[i].is_boolean() || (hits[i].is_number_integer() && hits[i].get<std::int64_t>() >= 0 &&
                                 hits[i].get<std::int64_t>() <= 127);
    if (!fits) {
      fields.complain("step_sequence_16/" + std::to_string(i), to_text(hits[i]) + " is neither 0 nor 1");
      continue;
    }
    const int hit = hits[i].is_boolean() ? hits[i].get<bool>() : hits[i].get<int>();
    if (hit == 0) continue;
    const Tick start = static_cast<Tick>(i) * step;
    pattern.notes.push_back({start, step, pad_for_hit(track, start), hit == 1 ? 100 : hit});
  }
  pattern.length = whole_bars(session.meter, static_cast<Tick>(hits.size()) * step);
  track.patterns.push_back(std::move(pattern));
}

// 'cc74_filter_cutoff': 45
void read_macros(Session& session, const Track& track, Fields macros) {
  for (const auto& [key, value] : macros.value().items()) {
    int controller = -1, used = 0;
    const bool named =
        std::sscanf(key.c_str(), "cc%3d%n", &controller, &used) == 1 && controller >= 0 && controller <= 119;
    const bool fits =
        value.is_number_integer() && value.get<std::int64_t>() >= 0 && value.get<std::int64_t>() <= 127;
    if (!named) macros.complain(key, "the name does not start with 'cc' and a controller 0..119");
    if (!fits) macros.complain(key, "is not a whole number from 0 to 127");
    if (!named || !fits) continue;
    std::string name = key.substr(static_cast<std::size_t>(used));
    if (name.starts_with('_')) name.erase(0, 1);
    session.macros.push_back({"macro_" + std::to_string(session.macros.size() + 1),
                              name.empty() ? key : name,
                              "q_link",
                              0,
                              value.get<int>() / 127.0,
                              controller,
                              track.id,
                              {}});
  }
}

}  // namespace

Session read_mpc(Fields root) {
  Session session = empty_session("MPC set-up");
  Fields setup = root.object("mpc_session_setup", true);
  session.tempo_bpm = setup.number("bpm", min_tempo_bpm, max_tempo_bpm, 120);
  const std::string scale_words = setup.text("scale_mode", "minor"),
                    root_words = setup.text("root_note", "C");
  const Scale* scale = find_scale(scale_words);
  const auto tonic = pitch_class_from_name(root_words);
  if (!scale) setup.complain("scale_mode", "\"" + scale_words + "\" is no scale, such as 'Natural_Minor'");
  if (!tonic) {
    const auto english = english_note_name(root_words);
    setup.complain("root_note", "\"" + root_words + "\" is no note" +
                                    (english ? ": write " + *english : std::string(", such as 'G'")));
  }
  if (scale && tonic) session.key = {*tonic, std::string(scale->name)};
  for (auto& fields : root.objects("mpc_tracks", true)) {
    const int number = fields.whole("track_id", 1, 64, static_cast<int>(session.tracks.size()) + 1);
    const std::string type = fields.text("track_type", "Drum_Program");
    const bool drums = type.find("Drum") != std::string::npos || fields.has("target_pads");
    Track track{"track_" + std::to_string(number),
                type,
                drums ? Role::drums : Role::lead,
                drums ? 10 : std::clamp(number, 1, 16),
                std::nullopt,
                {},
                {}};
    const Tick step = read_pads(track, fields);
    read_hits(session, track, fields, step);
    if (fields.has("q_link_macros")) read_macros(session, track, fields.object("q_link_macros"));
    session.tracks.push_back(std::move(track));
  }
  if (session.tracks.empty()) root.complain("mpc_tracks", "holds no track");
  return session;
}

}  // namespace doodled::forms
