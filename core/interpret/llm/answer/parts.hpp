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
  std::optional<int> pattern_bars =
      wish.options.bars;  // how long one pattern shall be, where the job says it

  void note(std::string what) { session.provenance.transforms.push_back(std::move(what)); }
  Tick bar() const { return session.meter.bar(); }
  // The most bars a pattern may have.
  int most_bars() const { return pattern_bars.value_or(8); }
};

// Thousandths of the picture; sides that come in the wrong order are turned round.
Box box_of(const Json& box);
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

// A row of its own, without a list of voices around it.
inline Pattern pattern_of_voice(Lowering& lowering, const Json& voice) {
  return pattern_of_voices(lowering, Json::array({voice}));
}

Track& add_track(Lowering& lowering, std::string id, std::string name, Role role, std::optional<Patch> patch);

// The answers of the modes, each but for title, key, tempo, arrangement and evidence.
void lower_mpc(Lowering& lowering, const Json& answer);
void lower_piece(Lowering& lowering,
                 const Json& answer);  // arrangement, prompt; makes the arrangement as well
Result<Session> session_of_facts(const Json& answer, const Wish& wish);

// One section with every track's first pattern, as long as the job wants or as the longest.
void arrange_once(Lowering& lowering);

// Every thing seen is evidence for the part of the session that its rule makes, or that it names.
void add_evidence(Lowering& lowering, const Json& evidence);

}  // namespace doodled::llm
