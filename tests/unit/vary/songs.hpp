// Sessions to vary.
#pragma once
#include "core/music/session.hpp"

namespace doodled::fakes {

// Two bars in A minor at 120: a bass, a lead of quavers, drums. It keeps every rule.
inline Session small_song() {
  Session session;
  session.title = "Small song";
  session.key = {9, "minor"};
  Track bass, lead, drums;
  bass.id = "bass", bass.name = "Bass", bass.role = Role::bass, bass.channel = 2;
  lead.id = "lead", lead.name = "Lead", lead.role = Role::lead, lead.channel = 1;
  drums.id = "drums", drums.name = "Drums", drums.role = Role::drums, drums.channel = 10;
  Pattern low{"a", 7680, {}, {}}, high{"a", 7680, {}, {}}, beat{"a", 7680, {}, {}};
  for (const int pitch : {45, 52, 48, 43, 41, 48, 43, 52}) {
    const auto at = static_cast<Tick>(low.notes.size()) * 960;
    low.notes.push_back({at, 480, pitch, 96});
  }
  for (const int pitch : {69, 72, 71, 69, 67, 69, 72, 76, 74, 72, 71, 69, 67, 64, 67, 71}) {
    const auto at = static_cast<Tick>(high.notes.size()) * 480;
    high.notes.push_back({at, 240, pitch, 90});
  }
  for (int step = 0; step < 32; step += 4)
    beat.notes.push_back({step * 240, 120, step % 8 == 0 ? 36 : 38, 110});
  bass.patterns = {low}, lead.patterns = {high}, drums.patterns = {beat};
  session.tracks = {bass, lead, drums};
  session.arrangement = {{"A", 2, {{"bass", "a"}, {"lead", "a"}, {"drums", "a"}}}};
  return session;
}

}  // namespace doodled::fakes
