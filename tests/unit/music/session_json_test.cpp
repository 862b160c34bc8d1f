#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/music/random_session.hpp"

using namespace doodled;

TEST_CASE("ten thousand random sessions come back from their JSON as they were") {
  for (std::uint64_t seed = 0; seed < 10000; ++seed) {
    const Json document = to_json(testing::random_session(seed));
    const auto back = session_from_json(document);
    REQUIRE_MESSAGE(back.has_value(), (back.has_value() ? "" : back.error().message));
    REQUIRE(to_json(*back) == document);
  }
}

TEST_CASE("a note without anything special is written as in the first version") {
  Session session;
  session.tracks = {
      {"lead", "Lead", Role::lead, 1, std::nullopt, {}, {{"a", 3840, {{0, 240, 60, 100}}, {}}}}};
  session.lfos = {{"lfo_1", "Line", {0, 1}, 960, "lead", Parameter::cutoff, 0.5}};
  session.arrangement = {{"A", 1, {{"lead", "a"}}}};
  const Json document = to_json(session);
  CHECK(to_text(document["tracks"][0]["patterns"][0]["notes"][0]) ==
        R"({"duration":240,"pitch":60,"start":0,"velocity":100})");
  CHECK(to_text(document["key"]) == R"({"scale":"minor","tonic":"C"})");
  CHECK(to_text(document["arrangement"][0]) ==
        R"({"bars":1,"name":"A","parts":[{"pattern":"a","track":"lead"}]})");
  for (const char* later : {"tuning", "locks"}) CHECK_FALSE(document.contains(later));
  for (const char* later : {"seconds", "interpolation", "unipolar"})
    CHECK_FALSE(document["lfos"][0].contains(later));
  CHECK_FALSE(document["provenance"].contains("parent"));
}

TEST_CASE("a note keeps its probability, ratchet, nudge, tie and curves") {
  Session session = testing::random_session(1);
  Note note{0, 240, 60, 100};
  note.probability = 0.5, note.ratchet = 3, note.nudge = -12, note.tied = true;
  note.expression = {{Dimension::bend, {{0, 0}, {1, 2}}}, {Dimension::timbre, {{0.5, 0.25}}}};
  session.tracks[0].patterns[0].notes = {note};
  const Json json = to_json(session)["tracks"][0]["patterns"][0]["notes"][0];
  CHECK(json["expression"]["bend"] == Json::parse("[[0.0, 0.0], [1.0, 2.0]]"));
  const auto back = session_from_json(to_json(session));
  REQUIRE(back.has_value());
  CHECK(back->tracks[0].patterns[0].notes[0] == note);
}

TEST_CASE("a scale of the user's own needs ascending semitones from 0") {
  Json document = to_json(testing::random_session(1));
  document["key"] = {{"tonic", "D"}, {"scale", "mine"}, {"intervals", {0, 1, 5}}};
  REQUIRE(session_from_json(document).has_value());
  CHECK(in_key(63, session_from_json(document)->key));
  CHECK_FALSE(in_key(64, session_from_json(document)->key));
  for (const Json& wrong : {Json{1, 2}, Json{0, 2, 2}, Json{0, 12}, Json{0, 5, 3}}) {
    document["key"]["intervals"] = wrong;
    CHECK_FALSE(session_from_json(document).has_value());
  }
}

TEST_CASE("an expression curve holds its ends and runs straight between its points") {
  const Expression curve{Dimension::bend, {{0.25, 1}, {0.75, 3}}};
  CHECK(expression_at(curve, 0) == 1);
  CHECK(expression_at(curve, 0.5) == doctest::Approx(2));
  CHECK(expression_at(curve, 1) == 3);
}

TEST_CASE("a tuning counts its degrees from the root and repeats at its last degree") {
  const Tuning quarter_tones{"24",
                             [] {
                               std::vector<double> cents;
                               for (int i = 1; i <= 24; ++i) cents.push_back(i * 50);
                               return cents;
                             }(),
                             60};
  CHECK(tuned_pitch(quarter_tones, 60) == 60);
  CHECK(tuned_pitch(quarter_tones, 61) == doctest::Approx(60.5));
  CHECK(tuned_pitch(quarter_tones, 84) == doctest::Approx(72));
  CHECK(tuned_pitch(quarter_tones, 59) == doctest::Approx(59.5));
  CHECK(tuned_pitch({"none", {}, 60}, 61) == 61);
}
