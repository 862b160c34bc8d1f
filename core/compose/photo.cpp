// A photograph: pad with a chord progression, lead, texture, and macros from the nine cells.
#include <algorithm>
#include <array>

#include "core/base/random.hpp"
#include "core/compose/draft.hpp"

namespace doodled::composing {
namespace {

constexpr int pad_octave = 3, lead_octave = 4;

// Bright pictures: warm is lydian, cool is mixolydian. Dark ones: warm is phrygian, cool is minor (aeolian).
std::string scale_of(const PhotoFeatures& photo) {
  const bool bright = photo.luminance >= 0.4;
  if (bright) return photo.warmth > 0.58 ? "lydian" : photo.warmth > 0.45 ? "major" : "mixolydian";
  return photo.warmth > 0.55 ? "phrygian" : "minor";
}

std::string mood_of(const PhotoFeatures& photo) {
  return std::string(photo.luminance >= 0.4 ? "bright" : "dark") + (photo.warmth > 0.55   ? " and warm"
                                                                    : photo.warmth < 0.45 ? " and cool"
                                                                                          : "");
}

// How many things ask for attention, 0..1.
double busyness(const PhotoFeatures& photo) {
  return std::clamp(0.6 * static_cast<double>(photo.focal_points.size()) / 8 + 0.4 * photo.texture, 0.0, 1.0);
}

// A number that stays the same for the same picture in other sizes and qualities: coarse steps of what was
// measured.
std::uint64_t picture_seed(const Draft& draft, std::string_view part) {
  std::uint64_t seed = part_seed(draft.options.seed, part);
  for (const double cell : draft.reading.photo.cells)
    seed = seed * 31 + static_cast<std::uint64_t>(std::lround(cell * 12));
  const auto& photo = draft.reading.photo;
  for (const double value : {photo.luminance, photo.contrast, photo.warmth, photo.saturation})
    seed = seed * 31 + static_cast<std::uint64_t>(std::lround(value * 12));
  return seed;
}

void choose_frame(Draft& draft) {
  const auto& photo = draft.reading.photo;
  auto& session = draft.session;
  session.mode = "photo";
  session.title = "Photograph: " + mood_of(photo);
  session.key = draft.options.key.value_or(Key{tonic_of_hue(photo.hue_degrees), scale_of(photo)});
  session.tempo_bpm =
      draft.options.tempo_bpm.value_or(std::round(mix(60, 140, 0.5 * photo.contrast + 0.5 * photo.texture)));
  draft.explain("/key", whole_picture,
                mood_of(photo) + ", hue " + std::to_string(std::lround(photo.hue_degrees)) + " degrees",
                "palette-scale");
  draft.explain("/tempo_bpm", whole_picture,
                "contrast " + per_cent(photo.contrast) + ", texture " + per_cent(photo.texture),
                "motion-tempo");
}

double cutoff_of(const PhotoFeatures& photo) { return std::round(mix_ratio(200, 16000, photo.luminance)); }

Patch pad_patch(Draft& draft) {
  const auto& photo = draft.reading.photo;
  Patch patch;
  patch.name = "Background";
  const double level = rounded(mix(0.2, 0.9, photo.contrast), 2);
  patch.oscillators = {{Wave::triangle, -6, 1, 0},
                       {photo.texture > 0.4 ? Wave::saw : Wave::sine, 6, level, 0}};
  patch.filter = {FilterType::lowpass, cutoff_of(photo), rounded(mix(0.05, 0.4, photo.contrast), 2)};
  patch.envelope = {std::round(mix_ratio(1500, 120, photo.contrast)), 600, 0.8,
                    std::round(mix_ratio(500, 3500, 1 - photo.contrast))};
  patch.reverb = rounded(mix(0.15, 0.8, photo.depth), 2);
  patch.noise = rounded(0.4 * photo.texture, 3);
  draft.explain("/tracks/0/patch/filter/cutoff_hz", whole_picture, "luminance " + per_cent(photo.luminance),
                "luminance-cutoff");
  draft.explain("/tracks/0/patch/noise", whole_picture, "texture " + per_cent(photo.texture),
                "texture-noise");
  draft.explain("/tracks/0/patch/reverb", whole_picture, "depth " + per_cent(photo.depth), "depth-reverb");
  return patch;
}

// Degrees of the four chords, chosen by where the weight of the picture lies.
std::array<int, 4> progression(const Draft& draft) {
  constexpr std::array<std::array<int, 4>, 6> known = {
      {{0, 5, 3, 4}, {0, 3, 5, 4}, {0, 4, 5, 3}, {0, 2, 3, 5}, {0, 6, 5, 6}, {0, 3, 0, 4}}};
  Random random(picture_seed(draft, "progression"));
  return known[static_cast<std::size_t>(random.below(static_cast<int>(known.size())))];
}

// Thirds stacked on a degree of the scale; a pentatonic scale gives open fourths and fifths instead.
std::vector<int> chord(const Draft& draft, int degree, int voices) {
  std::vector<int> pitches;
  for (int voice = 0; voice < voices; ++voice)
    pitches.push_back(scale_pitch(draft.session.key, degree + 2 * voice, pad_octave));
  std::ranges::sort(pitches);
  pitches.erase(std::unique(pitches.begin(), pitches.end()), pitches.end());
  return pitches;
}

void add_pad(Draft& draft, int bars) {
  auto& session = draft.session;
  const int voices = 2 + static_cast<int>(std::lround(busyness(draft.reading.photo) * 3));
  const Tick bar = session.meter.bar();
  Track track{
      "ambient_pad", "Background pad", Role::pad, 2, pad_patch(draft), {}, {{"a", bars * bar, {}, {}}}};
  const auto degrees = progression(draft);
  const int velocity = 60 + static_cast<int>(std::lround(draft.reading.photo.contrast * 8)) * 4;
  for (int i = 0; i < bars; ++i)
    for (const int pitch : chord(draft, degrees[static_cast<std::size_t>(i) % 4], voices))
      track.patterns.front().notes.push_back({i * bar, bar, pitch, velocity});
  session.tracks.push_back(std::move(track));
  draft.explain("/tracks/0", {0, 0, 1, draft.reading.photo.horizon > 0 ? draft.reading.photo.horizon : 0.5},
                "background", "background-pad");
  draft.explain("/tracks/0/patterns/0", whole_picture,
                std::to_string(draft.reading.photo.focal_points.size()) + " focal points, " +
                    std::to_string(voices) + " voices",
                "busy-chords");
}

Patch lead_patch(const PhotoFeatures& photo) {
  Patch patch;
  patch.name = "Foreground";
  patch.oscillators = {{photo.sharpness > 0.5    ? Wave::saw
                        : photo.sharpness > 0.25 ? Wave::square
                                                 : Wave::triangle,
                        0, 1, 0}};
  patch.filter = {FilterType::lowpass, std::round(std::min(20000.0, cutoff_of(photo) * 1.6)),
                  rounded(mix(0.1, 0.6, photo.sharpness), 2)};
  patch.envelope = {std::round(mix_ratio(60, 2, photo.sharpness)), 180, 0.5, 220};
  patch.drive = rounded(mix(0, 0.7, photo.sharpness), 2);
  patch.delay = rounded(mix(0, 0.5, photo.depth), 2);
  return patch;
}

struct Cell {
  std::size_t index;
  double energy;
};

// The strongest of the three cells above one another at a step, which reads the picture from left to right.
Cell strongest_cell(const PhotoFeatures& photo, int step, int steps) {
  const auto column = static_cast<std::size_t>(std::min(2, step * 3 / steps));
  Cell best{column, photo.cells[column]};
  for (std::size_t row = 1; row < 3; ++row)
    if (photo.cells[row * 3 + column] > best.energy) best = {row * 3 + column, photo.cells[row * 3 + column]};
  return best;
}

Box cell_box(std::size_t index) {
  return {static_cast<double>(index % 3) / 3, static_cast<double>(index / 3) / 3, 1.0 / 3, 1.0 / 3};
}

struct Melody {
  Draft& draft;
  Pattern& pattern;
  int size;  // of the scale

  void add(int step, int degree, int velocity, int length, const Box& box, std::string reading,
           std::string_view rule) {
    draft.explain("/tracks/1/patterns/0/notes/" + std::to_string(pattern.notes.size()), box,
                  std::move(reading), rule);
    pattern.notes.push_back({step * ticks_per_step, length * ticks_per_step,
                             scale_pitch(draft.session.key, degree, lead_octave), velocity});
  }
};

const Point* focal_at(const PhotoFeatures& photo, int step, int steps) {
  for (const auto& point : photo.focal_points)
    if (std::clamp(static_cast<int>(point.x * steps), 0, steps - 1) == step) return &point;
  return nullptr;
}

int focal_degree(const Point& focal, int scale_size) {
  return static_cast<int>(std::lround((1 - focal.y) * scale_size));
}

int cell_velocity(const Cell& cell) { return 70 + static_cast<int>(std::lround(cell.energy * 6)) * 5; }

// Focal points strike where they are; between them the cells decide how often, the seed which degree.
void write_melody(Melody melody, int steps) {
  const auto& photo = melody.draft.reading.photo;
  Random random(picture_seed(melody.draft, "lead"));
  int run = 0, degree = 0;
  for (int step = 0; step < steps; ++step) {
    const Cell cell = strongest_cell(photo, step, steps);
    const bool chance = random.unit() < mix(0.12, 0.7, 0.5 * cell.energy + 0.5 * busyness(photo));
    const int move = random.below(5) - 2;
    const Point* focal = focal_at(photo, step, steps);
    const bool strikes = step == 0 || (run < 3 && (focal || chance));
    run = strikes ? run + 1 : 0;
    if (!strikes) continue;
    if (step == 0) {
      melody.add(step, 0, 100, 1, cell_box(cell.index), "the left edge", "root-first");
    } else if (focal) {
      degree = focal_degree(*focal, melody.size);
      melody.add(step, degree, 112, 1, {focal->x - 0.05, focal->y - 0.05, 0.1, 0.1}, "focal point",
                 "focal-note");
    } else {
      degree = std::clamp(degree + move, -melody.size / 2, melody.size + 2);
      melody.add(step, degree, cell_velocity(cell), 1, cell_box(cell.index),
                 "cell energy " + per_cent(cell.energy), "cell-note");
    }
  }
}

void add_lead(Draft& draft) {
  auto& session = draft.session;
  session.tracks.push_back({"lead_sequence",
                            "Foreground lead",
                            Role::lead,
                            1,
                            lead_patch(draft.reading.photo),
                            {},
                            {{"a", session.meter.bar(), {}, {}}}});
  draft.explain("/tracks/1", {0, 0.5, 1, 0.5}, "foreground", "foreground-lead");
  draft.explain("/tracks/1/patch", whole_picture, "sharpness " + per_cent(draft.reading.photo.sharpness),
                "sharpness-lead");
  const Scale* scale = find_scale(session.key.scale);
  write_melody(
      {draft, session.tracks[1].patterns.front(), scale ? static_cast<int>(scale->intervals.size()) : 7}, 16);
}

void add_texture(Draft& draft) {
  const auto& photo = draft.reading.photo;
  auto& session = draft.session;
  Patch patch;
  patch.name = "Texture";
  patch.oscillators = {{Wave::noise, 0, rounded(mix(0.1, 1, photo.texture), 2), 0}};
  patch.noise = rounded(photo.texture, 3);
  patch.filter = {FilterType::bandpass, std::round(mix_ratio(400, 9000, photo.luminance)), 0.3};
  patch.modulation = {{"lfo_1", Parameter::cutoff, rounded(mix(0.1, 0.8, photo.texture), 2)}};
  const double rate = rounded(mix_ratio(0.05, 8, photo.texture), 3);
  LfoShape lfo{"lfo_1",
               "Skyline",
               {},
               std::max<Tick>(60, ticks_from_ms(1000 / rate, session.tempo_bpm)),
               "texture_modulator",
               Parameter::cutoff,
               patch.modulation.front().depth};
  for (int i = 0; i < 64; ++i)
    lfo.samples.push_back(rounded(2 * photo.cells[static_cast<std::size_t>(i * 9 / 64)] - 1, 4));
  session.lfos.push_back(std::move(lfo));
  session.tracks.push_back({"texture_modulator",
                            "Texture",
                            Role::texture,
                            3,
                            std::move(patch),
                            {},
                            {{"a", session.meter.bar(), {}, {}}}});
  draft.explain("/tracks/2", whole_picture, "texture " + per_cent(photo.texture), "texture-noise");
  draft.explain("/lfos/0", whole_picture, "the nine cells, row by row", "cells-lfo");
}

}  // namespace

void compose_photo(Draft& draft) {
  const int bars = draft.options.bars.value_or(4);
  choose_frame(draft);
  add_pad(draft, bars);
  add_lead(draft);
  add_texture(draft);
  draft.session.arrangement = {
      {"A", bars, {{"ambient_pad", "a"}, {"lead_sequence", "a"}, {"texture_modulator", "a"}}}};
}

}  // namespace doodled::composing
