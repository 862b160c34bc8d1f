// How different two sessions sound.
#pragma once
#include <array>
#include <string_view>

#include "core/music/session.hpp"

namespace doodled::bench {

// What a listener compares, each 0 (the same) .. 1 (nothing in common). README.md has the reasons.
struct Difference {
  double notes = 0;   // strikes at one step of the loop: pitch above the tonic, by how long they sound
  double rhythm = 0;  // which steps are struck
  double pitch = 0;   // how much of the time each of the twelve pitch classes sounds
  double key = 0;     // pitches of the two scales that are not shared; the tonic
  double tempo = 0;   // 25 per cent apart is another tempo; straight or swung
  double timbre = 0;  // waves, filter, envelope, drive, noise and space of the tracks

  double total() const;
};

inline constexpr std::array<double, 6> difference_weights{0.35, 0.20, 0.10, 0.10, 0.10, 0.15};

Difference difference(const Session& a, const Session& b);

// The floors, in `total()`; README.md derives them. Any two pictures, so also two drawings of one figure,
// keep the first: a listener just notices that they are two. Pictures of two different things keep the
// second: one change that every listener notices.
inline constexpr double just_noticed = 0.04, noticed_by_all = 0.10;

// The share of notes that are the same in both: start, pitch and duration, of the longer list.
double same_notes(const Session& a, const Session& b);

// Empty when all classes of the patches agree (waves, filter type, modulation routes, and each value to a
// quarter of its range); else what differs first.
std::string patch_difference(const Session& a, const Session& b);

}  // namespace doodled::bench
