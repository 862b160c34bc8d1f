// The background of a photograph as a pad, and the chords that all parts follow.
#include "core/compose/photo_parts.hpp"

namespace doodled::composing {
namespace {

constexpr int pad_octave = 3;
constexpr double rough = 0.355;  // texture

Box background(const PhotoFeatures& photo) { return {0, 0, 1, photo.horizon > 0 ? photo.horizon : 0.5}; }

Patch pad_patch(const Draft& draft) {
  const auto& photo = draft.reading.photo;
  const auto& rules = draft.rules;
  Patch patch;
  patch.name = "Background";
  patch.oscillators = {{Wave::triangle, -6, 1, 0},
                       {photo.texture > rough ? Wave::saw : Wave::sine, 6,
                        rounded(rules.value("photo harmonics", photo.contrast), 2), 0}};
  patch.filter = {FilterType::lowpass, std::round(rules.value("photo cutoff", photo.luminance)),
                  rounded(rules.value("photo resonance", photo.contrast), 2)};
  patch.envelope = {std::round(rules.value("photo attack", photo.contrast)), 600, 0.8,
                    std::round(rules.value("photo release", photo.contrast))};
  patch.reverb = rounded(rules.value("photo reverb", photo.depth), 2);
  patch.noise = rounded(rules.value("photo noise", photo.texture));
  patch.drive = rounded(rules.value("warm drive", (1 - coolness(photo)) * photo.saturation), 2);
  patch.delay = rounded(rules.value("cool delay", coolness(photo)), 2);
  return patch;
}

void explain_pad(Draft& draft, const std::string& track) {
  const auto& photo = draft.reading.photo;
  const std::string light = "luminance " + per_cent(photo.luminance),
                    contrast = "contrast " + per_cent(photo.contrast),
                    texture = "texture " + per_cent(photo.texture);
  const std::string cool = per_cent(coolness(photo)) + " cool";
  explain_all(draft, track,
              {{"", background(photo), "background", "background-pad"},
               {"/patch/oscillators/0", background(photo), "smooth ground", "texture-noise"},
               {"/patch/oscillators/1", whole_picture, texture + ", " + contrast, "texture-noise"},
               {"/patch/filter/type", whole_picture, light, "luminance-cutoff"},
               {"/patch/filter/cutoff_hz", whole_picture, light, "luminance-cutoff"},
               {"/patch/filter/resonance", whole_picture, contrast, "contrast-harmonics"},
               {"/patch/envelope", whole_picture, contrast, "contrast-harmonics"},
               {"/patch/noise", whole_picture, texture, "texture-noise"},
               {"/patch/reverb", background(photo), "depth " + per_cent(photo.depth), "depth-reverb"},
               {"/patch/drive", whole_picture, cool, "palette-space"},
               {"/patch/delay", whole_picture, cool, "palette-space"}});
}

// Thirds stacked on a degree of the scale; a pentatonic scale gives open fourths and fifths instead.
std::vector<int> chord(const Key& key, int degree, int voices) {
  std::vector<int> pitches;
  for (int voice = 0; voice < voices; ++voice)
    pitches.push_back(scale_pitch(key, degree + 2 * voice, pad_octave));
  std::ranges::sort(pitches);
  pitches.erase(std::unique(pitches.begin(), pitches.end()), pitches.end());
  return pitches;
}

}  // namespace

void add_background_pad(Draft& draft, const ChordCell& chords, int bars) {
  auto& session = draft.session;
  const auto& photo = draft.reading.photo;
  const int voices = 2 + static_cast<int>(std::lround(busyness(photo) * 3));
  const Tick bar = session.meter.bar();
  const std::string pointer = track_pointer(session);
  Track track{
      "ambient_pad", "Background pad", Role::pad, 2, pad_patch(draft), {}, {{"a", bars * bar, {}, {}}}};
  explain_pad(draft, pointer);
  const auto degrees = progression(draft, chords);
  const int velocity = 60 + static_cast<int>(std::lround(photo.contrast * 8)) * 4;
  auto& notes = track.patterns.front().notes;
  for (int i = 0; i < bars; ++i)
    for (const int pitch : chord(session.key, degrees[static_cast<std::size_t>(i) % 4], voices)) {
      draft.explain(pointer + "/patterns/0/notes/" + std::to_string(notes.size()), cell_box(chords.cell),
                    std::string(chords.reading), chords.rule);
      notes.push_back({i * bar, bar, pitch, velocity});
    }
  session.tracks.push_back(std::move(track));
  draft.explain(pointer + "/patterns/0", whole_picture,
                "texture " + per_cent(photo.texture) + ", " + std::to_string(voices) + " voices",
                "busy-chords");
}

}  // namespace doodled::composing
