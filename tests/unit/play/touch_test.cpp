#include "core/play/touch.hpp"

#include <doctest/doctest.h>

#include "tests/fakes/play_rig.hpp"

using namespace doodled;
using namespace doodled::fakes;
using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

namespace {

Touch hold(Parameter parameter, float value) {
  return {.kind = Touch::Kind::hold, .track = 0, .parameter = parameter, .value = value};
}

// A cutoff every quarter of a beat.
std::shared_ptr<Timeline> moving_cutoff() {
  auto timeline = timeline_of({}, 3840);
  for (Tick tick = 0; tick < 3840; tick += 240)
    timeline->events.push_back(
        {tick, 0, ParameterChange{Parameter::cutoff, static_cast<float>(tick) / 3840}});
  return timeline;
}

}  // namespace

TEST_CASE("what is held wins over the timeline until it is released, and then has the timeline's value") {
  TouchTable table;
  CHECK(table.pass(0, Parameter::cutoff, 0.2F) == 0.2F);
  CHECK(table.touch(hold(Parameter::cutoff, 0.9F)) == 0.9F);
  CHECK_FALSE(table.pass(0, Parameter::cutoff, 0.3F));
  CHECK(table.value(0, Parameter::cutoff) == 0.9F);
  CHECK(table.pass(1, Parameter::cutoff, 0.3F) == 0.3F);

  Touch release = hold(Parameter::cutoff, 0);
  release.kind = Touch::Kind::release;
  CHECK(table.touch(release) == 0.3F);
  CHECK(table.pass(0, Parameter::cutoff, 0.4F) == 0.4F);
}

TEST_CASE("what is moved goes on moving with the timeline, within its range") {
  TouchTable table;
  table.pass(0, Parameter::cutoff, 0.5F);
  Touch move = hold(Parameter::cutoff, 0.25F);
  move.kind = Touch::Kind::move;
  CHECK(table.touch(move) == 0.75F);
  CHECK(table.pass(0, Parameter::cutoff, 0.25F) == 0.5F);
  CHECK(table.pass(0, Parameter::cutoff, 0.9F) == 1.0F);
}

TEST_CASE("a held controller keeps the timeline's away until it is let go") {
  TouchTable table;
  Touch touch{.kind = Touch::Kind::controller, .track = 2, .controller = 71, .value = 1};
  CHECK(table.touch(touch) == 1.0F);
  CHECK_FALSE(table.pass(2, std::uint8_t{71}, 0.5F));
  CHECK(table.pass(2, std::uint8_t{72}, 0.5F) == 0.5F);
  touch.kind = Touch::Kind::let_go;
  table.touch(touch);
  CHECK(table.pass(2, std::uint8_t{71}, 0.5F) == 0.5F);
}

TEST_CASE("a turned parameter is sent at once, before what was handed out already") {
  PlayRig rig;
  auto& play = rig.play(moving_cutoff(), 0);
  rig.run(300ms);
  const auto before = rig.texts().size();
  Touch touch = hold(Parameter::cutoff, 0.9F);
  touch.play = play.serial;

  rig.runners[0]->touch(touch);
  rig.runners[0]->step();

  REQUIRE(rig.texts().size() == before + 1);
  CHECK(rig.at(before) == rig.clock.now());
  rig.run(1s);
  CHECK(rig.texts().size() == before + 1);  // the timeline's are held back

  touch.kind = Touch::Kind::release;
  rig.runners[0]->touch(touch);
  rig.run(1s);
  CHECK(rig.texts().size() > before + 8);
}

TEST_CASE("a hand that turns before the play begins is heard from its first tick on") {
  PlayRig rig;
  auto& play = rig.play(moving_cutoff(), 0);
  Touch touch = hold(Parameter::cutoff, 0.9F);
  touch.play = play.serial;
  rig.runners[0]->touch(touch);
  rig.run(1s);
  CHECK(rig.texts() == Texts{"start 1", "play"});
}

TEST_CASE("another play begins without what was held in the one before") {
  PlayRig rig;
  auto& first = rig.play(moving_cutoff(), 0);
  rig.run(100ms);
  Touch touch = hold(Parameter::cutoff, 0.9F);
  touch.play = first.serial;
  rig.runners[0]->touch(touch);
  rig.run(100ms);
  rig.player.stop(first);
  rig.run(100ms);
  const auto before = rig.texts().size();
  rig.play(moving_cutoff(), 0);
  rig.run(1s);
  CHECK(rig.texts().size() > before + 8);
}

TEST_CASE("a device that comes back in the middle of a play is told the parameters again") {
  PlayRig rig;
  auto timeline = timeline_of({}, 3840);
  timeline->events.push_back({0, 0, ParameterChange{Parameter::cutoff, 0.5F}});
  rig.play(timeline, 0);
  rig.run(100ms);
  rig.recordings[0]->gone = rig.recordings[0]->missing = true;
  rig.run(1s);
  rig.recordings[0]->gone = rig.recordings[0]->missing = false;
  const auto before = rig.texts().size();
  rig.run(700ms);
  REQUIRE(rig.texts().size() > before);
  CHECK(rig.texts()[before] == "param 0 cutoff");
}
