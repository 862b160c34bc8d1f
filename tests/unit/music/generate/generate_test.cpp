#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "core/music/generate/drums.hpp"
#include "core/music/generate/markov.hpp"
#include "core/music/generate/melody.hpp"
#include "core/music/generate/rhythm.hpp"

using namespace doodled;
using namespace doodled::generate;

namespace {

std::string printed(const std::vector<bool>& rhythm) {
  std::string text;
  for (const bool strike : rhythm) text += strike ? 'x' : '.';
  return text;
}

void check_line(const std::vector<Note>& notes, Tick length) {
  Tick before = 0;
  for (const auto& note : notes) {
    CHECK(note.start >= before);
    CHECK(note.duration >= 1);
    CHECK(note.start + note.duration <= length);
    CHECK(note.pitch >= 0);
    CHECK(note.pitch <= 127);
    CHECK(note.velocity >= 1);
    CHECK(note.velocity <= 127);
    before = note.start;
  }
}

}  // namespace

TEST_CASE("Euclid's rhythms are the known ones") {
  CHECK(printed(euclid(8, 3)) == "x..x..x.");  // tresillo
  CHECK(printed(euclid(4, 4)) == "xxxx");
  CHECK(printed(euclid(16, 4)) == "x...x...x...x...");
  CHECK(printed(euclid(8, 0)) == "........");
  CHECK(printed(euclid(4, 9)) == "xxxx");
  CHECK(printed(euclid(4, 1, 1)) == ".x..");
  CHECK(printed(euclid(4, 1, -1)) == "...x");
}

TEST_CASE("Euclid spreads any number of pulses evenly: gaps differ by at most one") {
  for (int steps = 1; steps <= 32; ++steps)
    for (int pulses = 1; pulses <= steps; ++pulses) {
      const auto rhythm = euclid(steps, pulses);
      CHECK(std::ranges::count(rhythm, true) == pulses);
      CHECK(rhythm[0]);
      int least = steps, most = 0, gap = 0;
      for (int i = 1; i <= steps; ++i) {
        ++gap;
        if (i < steps && !rhythm[static_cast<std::size_t>(i)]) continue;
        least = std::min(least, gap), most = std::max(most, gap), gap = 0;
      }
      CHECK(most - least <= 1);
    }
}

TEST_CASE("a scale walk rests on three steps of ten, starts on the tonic and stays in the key") {
  const ScaleWalk walk{{4, "minor_pentatonic"}};
  Random random(7);
  std::size_t struck = 0;
  for (int i = 0; i < 200; ++i) {
    const auto notes = scale_walk(walk, 16 * ticks_per_step, random);
    check_line(notes, 16 * ticks_per_step);
    CHECK(notes.front().start == 0);
    CHECK(notes.front().pitch % 12 == 4);
    for (const auto& note : notes) {
      CHECK(in_key(note.pitch, walk.key));
      CHECK(note.velocity >= 85);
      CHECK(note.velocity <= 120);
    }
    struck += notes.size() - 1;
  }
  CHECK(static_cast<double>(struck) / (200 * 15) == doctest::Approx(0.7).epsilon(0.05));
}

TEST_CASE("an arpeggio plays the chord's notes in its order") {
  Random random(1);
  const std::vector<int> chord{60, 64, 67};
  const auto pitches = [&](ArpeggioOrder order, int octaves) {
    std::string text;
    for (const auto& note : arpeggiate(chord, {order, octaves}, 0, 8 * ticks_per_step, random))
      text += std::to_string(note.pitch) + " ";
    return text;
  };
  CHECK(pitches(ArpeggioOrder::up, 1) == "60 64 67 60 64 67 60 64 ");
  CHECK(pitches(ArpeggioOrder::down, 1) == "67 64 60 67 64 60 67 64 ");
  CHECK(pitches(ArpeggioOrder::up_down, 1) == "60 64 67 64 60 64 67 64 ");
  CHECK(pitches(ArpeggioOrder::inwards, 1) == "60 67 64 60 67 64 60 67 ");
  CHECK(pitches(ArpeggioOrder::up, 2) == "60 64 67 72 76 79 60 64 ");
}

TEST_CASE("a walking bass plays one note a beat, the bass of each chord first, and never leaps far") {
  const Key key{0, "major"};
  const Meter meter;
  const std::vector<PlacedChord> chords{
      {0, {48, 52, 55}}, {3840, {45, 48, 52}}, {7680, {50, 53, 57}}, {11520, {43, 47, 50}}};
  Random random(3);
  const auto notes = walking_bass(chords, key, meter, 4 * 3840, 36, random);
  REQUIRE(notes.size() == 16);
  check_line(notes, 4 * 3840);
  CHECK(notes[0].pitch % 12 == 0);
  CHECK(notes[4].pitch % 12 == 9);
  CHECK(notes[8].pitch % 12 == 2);
  CHECK(notes[12].pitch % 12 == 7);
  for (const int last : {3, 7, 11})
    CHECK(std::abs(notes[static_cast<std::size_t>(last) + 1].pitch -
                   notes[static_cast<std::size_t>(last)].pitch) <= 3);
}

TEST_CASE("a Markov chain only moves as the session that it learned from") {
  Session session;
  session.key = {0, "major"};
  session.tracks = {
      {"lead",
       "Lead",
       Role::lead,
       1,
       std::nullopt,
       {},
       {{"a", 3840, {{0, 240, 60, 100}, {480, 240, 62, 90}, {960, 240, 64, 80}, {1440, 240, 62, 70}}, {}}}}};
  const auto chain = Markov::learn(session, "lead");
  REQUIRE_FALSE(chain.empty());
  Random random(5);
  const auto notes = chain.walk(session.key, 4 * 3840, 48, 84, random);
  check_line(notes, 4 * 3840);
  REQUIRE(notes.size() > 8);
  for (std::size_t i = 1; i < notes.size(); ++i) {
    CHECK(in_key(notes[i].pitch, session.key));
    CHECK(std::abs(notes[i].pitch - notes[i - 1].pitch) <= 2);
  }
  CHECK(Markov::learn(Session{}).empty());
  CHECK(Markov{}.walk(session.key, 3840, 0, 127, random).empty());
}

TEST_CASE("a matrix of certainties draws its pattern, of impossibilities nothing") {
  const Pattern pattern{"a", 3840, {{0, 240, 36, 100}, {960, 240, 38, 100}, {1920, 240, 36, 100}}, {}};
  Random random(1);
  const auto notes = draw(matrix_of(pattern, ticks_per_step, 0), 4, random);
  REQUIRE(notes.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(notes[i].start == pattern.notes[i].start);
    CHECK(notes[i].pitch == pattern.notes[i].pitch);
  }
  CHECK(draw({{60, 62}, {{0, 0, 0}, {0, 0, 0}}}, 4, random).empty());
  CHECK(draw({{60, 62, 64}, {{1}, {1}, {1}}}, 2, random).size() == 2);
}

TEST_CASE("every genre plays in every meter, from its kick on") {
  for (const auto genre : drum_genres())
    for (const Meter meter :
         {Meter{4, 4}, Meter{3, 4}, Meter{7, 8}, Meter{5, 4}, Meter{6, 8}, Meter{5, 16}, Meter{1, 32}}) {
      CAPTURE(genre);
      Random random(1), again(1);
      const auto notes = drum_pattern({genre, 0.7, true}, meter, 2, random);
      REQUIRE_FALSE(notes.empty());
      check_line(notes, 2 * meter.bar());
      CHECK(notes == drum_pattern({genre, 0.7, true}, meter, 2, again));
      CHECK(notes.front().start == 0);
      std::map<std::pair<Tick, int>, int> strikes;
      for (const auto& note : notes) CHECK(++strikes[std::pair(note.start, note.pitch)] == 1);
      CHECK_FALSE(kit_of(notes).empty());
    }
  CHECK(drum_genre_from_name("Boom Bap") == "hip_hop");
  CHECK(drum_genre_from_name("DnB") == "drum_and_bass");
  CHECK_FALSE(drum_genre_from_name("polka-core"));
}

TEST_CASE("more density plays more, none leaves the backbone") {
  std::size_t before = 0;
  for (const double density : {0.0, 0.5, 1.0}) {
    Random random(9);
    const auto notes = drum_pattern({"hip_hop", density, false}, {}, 8, random);
    CHECK(notes.size() > before);
    before = notes.size();
  }
}

TEST_CASE("ratchets split only notes that are long enough, chances spare the beats") {
  std::vector<Note> notes{{0, 960, 60, 100}, {960, 30, 62, 100}, {1200, 240, 64, 100}};
  Random random(2);
  add_ratchets(notes, 1, random);
  CHECK(notes[0].ratchet > 1);
  CHECK(notes[1].ratchet == 1);
  add_chance(notes, {}, 0.8, random);
  CHECK(notes[0].probability == 1);
  CHECK(notes[1].probability == 1);
  CHECK(notes[2].probability < 1);
  CHECK(notes[2].probability >= 0.2);
}
