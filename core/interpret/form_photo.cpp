#include <algorithm>
#include <cstdio>

#include "core/interpret/form_parts.hpp"
#include "core/music/chord.hpp"

namespace doodled::forms {
namespace {

void read_meta(Session& session, Fields meta) {
  session.tempo_bpm = meta.number("estimated_bpm", min_tempo_bpm, max_tempo_bpm, 120);
  if (const auto words = meta.text("key_scale"); !words.empty()) {
    if (const auto key = key_from_name(words))
      session.key = *key;
    else
      meta.complain("key_scale", "\"" + words + "\" is no key, such as 'E_Minor' or 'D_Minor_Pentatonic'");
  }
  const std::string signature = meta.text("time_signature", "4/4");
  int numerator = 0, denominator = 0, used = 0;
  const bool read = std::sscanf(signature.c_str(), "%2d/%2d%n", &numerator, &denominator, &used) == 2 &&
                    used == static_cast<int>(signature.size());
  const bool valid = read && numerator >= 1 && numerator <= 32 && denominator >= 1 && denominator <= 32 &&
                     (denominator & (denominator - 1)) == 0;
  if (valid)
    session.meter = {numerator, denominator};
  else
    meta.complain("time_signature", "\"" + signature + "\" is no time signature, such as '4/4'");
}

Track read_pad(const Session& session, Fields fields, MiddleC middle_c) {
  Track track{"ambient_pad", "Ambient pad", Role::pad, 2, Patch{}, {}, {}};
  for (const auto& words : fields.list("osc_types")) {
    const auto wave = words.is_string() ? wave_from_words(words.get<std::string>()) : std::nullopt;
    if (!wave)
      fields.complain("osc_types",
                      to_text(words) + " is none of sine, triangle, saw, square, noise, wavetable");
    else if (track.patch->oscillators.size() < 4)
      track.patch->oscillators.push_back({*wave, 0, 1, 0});
  }
  if (track.patch->oscillators.empty()) track.patch->oscillators.push_back({Wave::triangle, 0, 1, 0});
  track.patch->name = "Ambient pad";
  track.patch->filter.cutoff_hz = fields.number("filter_cutoff_hz", 20, 20000, 2000);
  track.patch->envelope = {800, 400, 0.8, 1500};
  track.patch->reverb = fields.number("reverb_mix_percent", 0, 100, 0) / 100;
  Pattern pattern{"a", session.meter.bar(), {}, {}};
  const auto chords = fields.list("chord_progression");
  for (std::size_t i = 0; i < chords.size(); ++i) {
    const auto pitches =
        read_chord(chords[i].is_string() ? chords[i].get<std::string>() : to_text(chords[i]), 3, middle_c);
    if (!pitches) {
      fields.complain("chord_progression/" + std::to_string(i), pitches.error().message);
      continue;
    }
    for (const int pitch : *pitches)
      pattern.notes.push_back({static_cast<Tick>(i) * session.meter.bar(), session.meter.bar(), pitch, 80});
  }
  pattern.length = session.meter.bar() * std::max<Tick>(1, static_cast<Tick>(chords.size()));
  track.patterns.push_back(std::move(pattern));
  return track;
}

Track read_lead(const Session& session, Fields fields, MiddleC middle_c) {
  Track track{"lead_sequence", fields.text("patch_type", "Lead"), Role::lead, 1, Patch{}, {}, {}};
  track.patch->name = track.name;
  track.patch->oscillators.push_back({Wave::saw, 0, 1, 0});
  const auto notes = fields.list("midi_notes", true);
  const auto velocities = fields.list("velocity_profile");
  Pattern pattern{"a", 0, {}, {}};
  for (std::size_t i = 0; i < notes.size() && i < most_steps; ++i) {
    if (is_rest(notes[i])) continue;
    const auto pitch = note_number(notes[i], middle_c);
    const Json given = i < velocities.size() ? velocities[i] : Json(100);
    const bool fits =
        given.is_number_integer() && given.get<std::int64_t>() >= 0 && given.get<std::int64_t>() <= 127;
    if (!pitch) fields.complain("midi_notes/" + std::to_string(i), pitch.error().message);
    if (!fits)
      fields.complain("velocity_profile/" + std::to_string(i),
                      to_text(given) + " is not a whole number from 0 to 127");
    if (!pitch || !fits || given.get<int>() == 0) continue;
    pattern.notes.push_back(
        {static_cast<Tick>(i) * ticks_per_step, ticks_per_step, *pitch, given.get<int>()});
  }
  const int steps =
      fields.whole("step_count", 1, most_steps, static_cast<int>(std::max<std::size_t>(1, notes.size())));
  close_pattern(session.meter, pattern,
                std::max(steps, static_cast<int>(std::min<std::size_t>(notes.size(), most_steps))));
  track.patterns.push_back(std::move(pattern));
  return track;
}

Track read_texture(Session& session, Fields fields) {
  Track track{
      "texture_modulator", "Texture", Role::texture, 3, Patch{}, {}, {{"a", session.meter.bar(), {}, {}}}};
  track.patch->name = "Texture";
  track.patch->oscillators.push_back({Wave::noise, 0, 1, 0});
  track.patch->noise = fields.number("noise_source_mix", 0, 1, 0);
  const std::string words = fields.text("lfo_target", "cutoff");
  const auto target = parameter_from_words(words);
  if (!target)
    fields.complain("lfo_target",
                    "\"" + words + "\" names no parameter, such as cutoff, resonance, pitch, level");
  const double rate = fields.number("lfo_rate_hz", 0.01, 100, 0.5);
  if (!target) return track;
  const Tick cycle = ticks_from_ms(1000 / rate, session.tempo_bpm);
  session.lfos.push_back(sine_lfo("lfo_1", track.id, *target, 0.5, cycle));
  track.patch->modulation.push_back({"lfo_1", *target, 0.5});
  return track;
}

}  // namespace

Session read_photo(Fields root, MiddleC middle_c) {
  Session session = empty_session("Photograph");
  read_meta(session, root.object("session_meta", true));
  Fields tracks = root.object("tracks", true);
  if (tracks.has("ambient_pad"))
    session.tracks.push_back(read_pad(session, tracks.object("ambient_pad"), middle_c));
  if (tracks.has("lead_sequence"))
    session.tracks.push_back(read_lead(session, tracks.object("lead_sequence"), middle_c));
  if (tracks.has("texture_modulator"))
    session.tracks.push_back(read_texture(session, tracks.object("texture_modulator")));
  if (session.tracks.empty())
    tracks.complain("", "holds none of ambient_pad, lead_sequence, texture_modulator");
  return session;
}

}  // namespace doodled::forms
