// The parts of schemas/interpret/parts.json, each read into its part of a session. Values fit the schema when
// they come here. lower_answer.hpp is the door.
#pragma once
#include <string>

#include <nlohmann/json.hpp>

#include "core/interpret/llm/wish.hpp"
#include "core/music/session.hpp"

namespace doodled::llm {

// The session being made, and what was put right.
struct Lowering {
  const Wish& wish;
  Session session;

  void note(std::string what) { session.provenance.transforms.push_back(std::move(what)); }
  Tick bar() const { return session.meter.bar(); }
  // The most bars a pattern may have.
  int most_bars() const { return wish.bars.value_or(8); }
};

Key key_of(const Json& key);
Patch patch_of(const Json& patch, std::string name);
// Cables on the first track; those of LFOs that are not there are left out.
void add_modulation(Lowering& lowering, const Json& cables);
// Shapes brought to 64 samples, on the first track.
void add_lfos(Lowering& lowering, const Json& lfos);

// Rows of sixteenths. The pattern is whole bars long, not longer than the job wants.
Pattern pattern_of_voices(Lowering& lowering, const Json& voices);
Pattern pattern_of_chords(Lowering& lowering, const Json& chords);
// The pads go into the track.
Pattern pattern_of_drums(Lowering& lowering, Track& track, const Json& drums);

// Nine macros of the nine cells, 0..100 each, on the first track. `names` may be null.
void add_macros(Lowering& lowering, const std::array<double, 9>& values, const Json& names);

// One section with every track's first pattern, as long as the job wants or as the longest.
void arrange_once(Lowering& lowering);

// Every thing seen is evidence for the part of the session that its rule makes.
void add_evidence(Lowering& lowering, const Json& evidence);

}  // namespace doodled::llm
