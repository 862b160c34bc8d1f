#include "core/music/chord.hpp"

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

using namespace doodled;

namespace {

std::vector<int> intervals(std::string_view symbol) {
  const auto chord = chord_from_symbol(symbol);
  REQUIRE_MESSAGE(chord.has_value(), symbol);
  return chord->intervals;
}

}  // namespace

TEST_CASE("chord symbols are read as musicians write them") {
  CHECK(intervals("C") == std::vector{0, 4, 7});
  CHECK(intervals("Em9") == std::vector{0, 3, 7, 10, 14});
  CHECK(intervals("Bbmaj7#11") == std::vector{0, 4, 7, 11, 18});
  CHECK(intervals("F#m7b5") == std::vector{0, 3, 6, 10});
  CHECK(intervals("G13") == std::vector{0, 4, 7, 10, 14, 21});
  CHECK(intervals("Dm11") == std::vector{0, 3, 7, 10, 14, 17});
  CHECK(intervals("C6/9") == std::vector{0, 4, 7, 9, 14});
  CHECK(intervals("Cm(maj7)") == std::vector{0, 3, 7, 11});
  CHECK(intervals("Csus4") == std::vector{0, 5, 7});
  CHECK(intervals("G7sus4") == std::vector{0, 5, 7, 10});
  CHECK(intervals("Adim7") == std::vector{0, 3, 6, 9});
  CHECK(intervals("C+") == std::vector{0, 4, 8});
  CHECK(intervals("E7#9") == std::vector{0, 4, 7, 10, 15});
  CHECK(intervals("D7alt") == std::vector{0, 4, 10, 13, 15, 18, 20});
  CHECK(intervals("Cadd9") == std::vector{0, 4, 7, 14});
  CHECK(intervals("E5") == std::vector{0, 7});
  CHECK(intervals("Fno3") == std::vector{0, 7});
  CHECK(intervals("C\u00f8") == std::vector{0, 3, 6, 10});
  CHECK(intervals("C\u0394") == std::vector{0, 4, 7, 11});
  CHECK(chord_from_symbol("A\u266d7")->root == 8);
}

TEST_CASE("a slash names the bass: an inversion or a foreign note") {
  CHECK(chord_from_symbol("C/E")->bass == 4);
  CHECK(chord_from_symbol("Am/D")->bass == 2);
  CHECK(chord_from_name("C/E") == std::vector{40, 48, 52, 55});
  CHECK(inverted(*chord_from_symbol("C"), 1).bass == 4);
  CHECK(inverted(*chord_from_symbol("C"), 2).bass == 7);
  CHECK(inverted(*chord_from_symbol("C"), 3) == *chord_from_symbol("C"));
}

TEST_CASE("what is no chord is refused with what to write") {
  for (const char* wrong : {"", "Xm7", "C7foo", "C/", "C/X", "Cm7b", "banana"})
    CHECK_FALSE(chord_from_symbol(wrong));
  CHECK(read_chord("Hm7").error().message.find("write Bm7") != std::string::npos);
  CHECK(read_chord("Solm").error().message.find("write Gm") != std::string::npos);
  CHECK(read_chord("banana").error().message.find("'Em9' or 'C4-E4-G4'") != std::string::npos);
  CHECK(*read_chord("C3-E3-G3", 3, MiddleC::c3) == std::vector{60, 64, 67});
}

TEST_CASE("the symbol of a chord reads back as the chord") {
  for (const char* symbol :
       {"C", "Am", "G7", "F#m7b5", "Dmaj9", "E7#9", "B6/9", "Gsus2", "Adim7", "C#m11", "C/E"}) {
    const auto chord = chord_from_symbol(symbol);
    REQUIRE(chord.has_value());
    CHECK(chord_symbol(*chord) == symbol);
  }
  CHECK(chord_symbol({0, {0, 1, 2}, std::nullopt}).empty());
}

TEST_CASE("the chords of a key are stacked thirds") {
  const Key key{0, "major"};
  CHECK(chord_symbol(chord_of_degree(key, 0, 3)) == "C");
  CHECK(chord_symbol(chord_of_degree(key, 1, 3)) == "Dm");
  CHECK(chord_symbol(chord_of_degree(key, 4, 4)) == "G7");
  CHECK(chord_symbol(chord_of_degree(key, 6, 4)) == "Bm7b5");
  CHECK(chord_symbol(chord_of_degree({9, "minor"}, 2, 4)) == "Cmaj7");
}

TEST_CASE("voices move little, stay in their range and sing every note of the chord") {
  const VoiceRange range{48, 79};
  std::vector<int> before;
  for (const char* symbol : {"Am7", "Dm9", "G7", "Cmaj7", "Fmaj7", "Bm7b5", "E7", "Am"}) {
    const auto chord = chord_from_symbol(symbol);
    const auto pitches = lead_voices(before, *chord, 4, range);
    CAPTURE(symbol);
    REQUIRE(pitches.size() == 4);
    CHECK(std::ranges::is_sorted(pitches));
    CHECK(pitches.front() >= range.lowest);
    CHECK(pitches.back() <= range.highest);
    for (const int pitch : pitches) {
      bool sung = false;
      for (const int interval : chord->intervals) sung |= (pitch - chord->root - interval) % 12 == 0;
      CHECK(sung);
    }
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(std::abs(pitches[i] - before[i]) <= 7);
    before = pitches;
  }
}

TEST_CASE("a bass that the chord names is the lowest voice") {
  const auto pitches = lead_voices({}, *chord_from_symbol("Am/C"), 4, {48, 79});
  REQUIRE(pitches.size() == 4);
  CHECK(pitches.front() % 12 == 0);
}

TEST_CASE("chords of any size come out of any number of voices") {
  for (int voices = 1; voices <= 7; ++voices)
    for (const char* symbol : {"C5", "C", "C7", "C13", "C/E", "Am/D", "D7alt"})
      CHECK(lead_voices({}, *chord_from_symbol(symbol), voices, {36, 96}).size() ==
            static_cast<std::size_t>(voices));
}
