// What the rules share: walking patterns, naming places, taking notes out.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/rules/rules.hpp"

namespace doodled::rules {

inline std::string at(std::string_view list, std::size_t index) {
  return "/" + std::string(list) + "/" + std::to_string(index);
}

// A pattern in its session.
struct Place {
  std::size_t track_index, pattern_index;
  Track& track;
  Pattern& pattern;
  std::string pointer() const { return at("tracks", track_index) + at("patterns", pattern_index); }
  std::string note(std::size_t index) const { return pointer() + at("notes", index); }
  bool is_drums() const { return track.role == Role::drums; }
};

// Calls visit(place) for every pattern, but not for one whose notes are kept, all or some of them.
template <class Visit>
void for_each_pattern(Session& session, const RuleOptions& options, Visit visit) {
  for (std::size_t t = 0; t < session.tracks.size(); ++t)
    for (std::size_t p = 0; p < session.tracks[t].patterns.size(); ++p) {
      const Place place{t, p, session.tracks[t], session.tracks[t].patterns[p]};
      if (options.kept.empty() || !options.kept.touches(place.pointer() + "/notes")) visit(place);
    }
}

// The indices of the notes in the order of their starts, equal ones as they stand.
std::vector<std::size_t> by_start(const Pattern& pattern);

// Takes out the notes at `indices` (ascending). Evidence follows the notes that stay, and goes with those
// that go.
void take_out(Session& session, const Place& place, std::span<const std::size_t> indices);

}  // namespace doodled::rules
