#include "core/interpret/forms.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <nlohmann/json.hpp>

#include "core/interpret/fields.hpp"
#include "core/interpret/words.hpp"

namespace doodled {
namespace {

constexpr int most_steps = 1024;

Session empty_session(std::string title) {
  Session session;
  session.title = std::move(title);
  session.mode = "document";
  session.key = {0, "chromatic"};  // says nothing of a key
  return session;
}

// Whole bars that hold `steps` sixteenths, at least one.
Tick whole_bars(const Meter& meter, Tick length) {
  return std::max<Tick>(1, (length + meter.bar() - 1) / meter.bar()) * meter.bar();
}

void arrange_all(Session& session) {
  Tick longest = session.meter.bar();
  Section section{"A", 1, {}};
  for (const auto& track : session.tracks) {
    section.parts.push_back({track.id, track.patterns.front().id});
    longest = std::max(longest, track.patterns.front().length);
  }
  section.bars = static_cast<int>((longest + session.meter.bar() - 1) / session.meter.bar());
  session.arrangement = {section};
}

LfoShape sine_lfo(std::string id, std::string track, Parameter parameter, double depth, Tick cycle) {
  LfoShape lfo{std::move(id),
               "Sine",
               {},
               std::max<Tick>(60, cycle),
               std::move(track),
               parameter,
               std::clamp(std::abs(depth), 0.0, 1.0)};
  for (int i = 0; i < 64; ++i)
    lfo.samples.push_back(std::round(std::sin(2 * std::numbers::pi * i / 64) * 1e6) / 1e6);
  return lfo;
}

std::optional<int> note_number(const Json& note) {
  if (note.is_number_integer()) {
    const auto number = note.get<std::int64_t>();
    return number >= 0 && number <= 127 ? std::optional(static_cast<int>(number)) : std::nullopt;
  }
  return note.is_string() ? pitch_from_name(note.get<std::string>()) : std::nullopt;
}

bool is_rest(const Json& note) {
  if (note.is_null()) return true;
  if (!note.is_string()) return false;
  const auto text = note.get<std::string>();
  return text.empty() || text == "R" || text == "r" || text == "rest" || text == "REST" || text == "Rest" ||
         text == "-";
}

// --- patch + sequence

Oscillator read_oscillator(Fields fields) {
  Oscillator oscillator;
  const std::string words = fields.text("wave_type", "saw");
  if (const auto wave = wave_from_words(words))
    oscillator.wave = *wave;
  else
    fields.complain("wave_type",
                    "\"" + words + "\" is none of sine, triangle, saw, square, noise, wavetable");
  oscillator.detune_cents = fields.number("detune", -50, 50, 0);
  return oscillator;
}

Filter read_filter(Fields fields) {
  Filter filter;
  const std::string words = fields.text("type", "lowpass");
  if (const auto type = filter_from_words(words))
    filter.type = *type;
  else
    fields.complain("type", "\"" + words + "\" is none of lowpass, highpass, bandpass, notch");
  filter.cutoff_hz = fields.number("cutoff_hz", 20, 20000, 20000);
  filter.resonance = fields.number("resonance", 0, 1, 0);
  return filter;
}

Envelope read_envelope(Fields& patch) {
  Envelope envelope;
  if (!patch.has("envelope_adsr")) return envelope;
  const auto values = patch.list("envelope_adsr");
  const bool four =
      values.size() == 4 && std::ranges::all_of(values, [](const Json& v) { return v.is_number(); });
  if (!four)
    return patch.complain("envelope_adsr", "is not [attack_ms, decay_ms, sustain_level, release_ms]"),
           envelope;
  envelope = {values[0].get<double>(), values[1].get<double>(), values[2].get<double>(),
              values[3].get<double>()};
  const bool inside = std::min({envelope.attack_ms, envelope.decay_ms, envelope.release_ms}) >= 0 &&
                      std::max({envelope.attack_ms, envelope.decay_ms, envelope.release_ms}) <= 20000 &&
                      envelope.sustain >= 0 && envelope.sustain <= 1;
  if (!inside) patch.complain("envelope_adsr", "times are 0..20000 ms and the sustain level is 0..1");
  return inside ? envelope : Envelope{};
}

void read_route(Session& session, Patch& patch, Fields route, const std::string& track) {
  const std::string source_words = route.text("source"), destination_words = route.text("destination");
  const auto source = source_from_words(source_words);
  const auto destination = parameter_from_words(destination_words);
  if (!source)
    route.complain("source", "\"" + source_words + "\" is none of LFO n, envelope, velocity, noise");
  if (!destination)
    route.complain("destination", "\"" + destination_words +
                                      "\" names no parameter, such as cutoff, resonance, pitch, level");
  const double depth = route.number("depth", -1, 1, 0);
  if (!source || !destination) return;
  patch.modulation.push_back({*source, *destination, depth});
  if (source->starts_with("lfo_") &&
      std::ranges::find(session.lfos, *source, &LfoShape::id) == session.lfos.end())
    session.lfos.push_back(sine_lfo(*source, track, *destination, depth, session.meter.bar()));
}

Patch read_patch(Session& session, Fields fields, const std::string& track) {
  Patch patch;
  patch.name = "Patch";
  for (const char* key : {"oscillator_1", "oscillator_2", "oscillator_3", "oscillator_4"})
    if (fields.has(key)) patch.oscillators.push_back(read_oscillator(fields.object(key)));
  if (patch.oscillators.empty()) patch.oscillators.emplace_back();
  patch.filter = read_filter(fields.object("filter"));
  patch.envelope = read_envelope(fields);
  for (auto& route : fields.objects("mod_matrix")) read_route(session, patch, route, track);
  return patch;
}

void read_step(const Session& session, Pattern& pattern, Fields step, int position) {
  const Tick start = step.whole("step", 0, most_steps - 1, position) * ticks_per_step;
  const int velocity = step.whole("velocity", 0, 127, 100);
  const Json note = step.has("note") ? step.value().at("note") : Json();
  if (is_rest(note) || velocity == 0) return;
  const auto pitch = note_number(note);
  if (!pitch)
    return step.complain("note",
                         to_text(note) + " is no note: 'C4', 'F#3', a number 0..127, or 'R' for a rest");
  const double gate = step.number("gate_ms", 0, 600000, 0);
  const Tick duration = gate > 0 ? ticks_from_ms(gate, session.tempo_bpm) : ticks_per_step;
  pattern.notes.push_back({start, std::max<Tick>(1, duration), *pitch, velocity});
}

// Sorts, and gives the pattern the whole bars that its last step needs.
void close_pattern(const Meter& meter, Pattern& pattern, int steps) {
  std::ranges::stable_sort(pattern.notes, [](const Note& a, const Note& b) {
    return std::pair(a.start, a.pitch) < std::pair(b.start, b.pitch);
  });
  Tick end = steps * ticks_per_step;
  for (const auto& note : pattern.notes) end = std::max(end, note.start + 1);
  pattern.length = whole_bars(meter, end);
}

Session read_doodle(Fields root) {
  Session session = empty_session("Doodle");
  Fields sequence = root.object("sequence", true);
  session.tempo_bpm = sequence.number("bpm", min_tempo_bpm, max_tempo_bpm, 120);
  Track track{"lead", "Lead", Role::lead, 1, std::nullopt, {}, {}};
  track.patch = read_patch(session, root.object("patch", true), track.id);
  Pattern pattern{"a", 0, {}, {}};
  const auto steps = sequence.objects("steps", true);
  for (std::size_t i = 0; i < steps.size(); ++i) read_step(session, pattern, steps[i], static_cast<int>(i));
  close_pattern(session.meter, pattern, static_cast<int>(steps.size()));
  track.patterns.push_back(std::move(pattern));
  session.tracks.push_back(std::move(track));
  return session;
}

// --- session_meta + tracks

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

Track read_pad(const Session& session, Fields fields) {
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
    const auto pitches = chords[i].is_string() ? chord_from_name(chords[i].get<std::string>()) : std::nullopt;
    if (!pitches) {
      fields.complain("chord_progression/" + std::to_string(i),
                      to_text(chords[i]) + " is no chord, such as 'Em9' or 'C4-E4-G4'");
      continue;
    }
    for (const int pitch : *pitches)
      pattern.notes.push_back({static_cast<Tick>(i) * session.meter.bar(), session.meter.bar(), pitch, 80});
  }
  pattern.length = session.meter.bar() * std::max<Tick>(1, static_cast<Tick>(chords.size()));
  track.patterns.push_back(std::move(pattern));
  return track;
}

Track read_lead(const Session& session, Fields fields) {
  Track track{"lead_sequence", fields.text("patch_type", "Lead"), Role::lead, 1, Patch{}, {}, {}};
  track.patch->name = track.name;
  track.patch->oscillators.push_back({Wave::saw, 0, 1, 0});
  const auto notes = fields.list("midi_notes", true);
  const auto velocities = fields.list("velocity_profile");
  Pattern pattern{"a", 0, {}, {}};
  for (std::size_t i = 0; i < notes.size() && i < most_steps; ++i) {
    if (is_rest(notes[i])) continue;
    const auto pitch = note_number(notes[i]);
    const Json given = i < velocities.size() ? velocities[i] : Json(100);
    const bool fits =
        given.is_number_integer() && given.get<std::int64_t>() >= 0 && given.get<std::int64_t>() <= 127;
    if (!pitch)
      fields.complain("midi_notes/" + std::to_string(i),
                      to_text(notes[i]) + " is no note, such as 'F#3', and no rest ('R')");
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

Session read_photo(Fields root) {
  Session session = empty_session("Photograph");
  read_meta(session, root.object("session_meta", true));
  Fields tracks = root.object("tracks", true);
  if (tracks.has("ambient_pad")) session.tracks.push_back(read_pad(session, tracks.object("ambient_pad")));
  if (tracks.has("lead_sequence"))
    session.tracks.push_back(read_lead(session, tracks.object("lead_sequence")));
  if (tracks.has("texture_modulator"))
    session.tracks.push_back(read_texture(session, tracks.object("texture_modulator")));
  if (session.tracks.empty())
    tracks.complain("", "holds none of ambient_pad, lead_sequence, texture_modulator");
  return session;
}

// --- mpc_session_setup + mpc_tracks

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

Session read_mpc(Fields root) {
  Session session = empty_session("MPC set-up");
  Fields setup = root.object("mpc_session_setup", true);
  session.tempo_bpm = setup.number("bpm", min_tempo_bpm, max_tempo_bpm, 120);
  const std::string scale_words = setup.text("scale_mode", "minor"),
                    root_words = setup.text("root_note", "C");
  const Scale* scale = find_scale(scale_words);
  const auto tonic = pitch_class_from_name(root_words);
  if (!scale) setup.complain("scale_mode", "\"" + scale_words + "\" is no scale, such as 'Natural_Minor'");
  if (!tonic) setup.complain("root_note", "\"" + root_words + "\" is no note, such as 'G'");
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

// --- midi_sequence, custom_lfo_shape

Session read_matrix(Fields root) {
  Session session = empty_session("Sequence");
  Track track{"lead", "Lead", Role::lead, 1, std::nullopt, {}, {}};
  Pattern pattern{"a", 0, {}, {}};
  const auto steps = root.objects("midi_sequence", true);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Fields step = steps[i];
    if (step.flag("active", true)) read_step(session, pattern, step, static_cast<int>(i));
  }
  close_pattern(session.meter, pattern, static_cast<int>(steps.size()));
  track.patterns.push_back(std::move(pattern));
  session.tracks.push_back(std::move(track));
  return session;
}

Session lfo_session() {
  Session session = empty_session("LFO");
  Track track{"lead", "Lead", Role::lead, 1, Patch{}, {}, {{"a", session.meter.bar(), {}, {}}}};
  track.patch->oscillators.emplace_back();
  session.tracks.push_back(std::move(track));
  return session;
}

void read_lfo_shape(Session& session, Fields& root) {
  const auto samples = root.list("custom_lfo_shape");
  if (samples.size() < 2 || samples.size() > 4096)
    return root.complain("custom_lfo_shape", "holds fewer than 2 or more than 4,096 numbers");
  LfoShape lfo{"custom",
               "Drawn",
               {},
               session.meter.bar(),
               session.tracks.empty() ? "lead" : session.tracks.front().id,
               Parameter::cutoff,
               0.5};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool fits = samples[i].is_number() && std::abs(samples[i].get<double>()) <= 1;
    if (!fits)
      root.complain("custom_lfo_shape/" + std::to_string(i),
                    to_text(samples[i]) + " is not a number from -1 to 1");
    else
      lfo.samples.push_back(samples[i].get<double>());
  }
  session.lfos.push_back(std::move(lfo));
}

std::optional<Session> read_main_form(Fields root) {
  if (root.has("patch") || root.has("sequence")) return read_doodle(root);
  if (root.has("session_meta") || (root.has("tracks") && root.value().at("tracks").is_object()))
    return read_photo(root);
  if (root.has("mpc_session_setup") || root.has("mpc_tracks")) return read_mpc(root);
  if (root.has("midi_sequence")) return read_matrix(root);
  if (root.has("custom_lfo_shape")) return lfo_session();
  return std::nullopt;
}

}  // namespace

Result<Session> session_from_form(const Json& document) {
  std::vector<Problem> problems;
  Fields root(document, "", problems);
  auto session = read_main_form(root);
  if (!session)
    return Error{"unknown_document",
                 "the document has neither \"format\": \"doodled.session\" nor the keys of a known form: "
                 "patch + sequence, "
                 "session_meta + tracks, mpc_session_setup + mpc_tracks, midi_sequence, custom_lfo_shape"};
  if (root.has("custom_lfo_shape")) read_lfo_shape(*session, root);
  if (!problems.empty()) return Error{"invalid_form", "the document can't be read", std::move(problems)};
  arrange_all(*session);
  return std::move(*session);
}

}  // namespace doodled
