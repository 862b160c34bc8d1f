#include <algorithm>

#include "core/interpret/form_parts.hpp"

namespace doodled::forms {
namespace {

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

}  // namespace

Session read_doodle(Fields root, MiddleC middle_c) {
  Session session = empty_session("Doodle");
  Fields sequence = root.object("sequence", true);
  session.tempo_bpm = sequence.number("bpm", min_tempo_bpm, max_tempo_bpm, 120);
  Track track{"lead", "Lead", Role::lead, 1, std::nullopt, {}, {}};
  track.patch = read_patch(session, root.object("patch", true), track.id);
  Pattern pattern{"a", 0, {}, {}};
  const auto steps = sequence.objects("steps", true);
  for (std::size_t i = 0; i < steps.size(); ++i)
    read_step(session, pattern, steps[i], static_cast<int>(i), middle_c);
  close_pattern(session.meter, pattern, static_cast<int>(steps.size()));
  track.patterns.push_back(std::move(pattern));
  session.tracks.push_back(std::move(track));
  return session;
}

}  // namespace doodled::forms
