// What carries a photograph's music: bass from the ground, and the texture with its LFO.
#include "core/compose/photo_parts.hpp"

namespace doodled::composing {
namespace {

constexpr int bass_octave = 2, texture_octave = 5, bar_steps = 16;
constexpr Box ground{0, 2.0 / 3, 1, 1.0 / 3};

Patch bass_patch(const Draft& draft) {
  const auto& photo = draft.reading.photo;
  Patch patch;
  patch.name = "Ground";
  patch.oscillators = {{photo.sharpness > soft_edges ? Wave::saw : Wave::triangle, 0, 1, 0},
                       {Wave::sine, 0, 0.8, -1}};
  patch.filter = {FilterType::lowpass,
                  std::round(std::max(80.0, draft.rules.value("photo cutoff", photo.luminance) / 4)), 0.2};
  patch.envelope = {5, 250, 0.7, 150};
  return patch;
}

void explain_bass(Draft& draft, const std::string& track) {
  const auto& photo = draft.reading.photo;
  const std::string sharp = "sharpness " + per_cent(photo.sharpness),
                    light = "luminance " + per_cent(photo.luminance);
  explain_all(draft, track,
              {{"", ground, "the ground", "ground-bass"},
               {"/patch/oscillators/0", ground, sharp, "ground-bass"},
               {"/patch/oscillators/1", ground, "an octave below", "ground-bass"},
               {"/patch/filter", ground, light, "luminance-cutoff"},
               {"/patch/envelope", ground, "the ground", "ground-bass"},
               {"/patch/drive", ground, "clean", "ground-bass"},
               {"/patch/noise", ground, "clean", "ground-bass"},
               {"/patch/reverb", ground, "the foreground is near", "depth-reverb"},
               {"/patch/delay", ground, "the foreground is near", "depth-reverb"},
               {"/patterns/0", ground, "the three cells of the ground", "ground-bass"}});
}

// How many times a bar: two to six, by what lies on the ground.
int strikes_of(const PhotoFeatures& photo) {
  return 2 + static_cast<int>(std::lround(4 * (photo.cells[6] + photo.cells[7] + photo.cells[8]) / 3));
}

// Which steps are struck first, so that one strike more moves no other: the bass off the beats, grains in
// ever finer halves.
constexpr std::array<int, bar_steps> bass_order{0, 8, 6, 14, 3, 11, 4, 12, 10, 2, 7, 15, 1, 9, 5, 13},
    grain_order{0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

bool is_struck(const std::array<int, bar_steps>& order, int step, int strikes) {
  return std::ranges::find(order, step) - order.begin() < strikes;
}

int cell_of(int step) { return 6 + std::min(2, step * 3 / bar_steps); }

Patch texture_patch(const Draft& draft) {
  const auto& photo = draft.reading.photo;
  Patch patch;
  patch.name = "Texture";
  patch.oscillators = {{Wave::noise, 0, rounded(draft.rules.value("texture level", photo.texture), 2), 0}};
  patch.noise = rounded(photo.texture);
  patch.filter = {FilterType::bandpass, std::round(draft.rules.value("texture cutoff", photo.luminance)),
                  0.3};
  patch.envelope = {1, 60, 0.2, 80};
  patch.modulation = {
      {"lfo_1", Parameter::cutoff, rounded(draft.rules.value("texture depth", photo.texture), 2)}};
  return patch;
}

void explain_texture(Draft& draft, const std::string& track) {
  const auto& photo = draft.reading.photo;
  const std::string rough = "texture " + per_cent(photo.texture);
  explain_all(draft, track,
              {{"", whole_picture, rough, "texture-noise"},
               {"/patch/oscillators/0", whole_picture, rough, "texture-noise"},
               {"/patch/noise", whole_picture, rough, "texture-noise"},
               {"/patch/filter", whole_picture, "luminance " + per_cent(photo.luminance), "luminance-cutoff"},
               {"/patch/envelope", whole_picture, "grains", "texture-noise"},
               {"/patch/drive", whole_picture, "noise has enough", "texture-noise"},
               {"/patch/reverb", whole_picture, "noise stays dry", "texture-noise"},
               {"/patch/delay", whole_picture, "noise stays dry", "texture-noise"},
               {"/patch/modulation/0", whole_picture, rough, "texture-noise"},
               {"/patterns/0", whole_picture, rough, "texture-grains"}});
}

void add_skyline(Draft& draft, const Patch& patch) {
  const auto& photo = draft.reading.photo;
  const double rate = rounded(draft.rules.value("texture rate", photo.texture));
  LfoShape lfo{"lfo_1",
               "Skyline",
               {},
               std::max<Tick>(60, ticks_from_ms(1000 / rate, draft.session.tempo_bpm)),
               "texture_modulator",
               Parameter::cutoff,
               patch.modulation.front().depth};
  for (int i = 0; i < 64; ++i)
    lfo.samples.push_back(rounded(2 * photo.cells[static_cast<std::size_t>(i * 9 / 64)] - 1, 4));
  draft.explain("/lfos/" + std::to_string(draft.session.lfos.size()), whole_picture,
                "the nine cells, row by row", "cells-lfo");
  draft.session.lfos.push_back(std::move(lfo));
}

}  // namespace

void add_ground_bass(Draft& draft, const ChordCell& chords, int bars) {
  auto& session = draft.session;
  const Tick bar = session.meter.bar();
  const std::string pointer = track_pointer(session);
  const int strikes = strikes_of(draft.reading.photo);
  const auto roots = progression(draft, chords);
  explain_bass(draft, pointer);
  Pattern pattern{"a", bars * bar, {}, {}};
  for (int i = 0; i < bars; ++i)
    for (int step = 0; step < bar_steps; ++step) {
      if (!is_struck(bass_order, step, strikes)) continue;
      draft.explain(pointer + "/patterns/0/notes/" + std::to_string(pattern.notes.size()),
                    cell_box(static_cast<std::size_t>(cell_of(step))),
                    std::to_string(strikes) + " strikes a bar", "ground-bass");
      pattern.notes.push_back({i * bar + step * ticks_per_step, 2 * ticks_per_step,
                               scale_pitch(session.key, roots[static_cast<std::size_t>(i) % 4], bass_octave),
                               step == 0 ? 108 : 92});
    }
  session.tracks.push_back(
      {"bass", "Ground bass", Role::bass, 4, bass_patch(draft), {}, {std::move(pattern)}});
}

void add_texture(Draft& draft) {
  auto& session = draft.session;
  const auto& photo = draft.reading.photo;
  const Tick bar = session.meter.bar();
  const std::string pointer = track_pointer(session);
  Patch patch = texture_patch(draft);
  explain_texture(draft, pointer);
  add_skyline(draft, patch);
  const int strikes = 1 + static_cast<int>(std::lround(11 * photo.texture));
  Pattern pattern{"a", bar, {}, {}};
  for (int step = 0; step < bar_steps; ++step)
    if (is_struck(grain_order, step, strikes)) {
      draft.explain(pointer + "/patterns/0/notes/" + std::to_string(pattern.notes.size()), whole_picture,
                    "texture " + per_cent(photo.texture), "texture-grains");
      pattern.notes.push_back({step * ticks_per_step, ticks_per_step / 2,
                               scale_pitch(session.key, 0, texture_octave), 48 + 8 * (step % 4 == 0)});
    }
  session.tracks.push_back(
      {"texture_modulator", "Texture", Role::texture, 3, std::move(patch), {}, {std::move(pattern)}});
}

}  // namespace doodled::composing
