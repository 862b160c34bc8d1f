#include "core/interpret/accept.hpp"

#include <doctest/doctest.h>

#include "core/interpret/schema.hpp"
#include "core/rules/rules.hpp"
#include "tests/unit/music/random_session.hpp"

using namespace doodled;

TEST_CASE("random sessions pass every rule for documents and the schema without a repair") {
  for (std::uint64_t seed = 0; seed < 10000; ++seed) {
    const Session session = testing::random_session(seed);
    const Json document = to_json(session);
    Session judged = session;
    for (const auto& verdict : apply_rules(judged, document_rules())) {
      CAPTURE(seed);
      CAPTURE(verdict.pointer);
      REQUIRE_MESSAGE(verdict.status == VerdictStatus::pass, verdict.rule);
    }
    const auto violations = session_violations(document);
    REQUIRE_MESSAGE(violations.empty(), violations.front().pointer, " ", violations.front().message);
  }
}

TEST_CASE("checking tells what accepting tells") {
  RuleOptions taste;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Json document = to_json(testing::random_session(seed));
    for (const auto& rules : {document_rules(), taste}) {
      const auto checked = check_document(document, MiddleC::c4, rules);
      const auto accepted = accept_document(document, MiddleC::c4, rules);
      REQUIRE(checked.has_value() == accepted.has_value());
      if (checked) REQUIRE(*checked == accepted->report);
      if (!checked) REQUIRE(checked.error().problems.size() == accepted.error().problems.size());
    }
  }
  CHECK(check_document(Json::array()).error().code == "unknown_document");
}

TEST_CASE("an unknown scale is refused by its pointer, one of the user's own is not") {
  Json document = to_json(testing::random_session(7));
  document["key"] = {{"tonic", "C"}, {"scale", "martian"}};
  const auto refused = accept_document(document);
  REQUIRE_FALSE(refused.has_value());
  REQUIRE_FALSE(refused.error().problems.empty());
  CHECK(refused.error().problems.front().pointer.starts_with("/key"));
  CHECK(refused.error().problems.front().message == "is none of the values that the schema names for it");
  document["key"]["intervals"] = {0, 1, 4, 6, 9};
  CHECK(accept_document(document).has_value());
}

TEST_CASE("note names of a form count octaves as the caller or the document itself says") {
  Json form{{"midi_sequence", {{{"step", 0}, {"note", "C3"}, {"velocity", 100}}}}};
  const auto pitch = [](const Result<Accepted>& accepted) {
    return accepted->session.tracks[0].patterns[0].notes[0].pitch;
  };
  CHECK(pitch(accept_document(form)) == 48);
  CHECK(pitch(accept_document(form, MiddleC::c3)) == 60);
  form["middle_c"] = "C3";
  CHECK(pitch(accept_document(form)) == 60);
  form["middle_c"] = "C5";
  CHECK(accept_document(form).error().problems.front().pointer == "/middle_c");
}

TEST_CASE("note and chord names of other languages are refused by their pointer, with what to write") {
  const auto refused = accept_document({{"session_meta", {{"estimated_bpm", 84}, {"key_scale", "E_Minor"}}},
                                        {"tracks",
                                         {{"ambient_pad", {{"chord_progression", {"Hm7"}}}},
                                          {"lead_sequence", {{"midi_notes", {"E3", "Fis3", "Sol3"}}}}}}});
  REQUIRE_FALSE(refused.has_value());
  REQUIRE(refused.error().problems.size() == 3);
  CHECK(refused.error().problems[0].pointer == "/tracks/ambient_pad/chord_progression/0");
  CHECK(refused.error().problems[0].message.find("write Bm7") != std::string::npos);
  CHECK(refused.error().problems[1].pointer == "/tracks/lead_sequence/midi_notes/1");
  CHECK(refused.error().problems[1].message.find("write F#3") != std::string::npos);
  CHECK(refused.error().problems[2].message.find("write G3") != std::string::npos);
}
