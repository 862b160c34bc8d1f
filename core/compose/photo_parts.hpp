// The parts of a photograph's session, one file a duty. Each adds what it makes together with its evidence.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "core/compose/draft.hpp"

namespace doodled::composing {

// How many things ask for attention, 0..1.
double busyness(const PhotoFeatures& photo);
// 0 calm, 1, 2 restless: busyness in three steps.
std::size_t restlessness(const PhotoFeatures& photo);
// 0 warm (red, gold) .. 1 cold (blue, white), by the dominant hue; without colour by how bright it is.
double coolness(const PhotoFeatures& photo);
// A wide open place: a horizon, and little in front of it.
bool is_open(const PhotoFeatures& photo);

Box cell_box(std::size_t cell);
// Of three parts in a row the one towards which what is in them leans: 0 the first, 2 the last; 1 unless it
// does so clearly.
std::size_t leaning(double first, double middle, double last);

// The cell that gives the chords which all parts follow, and why.
struct ChordCell {
  std::size_t cell;
  std::string_view reading, rule;
};
// Degrees of the four chords.
std::array<int, 4> progression(const Draft& draft, const ChordCell& chords);

// Sharpness: soft edges up to the one, sharp ones from the other on.
inline constexpr double soft_edges = 0.32, sharp_edges = 0.475;

struct Reason {
  std::string_view part;  // below /tracks/N
  Box box;
  std::string reading;
  std::string_view rule;
};
void explain_all(Draft& draft, const std::string& track, std::initializer_list<Reason> reasons);

// How much moves in a picture, 0..1, by its texture and contrast.
double motion(const PhotoFeatures& photo);
// The parts of a photograph or a full page.
void add_photo_parts(Draft& draft, const ChordCell& chords);

void add_background_pad(Draft& draft, const ChordCell& chords, int bars);
void add_foreground_lead(Draft& draft, const ChordCell& chords, int bars);
void add_ground_bass(Draft& draft, const ChordCell& chords, int bars);
void add_texture(Draft& draft);

}  // namespace doodled::composing
