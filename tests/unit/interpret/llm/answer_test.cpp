#include "answers.hpp"
#include "random_answer.hpp"
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"
#include "core/interpret/llm/answer/lower_answer.hpp"

using namespace doodled;
using namespace doodled::llm;

namespace {

Wish wish_for(const std::string& mode, const char* options = "{}") {
  const std::string picture = mode == "prompt" ? "" : std::string(64, 'b');
  const auto wish = wish_of({mode, options, "Words.", picture, {}});
  REQUIRE_MESSAGE(wish.has_value(), wish.error().message);
  return *wish;
}

Session session(const std::string& mode, const char* options = "{}") {
  return *session_of(answer_for(mode), wish_for(mode, options));
}

const Track& track(const Session& session, Role role) {
  for (const auto& candidate : session.tracks)
    if (candidate.role == role) return candidate;
  FAIL("no such track");
  return session.tracks.front();
}

}  // namespace

TEST_CASE("a row of sixteenths becomes notes: rests, held notes, velocities that repeat") {
  const Session doodle = session("doodle");
  const auto& notes = doodle.tracks[0].patterns[0].notes;
  REQUIRE(notes.size() == 7);
  CHECK(notes[0] == Note{0, 480, 60, 110});
  CHECK(notes[1] == Note{720, 240, 63, 60});
  CHECK(notes[2] == Note{960, 240, 65, 110});
  CHECK(notes[3] == Note{1440, 720, 67, 90});
  CHECK(doodle.tracks[0].patterns[0].length == 3840);
}

TEST_CASE("a held sixteenth after a rest, or at the start, is silence") {
  Json answer = answer_for("doodle");
  answer["voices"][0]["notes"] = {1, 60, 0, 1};
  const auto notes = session_of(answer, wish_for("doodle"))->tracks[0].patterns[0].notes;
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].duration == 240);
}

TEST_CASE("a patch is read in its units") {
  const Patch patch = *session("doodle").tracks[0].patch;
  CHECK(patch.oscillators.size() == 2);
  CHECK(patch.oscillators[0].wave == Wave::saw);
  CHECK(patch.oscillators[1].octave == -1);
  CHECK(patch.filter.cutoff_hz == 1200);
  CHECK(patch.filter.resonance == 0.4);
  CHECK(patch.envelope.sustain == 0.6);
  CHECK(patch.modulation[0].source == "lfo_1");
}

TEST_CASE("a drawn function of any length is brought to 64 samples, and that is said") {
  Json answer = answer_for("doodle");
  answer["lfos"][0]["samples"] = {-100, 0, 100, 0, -100, 0, 100, 0, -100};
  const Session made = *session_of(answer, wish_for("doodle"));
  CHECK(made.lfos[0].samples.size() == 64);
  CHECK(made.lfos[0].samples.front() == -1);
  CHECK(made.lfos[0].samples.back() == -1);
  CHECK(made.provenance.transforms == std::vector<std::string>{"lfo_1: 9 samples brought to 64"});
}

TEST_CASE("a cable from an LFO that was not drawn is left out, and that is said") {
  Json answer = answer_for("doodle");
  answer["modulation"][0]["source"] = "lfo_3";
  const Session made = *session_of(answer, wish_for("doodle"));
  CHECK(made.tracks[0].patch->modulation.empty());
  CHECK(made.provenance.transforms.size() == 1);
}

TEST_CASE("evidence points at the part that its rule makes, with its place in fractions") {
  const Session doodle = session("doodle");
  REQUIRE(doodle.evidence.size() == 2);
  CHECK(doodle.evidence[0].pointer == "/tracks/0/patterns/0");
  CHECK(doodle.evidence[0].rule == "shape-rhythm");
  CHECK(doodle.evidence[0].box == Box{0.1, 0.2, 0.8, 0.25});
  CHECK(doodle.evidence[1].pointer == "/tracks/0/patch/oscillators/0");
}

TEST_CASE("a box that is given backwards is turned round") {
  Json answer = answer_for("doodle");
  answer["evidence"][0]["box"] = {900, 450, 100, 200};
  CHECK(session_of(answer, wish_for("doodle"))->evidence[0].box == Box{0.1, 0.2, 0.8, 0.25});
}

TEST_CASE("a photograph has a lead, a pad of chords, a moving texture and nine macros") {
  const Session photo = session("photo");
  CHECK(photo.mode == "photo");
  const auto& pad = track(photo, Role::pad).patterns[0];
  CHECK(pad.length == 2 * 3840);
  CHECK(pad.notes[0] == Note{0, 3840, 48, 80});
  CHECK(track(photo, Role::texture).patch->noise == 0.3);
  CHECK(photo.lfos.size() == 1);
  CHECK(photo.macros.size() == 9);
  CHECK(photo.macros[8].value == 0.8);
}

TEST_CASE("nine macros keep the names that the model gave the cells") {
  const Session macros = session("macros");
  CHECK(macros.mode == "macros");
  CHECK(macros.macros[0].name == "Filter envelope: part 1");
  CHECK(macros.macros[8].value == 0.9);
}

TEST_CASE("auto is a doodle or a photo in the end") { CHECK(session("auto").mode == "doodle"); }

TEST_CASE("bars that the job fixes cut a melody and share out the chords") {
  const Session photo = session("photo", R"({"bars": 1})");
  CHECK(photo.arrangement[0].bars == 1);
  CHECK(track(photo, Role::pad).patterns[0].notes[0].duration == 1920);
  const Session longer = session("photo", R"({"bars": 4})");
  CHECK(longer.arrangement[0].bars == 4);
}

TEST_CASE("an MPC gets pads with their notes, a plugin track and four Q-Links") {
  const Session mpc = session("mpc");
  const auto& drums = track(mpc, Role::drums);
  CHECK(drums.channel == 10);
  REQUIRE(drums.pads.size() == 3);
  CHECK(drums.pads[0].pad == "A01");
  CHECK(drums.pads[0].pitch == 36);
  CHECK(drums.patterns[0].notes[0] == Note{0, 240, 36, 110});
  REQUIRE(mpc.macros.size() == 4);
  CHECK(mpc.macros[0].cc == 74);
  CHECK(mpc.macros[0].track == "plugin");
  CHECK(mpc.swing == 54);
}

TEST_CASE("a piece has its scenes as patterns and its sections as arrangement") {
  for (const char* mode : {"arrangement", "prompt"}) {
    const Session piece = session(mode);
    CHECK(piece.mode == mode);
    CHECK(track(piece, Role::lead).patterns.size() == 2);
    REQUIRE(piece.arrangement.size() == 3);
    CHECK(piece.arrangement[0].name == "Intro");
    CHECK(piece.arrangement[0].parts.size() == 1);
    CHECK(piece.arrangement[2].bars == 8);
    CHECK(piece.arrangement[2].parts[3].pattern == "b");
  }
}

TEST_CASE("a piece is as long as the job wants") {
  const auto bars = [](const Session& piece) {
    int sum = 0;
    for (const auto& section : piece.arrangement) sum += section.bars;
    return sum;
  };
  CHECK(bars(session("arrangement")) == 20);
  CHECK(bars(session("arrangement", R"({"bars": 6})")) == 6);
  CHECK(bars(session("arrangement", R"({"bars": 32})")) == 32);
}

TEST_CASE("words are evidence for the part that they decide") {
  const Session piece = session("prompt");
  CHECK(piece.evidence[0].pointer == "/tracks/2");
  CHECK(piece.evidence[0].rule == "prompt-words");
  CHECK(!piece.evidence[0].box);
}

TEST_CASE("plain facts of a picture are composed by the builtin rules") {
  for (const char* mode : {"auto", "doodle", "photo", "macros"}) {
    const auto wish = wish_of({mode, "{}", "", std::string(64, 'b'), {}}, true);
    REQUIRE(wish.has_value());
    const auto made = session_of(answer_for("narrow"), *wish);
    REQUIRE(made.has_value());
    CHECK(accept(*made).has_value());
    CHECK(!made->evidence.empty());
  }
  Json nothing = answer_for("narrow");
  nothing["shapes"] = Json::array();
  CHECK(session_of(nothing, *wish_of({"doodle", "{}", "", std::string(64, 'b'), {}}, true)).error().code ==
        "nothing_found");
}

TEST_CASE("whatever fits a mode's schema becomes a session that is accepted") {
  for (const char* mode : {"auto", "doodle", "lfo", "photo", "macros", "mpc", "arrangement", "prompt"}) {
    CAPTURE(mode);
    const auto schema = nlohmann::ordered_json::parse(find_mode(mode)->schema);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      CAPTURE(seed);
      Random random(part_seed(seed, mode));
      const Json answer = random_value(schema, random);
      REQUIRE(find_mode(mode)->master->violations(answer).empty());
      const auto accepted = accept(*session_of(answer, wish_for(mode, seed % 2 ? R"({"bars": 2})" : "{}")));
      REQUIRE_MESSAGE(accepted.has_value(), accepted.error().message
                                                << " " << accepted.error().problems.size()
                                                << accepted.error().problems.at(0).pointer
                                                << accepted.error().problems.at(0).message);
    }
  }
}
