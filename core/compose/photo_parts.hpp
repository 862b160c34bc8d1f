// The parts of a photograph's session, one file a duty. Each adds what it makes together with its evidence.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "core/compose/draft.hpp"

namespace doodled::composing {

// How many things ask for attention, 0..1.
double busyness(const PhotoFeatures& photo);
// 0 warm (red, gold) .. 1 cold (blue, white), by the dominant hue; without colour by how bright it is.
double coolness(const PhotoFeatures& photo);
// A wide open place: a horizon, and little in front of it.
bool is_open(const PhotoFeatures& photo);

Box cell_box(std::size_t cell);
// The cell with most in it.
std::size_t heaviest_cell(const PhotoFeatures& photo);
// Degrees of the four chords.
std::array<int, 4> progression(const Draft& draft);

struct Reason {
  std::string_view part;  // below /tracks/N
  Box box;
  std::string reading;
  std::string_view rule;
};
void explain_all(Draft& draft, const std::string& track, std::initializer_list<Reason> reasons);

void add_background_pad(Draft& draft, int bars);
void add_foreground_lead(Draft& draft, int bars);
void add_ground_bass(Draft& draft, int bars);
void add_texture(Draft& draft);

}  // namespace doodled::composing
