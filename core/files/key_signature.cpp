#include "core/files/key_signature.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace doodled {
namespace {

int fifths_of_major(int tonic) {
  const int fifths = tonic * 7 % 12;
  return fifths > 6 ? fifths - 12 : fifths;
}

unsigned notes_of(int tonic, std::span<const int> intervals) {
  unsigned notes = 0;
  for (const int interval : intervals) notes |= 1U << (tonic + interval) % 12;
  return notes;
}

bool is_coloured_minor(std::string_view scale) {
  return scale.find("minor") != scale.npos || scale == "blues";
}

}  // namespace

KeySignature key_signature(const Key& key) {
  const auto intervals = intervals_of(key);
  if (intervals.size() >= 12) return {};
  const auto major = intervals_of({0, "major"});
  const bool minor_third = std::ranges::find(intervals, 4) == intervals.end();
  const int own_major = (key.tonic + (minor_third ? 3 : 0)) % 12;
  int best = own_major, most = -1;
  for (int step = 0; step < (is_coloured_minor(key.scale) ? 1 : 12);
       ++step) {  // own_major first, so that it wins where others fit as well
    const int tonic = (own_major + step) % 12;
    const int shared = std::popcount(notes_of(key.tonic, intervals) & notes_of(tonic, major));
    if (shared > most) best = tonic, most = shared;
  }
  const bool minor = minor_third && best == own_major;
  return {fifths_of_major(best), minor, best == own_major && (key.scale == "minor" || key.scale == "major")};
}

}  // namespace doodled
