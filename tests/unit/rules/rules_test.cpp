#include "core/rules/rules.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"

using namespace doodled;

namespace {

constexpr Tick step = ticks_per_step;

// One bar of one track in A minor.
Session session_of(Role role, std::vector<Note> notes) {
  Session session;
  session.title = "test";
  session.key = {9, "minor"};
  Track track;
  track.id = track.name = "t";
  track.role = role;
  track.patterns = {{"a", 3840, std::move(notes), {}}};
  session.tracks = {track};
  session.arrangement = {{"A", 1, {{"t", "a"}}}};
  return session;
}

std::vector<Note>& notes_of(Session& session) { return session.tracks[0].patterns[0].notes; }

// The verdicts of one rule that are no pass.
std::vector<Verdict> verdicts_of(std::string_view rule, Session& session, const RuleOptions& options = {}) {
  auto verdicts = apply_rules(session, options);
  std::erase_if(verdicts,
                [&](const Verdict& v) { return v.rule != rule || v.status == VerdictStatus::pass; });
  return verdicts;
}

}  // namespace

TEST_CASE("every rule has a name of its own, a summary, and parameters whose defaults are allowed") {
  const RuleValues defaults;
  for (const auto& rule : all_rules()) {
    CAPTURE(rule.name);
    CHECK(find_rule(rule.name) == &rule);
    CHECK_FALSE(rule.summary.empty());
    for (const auto& parameter : rule.parameters) {
      CHECK(defaults.*parameter.value >= parameter.minimum);
      CHECK(defaults.*parameter.value <= parameter.maximum);
    }
  }
  CHECK(find_rule("no such rule") == nullptr);
  CHECK(rules_json({}).size() == all_rules().size());
}

TEST_CASE("a verdict says rule, place, old and new value, and a sentence") {
  auto session = session_of(Role::lead, {{0, 240, 69, 100}, {480, 240, 70, 100}});
  const auto verdicts = verdicts_of("scale", session);
  REQUIRE(verdicts.size() == 1);
  CHECK(to_json(verdicts[0]) == Json{{"rule", "scale"},
                                     {"status", "repaired"},
                                     {"pointer", "/tracks/0/patterns/0/notes/1/pitch"},
                                     {"message", "not in A minor: moved to A4"},
                                     {"old", 70},
                                     {"new", 69}});
}

TEST_CASE("the root sounds on step 0") {
  auto lead = session_of(Role::lead, {{0, 240, 72, 100}, {480, 240, 76, 100}});
  REQUIRE(verdicts_of("root-on-step-0", lead).size() == 1);
  CHECK(notes_of(lead)[0].pitch == 69);
  auto pad = session_of(Role::pad, {{0, 240, 72, 100}});
  CHECK(verdicts_of("root-on-step-0", pad).empty());
  auto silent = session_of(Role::lead, {{480, 240, 72, 100}});
  CHECK(verdicts_of("root-on-step-0", silent).empty());
  auto chord = session_of(Role::lead, {{0, 240, 69, 100}, {0, 240, 72, 100}});
  CHECK(verdicts_of("root-on-step-0", chord).empty());
}

TEST_CASE("a lead strikes at most three steps in a row, and its evidence follows") {
  std::vector<Note> notes;
  for (int i = 0; i < 8; ++i) notes.push_back({i * step, step, 69, 100});
  auto session = session_of(Role::lead, notes);
  for (int i = 0; i < 8; ++i)
    session.evidence.push_back(
        {"/tracks/0/patterns/0/notes/" + std::to_string(i), {}, {}, std::to_string(i), "r"});
  CHECK(verdicts_of("in-a-row", session).size() == 2);
  std::vector<Tick> steps;
  for (const auto& note : notes_of(session)) steps.push_back(note.start / step);
  CHECK(steps == std::vector<Tick>{0, 1, 2, 4, 5, 6});
  REQUIRE(session.evidence.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(session.evidence[i].pointer == "/tracks/0/patterns/0/notes/" + std::to_string(i));
    CHECK(session.evidence[i].reading == std::to_string(steps[i]));
  }
  auto drums = session_of(Role::drums, notes);
  CHECK(verdicts_of("in-a-row", drums).empty());
}

TEST_CASE("notes outside their role's range move by octaves") {
  auto bass = session_of(Role::bass, {{0, 240, 81, 100}});
  verdicts_of("range", bass);
  CHECK(notes_of(bass)[0].pitch == 57);
  auto lead = session_of(Role::lead, {{0, 240, 9, 100}});
  verdicts_of("range", lead);
  CHECK(notes_of(lead)[0].pitch == 21);
}

TEST_CASE("a single line leaps at most an octave, in the direction that was meant") {
  auto lead = session_of(Role::lead, {{0, 240, 45, 100}, {480, 240, 69, 100}, {960, 240, 52, 100}});
  CHECK(verdicts_of("leap", lead).size() == 1);
  CHECK(notes_of(lead)[1].pitch == 57);
  CHECK(notes_of(lead)[2].pitch == 52);
}

TEST_CASE("what sounds longest gives way when a bass strikes again") {
  auto bass = session_of(Role::bass, {{0, 3840, 45, 100}, {960, 960, 52, 100}});
  REQUIRE(verdicts_of("polyphony", bass).size() == 1);
  CHECK(notes_of(bass)[0].duration == 960);
  auto chord = session_of(Role::bass, {{0, 960, 45, 100}, {0, 960, 52, 100}});
  REQUIRE(verdicts_of("polyphony", chord).size() == 1);
  CHECK(notes_of(chord).size() == 1);
}

TEST_CASE("the quietest notes go when a bar is too full") {
  RuleOptions options;
  options.values.notes_a_bar = 2;
  auto pad = session_of(Role::pad, {{0, 240, 69, 100}, {960, 240, 69, 20}, {1920, 240, 69, 90}});
  CHECK(verdicts_of("density", pad, options).size() == 1);
  CHECK(notes_of(pad).size() == 2);
  CHECK(notes_of(pad)[1].velocity == 90);
}

TEST_CASE("a pattern that would leave the bar lines is made whole") {
  auto session = session_of(Role::pad, {{0, 240, 69, 100}});
  session.tracks[0].patterns[0].length = 5000;
  CHECK(verdicts_of("bar-alignment", session).size() == 1);
  CHECK(session.tracks[0].patterns[0].length == 7680);
  for (const Tick length : {Tick{960}, Tick{1920}, Tick{3840}, Tick{11520}}) {
    session.tracks[0].patterns[0].length = length;
    CHECK(verdicts_of("bar-alignment", session).empty());
  }
}

TEST_CASE("velocities stay within what is wished") {
  RuleOptions options;
  options.values.softest = 40;
  options.values.loudest = 90;
  auto session = session_of(Role::pad, {{0, 240, 69, 1}, {960, 240, 69, 127}});
  CHECK(verdicts_of("velocity", session, options).size() == 2);
  CHECK(notes_of(session)[0].velocity == 40);
  CHECK(notes_of(session)[1].velocity == 90);
}

TEST_CASE("a device that is named limits range and voices") {
  RuleOptions options;
  options.device = DeviceLimits{"Small synth", 48, 72, 1};
  auto lead = session_of(Role::lead, {{0, 960, 81, 100}, {480, 480, 69, 100}});
  CHECK(verdicts_of("device", lead, options).size() == 2);
  CHECK(notes_of(lead)[0].pitch == 69);
  CHECK(notes_of(lead)[0].duration == 480);
}

TEST_CASE("messages name pitches as the device or the settings do") {
  RuleOptions options;
  options.device = DeviceLimits{"Small synth", 48, 72, 1};
  options.middle_c = MiddleC::c3;
  auto lead = session_of(Role::lead, {{0, 960, 81, 100}});
  CHECK(verdicts_of("device", lead, options).front().message.ends_with("moved to A3"));
}

TEST_CASE("rules of taste leave alone what somebody wrote on purpose, and what is kept or turned off") {
  const auto chromatic = session_of(Role::lead, {{0, 240, 70, 100}});
  auto document = chromatic;
  CHECK(verdicts_of("scale", document, document_rules()).empty());
  CHECK(notes_of(document) == std::vector<Note>{{0, 240, 70, 100}});
  RuleOptions off;
  off.off = {"scale", "root-on-step-0"};
  auto turned_off = chromatic;
  apply_rules(turned_off, off);
  CHECK(notes_of(turned_off)[0].pitch == 70);
  RuleOptions kept;
  kept.kept = PointerSet({"/tracks/0/patterns/0/notes/0"});
  auto locked = chromatic;
  apply_rules(locked, kept);
  CHECK(notes_of(locked)[0].pitch == 70);
}

TEST_CASE("numbers that are none, times before zero and too many notes are refused by pointer") {
  auto session = session_of(Role::lead, {{-1, 0, 69, 100}});
  session.tempo_bpm = 0;
  session.tracks[0].patch.emplace();
  session.tracks[0].patch->filter.cutoff_hz = std::numeric_limits<double>::quiet_NaN();
  session.lfos.push_back({"lfo_1", "", {0, std::numeric_limits<double>::infinity()}, 3840, "t", {}, 0.5});
  const auto refused = accept(session);
  REQUIRE(refused.has_error());
  for (const char* pointer :
       {"/tempo_bpm", "/tracks/0/patterns/0/notes/0/start", "/tracks/0/patterns/0/notes/0/duration",
        "/tracks/0/patch/filter/cutoff_hz", "/lfos/0/samples/1"}) {
    CAPTURE(pointer);
    CHECK(std::ranges::any_of(refused.error().problems,
                              [&](const Problem& p) { return p.pointer == pointer; }));
  }
  RuleOptions few;
  few.values.max_notes = 1;
  auto many = session_of(Role::lead, {{0, 240, 69, 100}, {480, 240, 69, 100}});
  CHECK(verdicts_of("size", many, few).at(0).message == "2 notes; a session has at most 1");
}
