// A photograph: what it is as a whole - key, tempo, title - and its parts.
#include <numeric>

#include "core/compose/photo_parts.hpp"

namespace doodled::composing {
namespace {

constexpr double warmest_hue = 30, coldest_hue = 300;  // CIELAB: red; blue
constexpr double full_colour = 0.12;                   // saturation from which on the hue alone decides
constexpr double bright = 0.45;

std::string mood_of(const PhotoFeatures& photo) {
  const double cool = coolness(photo);
  return std::string(photo.luminance >= bright ? "bright" : "dark") +
         (cool < 0.35   ? " and warm"
          : cool > 0.65 ? " and cool"
                        : "") +
         (is_open(photo) ? ", wide open" : "");
}

// Towards which the picture leans; the middle one where it is full everywhere.
std::size_t leaning_cell(const PhotoFeatures& photo) {
  const auto& c = photo.cells;
  const auto row = leaning(c[0] + c[1] + c[2], c[3] + c[4] + c[5], c[6] + c[7] + c[8]);
  return 3 * row + leaning(c[0] + c[3] + c[6], c[1] + c[4] + c[7], c[2] + c[5] + c[8]);
}

void choose_key(Draft& draft) {
  const auto& photo = draft.reading.photo;
  if (draft.takes_asked(draft.options.key, draft.session.key, "/key")) return;
  Key& key = draft.session.key;
  const auto hue = static_cast<std::size_t>(std::lround(photo.hue_degrees / 30)) % 12;
  key.tonic = draft.rules.hue_tonics[hue];
  for (const ColourMode& row : draft.rules.colour_modes) {
    key.scale = is_open(photo) ? row.open : row.mode;
    if (coolness(photo) <= row.up_to) break;
  }
  draft.explain("/key/tonic", whole_picture,
                "hue " + std::to_string(std::lround(photo.hue_degrees)) + " degrees", "hue-tonic");
  draft.explain("/key/scale", whole_picture, mood_of(photo), "colour-mode");
}

void choose_tempo(Draft& draft) {
  const auto& photo = draft.reading.photo;
  if (draft.takes_asked(draft.options.tempo_bpm, draft.session.tempo_bpm, "/tempo_bpm")) return;
  draft.session.tempo_bpm = std::round(draft.rules.value("photo tempo", motion(photo)));
  draft.explain("/tempo_bpm", whole_picture,
                "contrast " + per_cent(photo.contrast) + ", texture " + per_cent(photo.texture),
                "motion-tempo");
}

}  // namespace

double busyness(const PhotoFeatures& photo) {
  const double full = std::reduce(photo.cells.begin(), photo.cells.end()) / 9;
  return std::clamp(photo.texture + 0.2 * full, 0.0, 1.0);
}

std::size_t restlessness(const PhotoFeatures& photo) {
  constexpr double calm = 0.32, restless = 0.51;
  const double busy = busyness(photo);
  return static_cast<std::size_t>((busy > calm) + (busy > restless));
}

double coolness(const PhotoFeatures& photo) {
  const double hue = std::fmod(photo.hue_degrees - warmest_hue + 360, 360.0), way = coldest_hue - warmest_hue;
  const double by_hue = hue <= way ? hue / way : (360 - hue) / (360 - way);
  const double colour = std::clamp(photo.saturation / full_colour, 0.0, 1.0);
  const double grey = 0.3 + 0.6 * photo.luminance;  // stark white is cold, a dark grey is minor
  return colour * by_hue + (1 - colour) * grey;
}

bool is_open(const PhotoFeatures& photo) {
  constexpr double smooth = 0.18, empty = 0.4;
  const double sky = (photo.cells[0] + photo.cells[1] + photo.cells[2]) / 3;
  return photo.horizon > 0 && photo.luminance > bright && photo.texture < smooth && sky < empty;
}

Box cell_box(std::size_t cell) {
  const auto row = cell / 3, column = cell % 3;
  return {static_cast<double>(column) / 3, static_cast<double>(row) / 3, 1.0 / 3, 1.0 / 3};
}

std::size_t leaning(double first, double middle, double last) {
  constexpr double clear = 0.15;  // of all: what is less may be how the light falls
  const double lean = (last - first) / std::max(1e-6, first + middle + last);
  return lean < -clear ? 0 : lean > clear ? 2 : 1;
}

std::array<int, 4> progression(const Draft& draft, const ChordCell& chords) {
  return draft.rules.cells[chords.cell].chords;
}

void explain_all(Draft& draft, const std::string& track, std::initializer_list<Reason> reasons) {
  for (const Reason& reason : reasons)
    draft.explain(track + std::string(reason.part), reason.box, reason.reading, reason.rule);
}

double motion(const PhotoFeatures& photo) {
  return std::min(1.0, 0.3 * photo.contrast + 0.9 * photo.texture);
}

void add_photo_parts(Draft& draft, const ChordCell& chords) {
  const int bars = draft.options.bars.value_or(4);
  auto& session = draft.session;
  add_background_pad(draft, chords, bars);
  add_foreground_lead(draft, chords, bars);
  add_texture(draft);
  add_ground_bass(draft, chords, bars);
  session.arrangement = {{"A", bars, {}}};
  for (const Track& track : session.tracks)
    session.arrangement.front().parts.push_back({track.id, track.patterns.front().id});
}

void compose_photo(Draft& draft) {
  auto& session = draft.session;
  session.mode = "photo";
  session.title = "Photograph: " + mood_of(draft.reading.photo);
  choose_key(draft);
  choose_tempo(draft);
  add_photo_parts(draft, {leaning_cell(draft.reading.photo), "the picture leans here", "weight-chords"});
}

}  // namespace doodled::composing
