#include "core/actions/actions.hpp"

#include <doctest/doctest.h>

#include "tests/fakes/action_rig.hpp"

using namespace doodled;
using Hands = fakes::ActionRig;

namespace {

ActionCall with(double value) { return {.value = value, .text = {}, .track = {}}; }

}  // namespace

TEST_CASE("with nothing stored, an action says that there is no session") {
  Hands hands;
  CHECK(hands.code("play") == "no_session");
  CHECK(hands.code("macro-1", with(0.5)) == "no_session");
  CHECK(hands.actions->state().session_id.empty());
  CHECK(hands.code("panic") == "");
}

TEST_CASE("the newest session is in hand, play plays it, and stop stops it") {
  Hands hands;
  hands.add(100);
  const auto newest = hands.add(110);

  const auto state = hands.actions->perform("play");

  REQUIRE(state.has_value());
  CHECK(state->session_id == newest);
  CHECK(state->play_id == hands.rack->sounding());
  CHECK(hands.performer.record(state->play_id)->session_id == newest);
  CHECK(hands.actions->perform("play")->play_id == state->play_id);
  CHECK(hands.actions->perform("stop")->play_id.empty());
  CHECK(hands.actions->state().session_id == newest);
}

TEST_CASE("a macro turned before the play is held through it, and released by name") {
  Hands hands;
  hands.add(100);
  REQUIRE(hands.code("macro-3", with(0.8)) == "");
  REQUIRE(hands.code("play") == "");
  CHECK(hands.actions->macro(3).value == 0.8);
  CHECK(hands.actions->macro(3).touched);
  CHECK(hands.code("release-3") == "");
  CHECK_FALSE(hands.actions->macro(3).touched);
}

TEST_CASE("a variation is stored, taken in hand, and back goes to its parent") {
  Hands hands;
  const auto first = hands.add(100);
  REQUIRE(hands.code("play") == "");
  REQUIRE(hands.code("variation", with(7)) == "");
  REQUIRE(hands.created.size() == 1);
  CHECK(hands.actions->state().session_id == hands.created[0]);
  CHECK(hands.store.sessions.get(hands.created[0])->parent_id == first);
  CHECK(hands.code("back") == "");
  CHECK(hands.actions->state().session_id == first);
  CHECK(hands.code("back") == "no_parent");
}

TEST_CASE("keep gives a star, and numbers pick what has one, oldest first") {
  Hands hands;
  const auto first = hands.add(100), second = hands.add(110), third = hands.add(120);
  hands.store.sessions.change(first, {.starred = true});
  REQUIRE(hands.code("keep") == "");
  CHECK(hands.changed == std::vector{third});
  CHECK(hands.actions->perform("session", with(0))->session_id == first);
  CHECK(hands.actions->perform("session", with(1))->session_id == third);
  CHECK(hands.code("session", with(2)) == "unknown_session");
  CHECK(hands.actions->perform("previous")->session_id == second);
  CHECK(hands.actions->perform("next")->session_id == third);
  CHECK(hands.code("next") == "no_neighbour");
}

TEST_CASE("a session that is picked while another one sounds is played from the next bar on") {
  Hands hands;
  const auto first = hands.add(100), second = hands.add(110);
  REQUIRE(hands.code("play") == "");
  const auto state = hands.actions->perform("session", {.value = {}, .text = first, .track = {}});
  REQUIRE(state.has_value());
  CHECK(state->session_id == first);
  CHECK(hands.performer.record(state->play_id)->quantise == "bar");
}

TEST_CASE("taps and nudges set the tempo") {
  Hands hands;
  hands.rack->set_tempo(100);
  CHECK(hands.code("tempo", with(90)) == "");
  CHECK(hands.code("tap") == "");
  for (int turns = 0; turns < 20; ++turns) CHECK(hands.code("nudge", with(1)) == "");
  CHECK(hands.rack->transport().tempo_bpm == 110);
}
