#include "core/interpret/forms.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"
#include "core/interpret/schema.hpp"

using namespace doodled;

namespace {

Json document(const char* text) { return Json::parse(text); }

bool names(const Error& error, std::string_view pointer) {
  return std::ranges::any_of(error.problems, [&](const Problem& p) { return p.pointer == pointer; });
}

const char* const doodle = R"({"patch": {"oscillator_1": {"wave_type": "Saw", "detune": -12},
  "filter": {"type": "low-pass", "cutoff_hz": 1200, "resonance": 0.5}, "envelope_adsr": [10, 100, 0.5, 200],
  "mod_matrix": [{"source": "LFO 2", "destination": "Filter Cutoff", "depth": -0.5}]},
  "sequence": {"bpm": 120, "steps": [{"step": 0, "note": "C4", "velocity": 100, "gate_ms": 250}, {"step": 2, "note": "R", "velocity": 0, "gate_ms": 0}]}})";

}  // namespace

TEST_CASE("patch and sequence become a lead track with its patch") {
  const auto session = session_from_form(document(doodle));
  REQUIRE(session.has_value());
  const auto& track = session->tracks.at(0);
  CHECK(track.patch->oscillators.at(0).wave == Wave::saw);
  CHECK(track.patch->oscillators.at(0).detune_cents == -12);
  CHECK(track.patch->filter.cutoff_hz == 1200);
  CHECK(track.patch->modulation.at(0).source == "lfo_2");
  CHECK(session->lfos.at(0).id == "lfo_2");
  REQUIRE(track.patterns.at(0).notes.size() == 1);
  CHECK(track.patterns.at(0).notes[0] == Note{0, 480, 60, 100});
}

TEST_CASE("every mistake in a form is named at once") {
  auto broken = document(doodle);
  broken["patch"]["filter"]["cutoff_hz"] = 5;
  broken["patch"]["mod_matrix"][0]["destination"] = "flux capacitor";
  broken["sequence"]["steps"][0]["note"] = "H2";
  broken["sequence"]["bpm"] = "fast";
  const auto session = session_from_form(broken);
  REQUIRE(session.has_error());
  for (const char* pointer : {"/patch/filter/cutoff_hz", "/patch/mod_matrix/0/destination",
                              "/sequence/steps/0/note", "/sequence/bpm"}) {
    CAPTURE(pointer);
    CHECK(names(session.error(), pointer));
  }
}

TEST_CASE("hits of an MPC track go to the snare on the backbeat and else to the first pad") {
  const auto session = session_from_form(
      document(R"({"mpc_session_setup": {"bpm": 92, "scale_mode": "Natural_Minor", "root_note": "G"},
    "mpc_tracks": [{"track_id": 1, "track_type": "Drum_Program", "target_pads": [{"pad": "A01", "role": "Kick"}, {"pad": "A05", "role": "Snare"}],
    "step_sequence_16": [1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0]}]})"));
  REQUIRE(session.has_value());
  std::vector<std::pair<Tick, int>> hits;
  for (const auto& note : session->tracks[0].patterns[0].notes)
    hits.emplace_back(note.start / ticks_per_step, note.pitch);
  CHECK(hits == std::vector<std::pair<Tick, int>>{{0, 36}, {4, 38}, {7, 36}, {9, 36}, {12, 38}});
  CHECK(session->key == Key{7, "minor"});
}

TEST_CASE("a drawn LFO shape is kept as it is, and refused outside -1..1") {
  const auto shape = session_from_form(document(R"({"custom_lfo_shape": [0, 0.5, -1, 1]})"));
  REQUIRE(shape.has_value());
  CHECK(shape->lfos.at(0).samples == std::vector<double>{0, 0.5, -1, 1});
  CHECK(names(session_from_form(document(R"({"custom_lfo_shape": [0, 2]})")).error(), "/custom_lfo_shape/1"));
}

TEST_CASE("what no form knows is unknown") {
  CHECK(session_from_form(document("{}")).error().code == "unknown_document");
  CHECK(accept_document(document("[1]")).error().code == "unknown_document");
}

TEST_CASE("an accepted document fits the schema and is accepted again unchanged") {
  const auto first = accept_document(document(doodle));
  REQUIRE(first.has_value());
  CHECK(session_violations(first->document).empty());
  const auto second = accept_document(first->document);
  REQUIRE(second.has_value());
  CHECK(second->document == first->document);
}

TEST_CASE("schema violations carry JSON Pointers") {
  auto wrong = accept_document(document(doodle))->document;
  wrong["tempo_bpm"] = 9999;
  wrong["tracks"][0]["patterns"][0]["notes"][0]["pitch"] = -1;
  wrong["colour"] = "blue";
  const auto refused = accept_document(wrong);
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == "schema_violation");
  CHECK(names(refused.error(), "/tempo_bpm"));
  CHECK(names(refused.error(), "/tracks/0/patterns/0/notes/0/pitch"));
  CHECK(names(refused.error(), ""));
}

TEST_CASE("rules repair what they can, and reject what they can't, by name") {
  auto accepted = accept_document(document(doodle))->document;
  accepted["tracks"][0]["patterns"][0]["notes"] = Json::parse(
      R"([{"start": 0, "duration": 99999, "pitch": 61, "velocity": 90}, {"start": 240, "duration": 100, "pitch": 61, "velocity": 90}])");
  const auto repaired = accept_document(accepted);
  REQUIRE(repaired.has_value());
  const auto& notes = repaired->session.tracks[0].patterns[0].notes;
  CHECK(notes.at(0).duration == 240);
  std::vector<std::string> rules;
  for (const auto& verdict : repaired->report["verdicts"])
    if (verdict["status"] == "repaired")
      rules.push_back(verdict["rule"].get<std::string>() + " " + verdict["pointer"].get<std::string>());
  CHECK(rules == std::vector<std::string>{"inside-pattern /tracks/0/patterns/0/notes/0/duration",
                                          "equal-pitch-overlap /tracks/0/patterns/0/notes/0/duration"});

  accepted["arrangement"][0]["parts"][0]["pattern"] = "nowhere";
  const auto rejected = accept_document(accepted);
  REQUIRE(rejected.has_error());
  CHECK(rejected.error().code == "session_rejected");
  CHECK(names(rejected.error(), "/arrangement/0/parts/0/pattern"));
}
