#include "core/compose/compose.hpp"

#include <set>

#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"
#include "tests/unit/compose/readings.hpp"

using namespace doodled;
using namespace doodled::test;

TEST_CASE("every composed session is accepted without a repair, and starts on the root") {
  for (const Reading& reading :
       {busy_drawing(), photo(), drawing({shape(ShapeClass::dot, {0.4, 0.4, 0.02, 0.02})})}) {
    const auto session = composed(reading);
    const auto accepted = accept(session);
    REQUIRE(accepted.has_value());
    for (const auto& verdict : accepted->report["verdicts"]) CHECK(verdict["status"] == "pass");
    for (const auto& track : session.tracks) {
      if (track.role == Role::drums || track.role == Role::pad) continue;
      const auto& first = track.patterns[0].notes.at(0);
      CHECK(first.start == 0);
      CHECK(first.pitch % 12 == session.key.tonic);
    }
  }
}

TEST_CASE("the same reading and options give the same session") {
  for (const Reading& reading : {busy_drawing(), photo(), grid_page(4, 16)})
    CHECK(to_json(composed(reading)) == to_json(composed(reading)));
}

TEST_CASE("options are taken or refused by name") {
  const auto options = compose_options(
      "doodle", Json{{"key", "F# dorian"}, {"tempo_bpm", 99}, {"bars", 2}, {"seed", 5}, {"swing", 60}});
  REQUIRE(options.has_value());
  CHECK(options->key == Key{6, "dorian"});
  CHECK(compose_options("opera", Json()).error().code == "unknown_mode");
  const auto refused = compose_options("auto", Json{{"key", "purple"}, {"bars", 1.5}, {"glitter", true}});
  REQUIRE(refused.has_error());
  CHECK(refused.error().problems.size() == 3);
}

TEST_CASE("key, tempo and bars that were asked for are kept") {
  ComposeOptions options;
  options.key = Key{6, "dorian"}, options.tempo_bpm = 99, options.bars = 3;
  for (const Reading& reading : {busy_drawing(), photo(), grid_page(4, 16), grid_page(8, 16)}) {
    const auto session = composed(reading, options);
    CHECK(session.key == *options.key);
    CHECK(session.tempo_bpm == 99);
    CHECK(session.arrangement.at(0).bars == 3);
    CHECK(accept(session).has_value());
  }
}

TEST_CASE("nothing becomes no music") {
  Reading blank;
  blank.advice = "draw with a darker pen";
  const auto session = compose(blank, {});
  REQUIRE(session.has_error());
  CHECK(session.error().code == "nothing_found");
  CHECK(session.error().message == "draw with a darker pen");
}
