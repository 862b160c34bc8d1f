// Lines of single notes made by rule or by chance. Seeded: the same Random state gives the same result.
// Results are sorted by start and lie inside `length`.
#pragma once
#include <span>
#include <vector>

#include "core/base/random.hpp"
#include "core/music/session.hpp"

namespace doodled::generate {

// The idea document's walk: every step rests with the chance `rest`, else a degree of the key near the last
// one sounds. The first step sounds the tonic.
struct ScaleWalk {
  Key key;
  int lowest = 40, highest = 76;  // MIDI notes
  double rest = 0.3;              // 0..1
  int leap = 2;                   // the most scale steps from one note to the next
  int quietest = 85, loudest = 120;
  Tick step = ticks_per_step;
};
std::vector<Note> scale_walk(const ScaleWalk& walk, Tick length, Random& random);

enum class ArpeggioOrder { up, down, up_down, inwards, random };
struct Arpeggio {
  ArpeggioOrder order = ArpeggioOrder::up;
  int octaves = 1;  // 1..4
  Tick step = ticks_per_step;
  double gate = 0.75;  // 0..1 of a step
  int velocity = 96;
};
// `pitches` ascending, one chord; from `from` (inclusive) to `until`.
std::vector<Note> arpeggiate(std::span<const int> pitches, const Arpeggio& arpeggio, Tick from, Tick until,
                             Random& random);

// A chord that sounds from its tick on: ascending pitches, the lowest is the bass.
struct PlacedChord {
  Tick tick;
  std::vector<int> pitches;
};
// One note a beat: the bass of each chord on its first beat, chord tones inside, and a step of the key or a
// semitone towards the next bass on the last beat before it. Range lowest..lowest + 19.
std::vector<Note> walking_bass(std::span<const PlacedChord> chords, const Key& key, const Meter& meter,
                               Tick length, int lowest, Random& random);

}  // namespace doodled::generate
