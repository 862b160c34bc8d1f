#include "core/actions/controls.hpp"

#include <doctest/doctest.h>

using namespace doodled;

namespace {

Session session_with_macros() {
  Session session;
  for (const auto* id : {"lead", "bass"}) {
    Track track;
    track.id = id;
    session.tracks.push_back(track);
  }
  Track drums;
  drums.id = "drums";
  drums.role = Role::drums;
  session.tracks.push_back(drums);
  Macro one;
  one.id = "macro_1";
  one.name = "Brightness";
  one.value = 0.5;
  one.targets = {{"lead", Parameter::cutoff, 1.0}, {"bass", Parameter::cutoff, -0.5}};
  Macro two;
  two.id = "macro_2";
  two.value = 0.25;
  two.cc = 71;
  two.track = "bass";
  two.targets = {{"lead", Parameter::cutoff, 0.4}};
  session.macros = {one, two};
  return session;
}

const Touch* find(const std::vector<Touch>& touches, Touch::Kind kind, int track) {
  for (const auto& touch : touches)
    if (touch.kind == kind && touch.track == track) return &touch;
  return nullptr;
}

}  // namespace

TEST_CASE("a turned macro moves what it reaches by its amount, and is itself told") {
  Controls controls(session_with_macros());

  const auto touches = controls.turn(1, 0.75);

  REQUIRE(find(touches, Touch::Kind::move, 0));
  CHECK(find(touches, Touch::Kind::move, 0)->value == doctest::Approx(0.25));
  CHECK(find(touches, Touch::Kind::move, 1)->value == doctest::Approx(-0.125));
  const auto* told = find(touches, Touch::Kind::hold, 0);
  REQUIRE(told);
  CHECK(told->parameter == Parameter::macro_1);
  CHECK(told->value == doctest::Approx(0.75));
  CHECK(controls.macro(1).touched);
  CHECK(controls.macro(1).value == 0.75);
}

TEST_CASE("two macros that reach one parameter move it together, and each lets go of its own part") {
  Controls controls(session_with_macros());
  controls.turn(1, 0.75);

  CHECK(find(controls.turn(2, 0.75), Touch::Kind::move, 0)->value == doctest::Approx(0.25 + 0.2));
  CHECK(find(controls.release(1), Touch::Kind::move, 0)->value == doctest::Approx(0.2));
  CHECK(find(controls.release(2), Touch::Kind::move, 0)->value == doctest::Approx(0));
  CHECK_FALSE(controls.holds_anything());
}

TEST_CASE("a macro with a controller of its own turns that, and gives it the session's value back") {
  Controls controls(session_with_macros());

  const auto turned = controls.turn(2, 1);
  const auto* controller = find(turned, Touch::Kind::controller, 1);
  REQUIRE(controller);
  CHECK(controller->controller == 71);
  CHECK(controller->value == 1);

  const auto released = controls.release(2);
  REQUIRE(find(released, Touch::Kind::let_go, 1));
  CHECK(find(released, Touch::Kind::let_go, 1)->value == doctest::Approx(0.25));
}

TEST_CASE("a macro that the session does not have reaches the device all the same") {
  Controls controls(session_with_macros());
  const auto touches = controls.turn(9, 0.1);
  REQUIRE(touches.size() == 1);
  CHECK(touches[0].kind == Touch::Kind::hold);
  CHECK(touches[0].parameter == Parameter::macro_9);
}

TEST_CASE("a parameter without a track is held on all but drums") {
  Controls controls(session_with_macros());
  CHECK(controls.hold(Parameter::reverb, std::nullopt, 0.9).size() == 2);
  CHECK(controls.hold(Parameter::reverb, 2, 0.9).size() == 1);
  CHECK(controls.held().size() == 3);
  CHECK(controls.release_all().size() == 3);
  CHECK(controls.held().empty());
}

TEST_CASE("what is held stays held when the session goes on as a variation, and not when it is another one") {
  Controls controls(session_with_macros());
  controls.turn(1, 0.9);
  controls.go_on_with(session_with_macros());
  CHECK(controls.macro(1).touched);
  controls.use(session_with_macros());
  CHECK_FALSE(controls.macro(1).touched);
  CHECK(controls.macro(1).value == 0.5);
}
