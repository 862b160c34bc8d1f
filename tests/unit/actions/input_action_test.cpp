#include "core/actions/input_action.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using Kind = DeviceInput::Kind;

namespace {

DeviceInput input(Kind kind, int number = 0, float value = 0) {
  DeviceInput input;
  input.kind = kind;
  input.number = static_cast<std::uint8_t>(number);
  input.value = value;
  return input;
}

std::optional<InputAction> action(const DeviceInput& input) {
  return action_of(input, [](int number) { return number / 10.0; });
}

}  // namespace

TEST_CASE("an encoder without ends moves its macro from where it stands, and no further than its ends") {
  const auto turned = action(input(Kind::macro_turn, 3, 0.25F));
  REQUIRE(turned);
  CHECK(turned->name == "macro-3");
  CHECK(*turned->call.value == doctest::Approx(0.55));
  CHECK(*action(input(Kind::macro_turn, 3, -1))->call.value == 0);
  CHECK(*action(input(Kind::macro, 9, 0.5F))->call.value == 0.5);
  CHECK(action(input(Kind::macro_release, 9))->name == "release-9");
}

TEST_CASE("every input that names an action is one that there is, with the value it takes") {
  for (int kind = 0; kind <= static_cast<int>(Kind::tempo_turn); ++kind) {
    const auto done = action(input(static_cast<Kind>(kind), 1, 0.5F));
    if (done) CHECK(check_call(done->name, done->call).has_value());
  }
  CHECK(action(input(Kind::undo))->name == "back");
  CHECK(*action(input(Kind::program, 4))->call.value == 4);
}

TEST_CASE("what means nothing by itself is no action") {
  CHECK_FALSE(action(input(Kind::message)));
  CHECK_FALSE(action(input(Kind::pad, 5, 1)));
  CHECK_FALSE(action(input(Kind::macro_touch, 1)));
  CHECK_FALSE(action(input(Kind::macro_turn, 10, 0.5F)));
}
