#include "core/files/notation.hpp"

#include <doctest/doctest.h>

using namespace doodled;

namespace {

constexpr Tick sixteenth = 240;

// "1: quarter[60] quarter.[60~ ...": voice, then symbols with their pitches, '~' where tied to the next.
std::string text(const NotatedBar& bar) {
  std::string out;
  for (const auto& voice : bar.voices) {
    out += std::to_string(voice.voice) + ":";
    for (const auto& symbol : voice.symbols) {
      out += " " + std::string(symbol.value.type) +
             std::string(static_cast<std::size_t>(symbol.value.dots), '.');
      if (symbol.tones.empty()) continue;
      std::string pitches;
      for (const auto& tone : symbol.tones)
        pitches += (pitches.empty() ? "" : " ") + std::to_string(tone.pitch);
      out += "[" + pitches + (symbol.tied_to ? "~]" : "]");
    }
    out += "\n";
  }
  return out;
}

PlacedNote note(Tick start, Tick duration, int pitch) { return {start, duration, 0, pitch, 100}; }

}  // namespace

TEST_CASE("an empty bar is a rest of its length") {
  CHECK(text(notate({}, {4, 4}, 1)[0]) == "1: whole\n");
  CHECK(text(notate({}, {3, 4}, 1)[0]) == "1: half.\n");
  CHECK(text(notate({}, {5, 8}, 1)[0]) == "1: half eighth\n");
}

TEST_CASE("a note over a bar line is tied, as is one that no single value can say") {
  const auto bars = notate({note(12 * sixteenth, 9 * sixteenth, 60)}, {4, 4}, 2);
  CHECK(text(bars[0]) == "1: half. quarter[60~]\n");
  CHECK(text(bars[1]) == "1: quarter[60~] 16th[60] half eighth.\n");
}

TEST_CASE("notes that begin and end together are a chord, others get voices of their own") {
  const auto bars = notate({note(0, 960, 60), note(0, 960, 64), note(480, 960, 67)}, {2, 4}, 1);
  CHECK(text(bars[0]) == "1: quarter[60 64] quarter\n2: eighth quarter[67] eighth\n");
}

TEST_CASE("times go to the nearest 64th, and no note gets lost") {
  const auto bars = notate({note(1, 5, 60), note(238, 20, 62)}, {1, 4}, 1);
  CHECK(text(bars[0]) == "1: 64th[60] 32nd. 64th[62] eighth 32nd.\n");
}
