// What a band is asked to play, whoever asked: a sentence or a picture.
#pragma once
#include <string>
#include <vector>

#include "core/image/reading.hpp"
#include "core/music/chord.hpp"
#include "core/music/session.hpp"

namespace doodled::composing {

struct Brief {
  Key key;
  double tempo_bpm = 100;
  Meter meter;
  double swing = 50;
  std::string genre = "house";  // of generate::drum_genres()
  std::vector<Role> parts;      // each role one track, in this order
  std::vector<Chord> chords;    // asked for, a bar each; empty: chosen by the seed
  double brightness = 0.5, density = 0.5, space = 0.4, grain = 0.2;  // 0..1
  int chord_size = 3;                                                // notes of the chords chosen
  std::vector<double> contour;  // -1..1, a line whose shape the expression follows; may be empty
  bool expressive = true;       // notes carry curves
  std::uint64_t seed = 1;
};

// A stretch of the form, and the place in the picture that it was read from.
struct SectionPlan {
  std::string name;
  int bars = 4;
  double energy = 0.5;  // 0..1: how many parts play, and how much
  Box box{0, 0, 1, 1};
};

// Names and lengths for sections whose energies are given, from left to right: 'Intro', 'Verse', 'Build',
// 'Drop', 'Break', 'Outro', numbered where they repeat with other energies. `bars` is shared out in blocks of
// eight, four, two or one.
std::vector<SectionPlan> plan_form(int bars, const std::vector<double>& energies);
// How many sections so many bars are worth.
int sections_for(int bars);

// The parts that a piece in this genre usually has.
std::vector<Role> usual_parts(std::string_view genre);

// Tracks, patterns and arrangement for the brief; title, mode and evidence are left to the caller.
Session play_band(const Brief& brief, const std::vector<SectionPlan>& form);

}  // namespace doodled::composing
