#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/vary/diff.hpp"
#include "core/vary/tune.hpp"
#include "core/vary/variation.hpp"
#include "tests/unit/vary/songs.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

VariationWish wish(const char* json) {
  auto read = variation_wish(Json::parse(json));
  REQUIRE(read.has_value());
  return *read;
}

Accepted varied(const Session& session, const char* json) {
  auto made = vary(session, wish(json));
  if (!made) {
    CAPTURE(made.error().message);
    for (const auto& problem : made.error().problems) MESSAGE(problem.pointer, ": ", problem.message);
    REQUIRE(made.has_value());
  }
  return std::move(*made);
}

const std::vector<Note>& notes_of(const Session& session, std::size_t track = 0) {
  return session.tracks[track].patterns[0].notes;
}

// Steps of all patterns on which something else is struck than before.
int changed_steps(const Session& before, const Session& after) {
  using Struck = std::multiset<std::array<int, 2>>;
  int changed = 0;
  for (std::size_t t = 0; t < before.tracks.size(); ++t)
    for (std::size_t p = 0; p < before.tracks[t].patterns.size(); ++p) {
      std::map<Tick, std::pair<Struck, Struck>> steps;
      for (const auto& n : before.tracks[t].patterns[p].notes)
        steps[n.start / ticks_per_step].first.insert({n.pitch, n.velocity});
      for (const auto& n : after.tracks[t].patterns[p].notes)
        steps[n.start / ticks_per_step].second.insert({n.pitch, n.velocity});
      for (const auto& [step, both] : steps) changed += both.first == both.second ? 0 : 1;
    }
  return changed;
}

bool names(const Error& error, std::string_view pointer) {
  return std::ranges::any_of(error.problems, [&](const Problem& p) { return p.pointer == pointer; });
}

}  // namespace

TEST_CASE("every operation has a name, a summary, and defaults within its ranges") {
  for (const auto& kind : operations_json()) {
    CAPTURE(kind["op"].get<std::string>());
    CHECK_FALSE(kind["summary"].get<std::string>().empty());
    for (const auto& p : kind["parameters"]) {
      CHECK(p["default"].get<double>() >= p["minimum"].get<double>());
      CHECK(p["default"].get<double>() <= p["maximum"].get<double>());
    }
  }
}

TEST_CASE("mutate changes as many steps as it is told, and no other part") {
  const auto song = small_song();
  for (int steps = 1; steps <= 8; ++steps)
    for (int seed = 1; seed <= 20; ++seed) {
      CAPTURE(steps);
      CAPTURE(seed);
      const auto made =
          vary(song, wish(("{\"seed\": " + std::to_string(seed) +
                           ", \"operations\": [{\"op\": \"mutate\", \"part\": \"/tracks/1\", \"steps\": " +
                           std::to_string(steps) + "}]}")
                              .c_str()));
      REQUIRE(made.has_value());
      CHECK(changed_steps(song, made->session) == steps);
      CHECK(made->document["tracks"][0] == to_json(song)["tracks"][0]);
    }
}

TEST_CASE("the same seed gives the same bytes, another one another session") {
  const auto song = small_song();
  const char* seven = R"({"seed": 7, "operations": [{"op": "reroll"}, {"op": "humanise"}]})";
  const char* eight = R"({"seed": 8, "operations": [{"op": "reroll"}, {"op": "humanise"}]})";
  CHECK(to_text(varied(song, seven).document) == to_text(varied(song, seven).document));
  CHECK(notes_of(varied(song, seven).session) != notes_of(varied(song, eight).session));
  CHECK(varied(song, seven).session.provenance.transforms.back() ==
        "vary seed=7: reroll; humanise ticks=12 velocity=10;");
}

TEST_CASE("what is locked stays byte for byte, the rest moves") {
  const auto song = small_song();
  const auto made = varied(song, R"({"operations": [{"op": "transpose", "semitones": 5}],
                                     "locks": ["/tracks/0", "/tracks/1/patterns/0/notes/2"]})");
  const Json before = to_json(song);
  CHECK(made.document["tracks"][0] == before["tracks"][0]);
  CHECK(made.document["tracks"][1]["patterns"][0]["notes"][2] ==
        before["tracks"][1]["patterns"][0]["notes"][2]);
  CHECK(made.document["tracks"][1]["patterns"][0]["notes"][3] !=
        before["tracks"][1]["patterns"][0]["notes"][3]);
}

TEST_CASE("transposing everything moves the key too, along the scale it stays") {
  const auto song = small_song();
  const auto up = varied(song, R"({"operations": [{"op": "transpose", "semitones": 2}]})").session;
  CHECK(up.key == Key{11, "minor"});
  CHECK(notes_of(up)[0].pitch == notes_of(song)[0].pitch + 2);
  const auto third = varied(song, R"({"operations": [{"op": "transpose", "degrees": 2}]})").session;
  CHECK(third.key == song.key);
  for (const auto& note : notes_of(third)) CHECK(in_key(note.pitch, third.key));
}

TEST_CASE("a melody is mirrored about its first note, and played backwards") {
  const auto song = small_song();
  const auto mirrored = varied(song, R"({"operations": [{"op": "invert", "part": "/tracks/1"}]})").session;
  CHECK(notes_of(mirrored, 1)[0].pitch == notes_of(song, 1)[0].pitch);
  CHECK(varied(mirrored, R"({"operations": [{"op": "invert", "part": "/tracks/1"}]})")
            .session.tracks[1]
            .patterns[0]
            .notes == notes_of(song, 1));
  const auto back = varied(song, R"({"operations": [{"op": "retrograde", "part": "/tracks/1"}]})").session;
  CHECK(varied(back, R"({"operations": [{"op": "retrograde", "part": "/tracks/1"}]})")
            .session.tracks[1]
            .patterns[0]
            .notes.size() == notes_of(song, 1).size());
}

TEST_CASE("thinning takes out, thickening adds, and neither touches what remains") {
  const auto song = small_song();
  const auto less =
      varied(song, R"({"operations": [{"op": "thin", "percent": 50, "part": "/tracks/1"}]})").session;
  CHECK(notes_of(less, 1).size() == notes_of(song, 1).size() / 2);
  for (const auto& note : notes_of(less, 1))
    CHECK(std::ranges::find(notes_of(song, 1), note) != notes_of(song, 1).end());
  const auto more =
      varied(song, R"({"operations": [{"op": "thicken", "percent": 50, "part": "/tracks/2"}]})").session;
  CHECK(notes_of(more, 2).size() > notes_of(song, 2).size());
}

TEST_CASE("another key keeps the degrees of the scale") {
  const auto song = small_song();
  const auto dorian = varied(song, R"({"operations": [{"op": "key", "key": "D dorian"}]})").session;
  CHECK(dorian.key == Key{2, "dorian"});
  for (std::size_t t : {0U, 1U})
    for (const auto& note : notes_of(dorian, t)) CHECK(in_key(note.pitch, dorian.key));
  CHECK(notes_of(dorian, 1)[0].pitch % 12 == 2);
  CHECK(notes_of(dorian, 2) == notes_of(song, 2));
}

TEST_CASE("a form of 64 bars lasts 64 bars and plays what there is") {
  for (int bars : {1, 5, 16, 33, 64, 128}) {
    CAPTURE(bars);
    const auto made =
        varied(small_song(),
               ("{\"operations\": [{\"op\": \"bars\", \"bars\": " + std::to_string(bars) + "}]}").c_str());
    int total = 0;
    for (const auto& section : made.session.arrangement) {
      total += section.bars;
      CHECK_FALSE(section.parts.empty());
    }
    CHECK(total == bars);
  }
}

TEST_CASE("reharmonising leaves the first bar at home and moves all parts of a bar alike") {
  auto song = small_song();
  const auto made = varied(song, R"({"seed": 3, "operations": [{"op": "reharmonise"}]})").session;
  const Tick bar = song.meter.bar();
  bool moved = false;
  for (std::size_t t : {0U, 1U})
    for (std::size_t n = 0; n < notes_of(song, t).size(); ++n) {
      const auto &a = notes_of(song, t)[n], &b = notes_of(made, t)[n];
      if (a.start < bar) CHECK(a == b);
      moved = moved || a.pitch != b.pitch;
    }
  CHECK(moved);
}

TEST_CASE("a rule of taste that the parent breaks on purpose is not imposed on its variations") {
  auto song = small_song();
  song.tracks[1].patterns[0].notes[4].pitch = 70;  // B flat in A minor
  const auto made = varied(song, R"({"operations": [{"op": "mutate", "steps": 1, "part": "/tracks/0"}]})");
  CHECK(notes_of(made.session, 1)[4].pitch == 70);
}

TEST_CASE("evidence follows its notes and leaves with them") {
  auto song = small_song();
  const auto count = notes_of(song, 1).size();
  for (std::size_t i = 0; i < count; ++i)
    song.evidence.push_back({"/tracks/1/patterns/0/notes/" + std::to_string(i),
                             {},
                             {},
                             std::to_string(notes_of(song, 1)[i].start),
                             "rule"});
  const auto less =
      varied(song, R"({"operations": [{"op": "thin", "percent": 40, "part": "/tracks/1"}]})").session;
  CHECK(less.evidence.size() == notes_of(less, 1).size());
  for (const auto& evidence : less.evidence) {
    const auto index = std::stoul(evidence.pointer.substr(evidence.pointer.rfind('/') + 1));
    CHECK(std::to_string(notes_of(less, 1).at(index).start) == evidence.reading);
  }
}

TEST_CASE("parts of an earlier session are brought back, and the rest stays") {
  const auto song = small_song();
  const auto later = varied(song, R"({"operations": [{"op": "transpose", "degrees": 2}]})").session;
  const auto back = brought_back(later, song, {{"/tracks/0"}, "parent", "revert"});
  REQUIRE(back.has_value());
  CHECK(notes_of(back->session, 0) == notes_of(song, 0));
  CHECK(notes_of(back->session, 1) == notes_of(later, 1));
  CHECK(back->session.provenance.parent == "parent");
  CHECK(brought_back(later, song, {{"/tracks/9"}, {}, {}}).error().code == "invalid_variation");
}

TEST_CASE("a session's own locks hold as those of the wish") {
  auto song = small_song();
  song.locks = {"/tracks/1", "/nothing/there"};
  const auto made = varied(song, R"({"operations": [{"op": "reroll"}]})");
  CHECK(made.document["tracks"][1] == to_json(song)["tracks"][1]);
  CHECK(made.document["tracks"][0] != to_json(song)["tracks"][0]);
  CHECK(made.session.locks == song.locks);
}

TEST_CASE("chord symbols go where the notes go") {
  auto song = small_song();
  song.arrangement[0].chords = {{0, "Am7"}, {3840, "F/C"}};
  const auto up = varied(song, R"({"operations": [{"op": "transpose", "semitones": 2}]})").session;
  CHECK(up.arrangement[0].chords == std::vector<ChordMark>{{0, "Bm7"}, {3840, "G/D"}});
  const auto third = varied(song, R"({"operations": [{"op": "transpose", "degrees": 2}]})").session;
  CHECK(third.arrangement[0].chords.at(0).symbol == "Cmaj7");
}

TEST_CASE("humanising moves notes off the grid without changing their steps") {
  const auto song = small_song();
  const auto made = varied(song, R"({"operations": [{"op": "humanise", "ticks": 20}]})").session;
  bool nudged = false;
  for (std::size_t n = 0; n < notes_of(song, 1).size(); ++n) {
    CHECK(notes_of(made, 1)[n].start == notes_of(song, 1)[n].start);
    CHECK(std::abs(notes_of(made, 1)[n].nudge) <= 20);
    nudged = nudged || notes_of(made, 1)[n].nudge != 0;
  }
  CHECK(nudged);
}

TEST_CASE("every mistake in a wish is named at once") {
  const auto wrong = variation_wish(Json::parse(R"({"seed": -1, "count": 17, "speed": 1, "locks": [3],
    "operations": [{"op": "sing"}, {"op": "mutate", "steps": 0}, {"op": "key"}, {"op": "swing", "part": "/tracks/0"},
                   {"op": "transpose", "semitones": 1.5, "part": "/title"}]})"));
  REQUIRE(wrong.has_error());
  CHECK(wrong.error().code == "invalid_variation");
  for (const char* pointer :
       {"/seed", "/count", "/speed", "/locks/0", "/operations/0/op", "/operations/1/steps",
        "/operations/2/key", "/operations/3/part", "/operations/4/semitones", "/operations/4/part"}) {
    CAPTURE(pointer);
    CHECK(names(wrong.error(), pointer));
  }
}

TEST_CASE("locks and parts that the session does not have are refused") {
  const auto made = vary(small_song(), wish(R"({"operations": [{"op": "mutate", "part": "/tracks/9"}],
                                                "locks": ["/tracks/0/paint"]})"));
  REQUIRE(made.has_error());
  CHECK(names(made.error(), "/locks/0"));
  CHECK(names(made.error(), "/operations/0/part"));
}

TEST_CASE("a wish that is written is read again as it was") {
  const auto read = wish(R"({"seed": 9, "count": 3, "locks": ["/key"],
      "operations": [{"op": "thin", "percent": 12.5, "part": "/tracks/0"}, {"op": "key", "key": "F# dorian"}]})");
  const auto again = variation_wish(to_json(read));
  REQUIRE(again.has_value());
  CHECK(to_json(*again) == to_json(read));
}

TEST_CASE("the difference of two sessions is told in sentences and by pointers") {
  const auto song = small_song();
  auto other = song;
  other.tempo_bpm = 96;
  other.key = {2, "dorian"};
  other.tracks[1].patterns[0].notes[1].pitch = 64;
  other.tracks[1].patterns[0].notes.erase(other.tracks[1].patterns[0].notes.begin() + 3);
  other.arrangement.push_back({"B", 4, {{"lead", "a"}}});
  const auto diff = difference(song, other);
  const Json json = to_json(diff);
  CHECK_FALSE(json["same"].get<bool>());
  CHECK(json["notes"]["changed"] == 1);
  CHECK(json["notes"]["removed"] == 1);
  std::string told;
  for (const auto& sentence : diff.summary) told += sentence + "\n";
  CHECK(told ==
        "The key goes from A minor to D dorian.\n"
        "The tempo goes from 120.0 to 96.0.\n"
        "Lead, pattern a: 1 note changes, 1 is gone.\n"
        "The form is another: A 2, B 4. It lasts 6 bars, before 2.\n");
  CHECK(difference(song, song).changes.empty());
  CHECK(to_json(difference(song, song))["same"] == true);
}

TEST_CASE("a session is tuned without a note being written otherwise, unless it locks its tuning") {
  Session song = small_song();
  const Tuning just{"Just", {112, 204, 316, 386, 498, 590, 702, 814, 884, 1018, 1088, 1200}, 62};
  const auto made = tuned(song, just, "parent");
  REQUIRE(made.has_value());
  CHECK(made->session.tuning == just);
  CHECK(made->document["tracks"] == to_json(song)["tracks"]);
  CHECK(made->session.provenance.parent == "parent");
  CHECK(made->session.provenance.transforms.back() == "tune 12 degrees root=62 Just");
  song.locks = {"/tuning/root"};
  CHECK(tuned(song, just, "").error().code == "lock_conflict");
}
