#include "core/actions/action.hpp"

#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/actions/tap_tempo.hpp"

using namespace doodled;
using namespace std::chrono_literals;

TEST_CASE("every action has a name of its own that fits into a URL, and says what it does") {
  std::set<std::string_view> names;
  for (const auto& action : all_actions()) {
    CAPTURE(action.name);
    CHECK(names.insert(action.name).second);
    CHECK(action.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    CHECK_FALSE(action.summary.empty());
  }
  for (int number = 1; number <= 9; ++number)
    CHECK(macro_number("macro-" + std::to_string(number)) == number);
  CHECK(macro_number("macro-10") == 0);
  CHECK(macro_number("release") == 0);
}

TEST_CASE("a call that does not fit names the field") {
  const auto pointer_of = [](std::string_view name, const ActionCall& call) {
    const auto checked = check_call(name, call);
    return checked || checked.error().problems.empty() ? std::string()
                                                       : checked.error().problems.front().pointer;
  };
  CHECK(pointer_of("macro-1", {}) == "/value");
  CHECK(pointer_of("macro-1", {.value = 1.5, .text = {}, .track = {}}) == "/value");
  CHECK(pointer_of("macro-1", {.value = 0.5, .text = "x", .track = {}}) == "/text");
  CHECK(pointer_of("macro-1", {.value = 0.5, .text = {}, .track = 0}) == "/track");
  CHECK(pointer_of("tempo", {.value = 5, .text = {}, .track = {}}) == "/value");
  CHECK(pointer_of("parameter", {.value = 0.5, .text = "loudness", .track = {}}) == "/text");
  CHECK(pointer_of("session", {}) == "/text");
  CHECK(pointer_of("variation", {.value = 1.5, .text = {}, .track = {}}) == "/value");
  CHECK(check_call("macro-1", {.value = 0.5, .text = {}, .track = {}}).has_value());
  CHECK(check_call("parameter", {.value = 0.5, .text = "cutoff", .track = 2}).has_value());
  CHECK(check_call("explode", {}).error().code == "unknown_action");
}

TEST_CASE("a call is read from JSON, and what is no field of it is refused") {
  const auto call = action_call({{"value", 0.25}, {"text", "cutoff"}, {"track", 1}});
  REQUIRE(call.has_value());
  CHECK(call->value == 0.25);
  CHECK(call->text == "cutoff");
  CHECK(call->track == 1);
  CHECK(action_call(Json::array()).error().code == "invalid_action");
  CHECK(action_call({{"value", "0.5"}}).error().problems.front().pointer == "/value");
  CHECK(action_call({{"speed", 1}}).error().problems.front().pointer == "/speed");
}

TEST_CASE("taps give their mean tempo, and a pause begins anew") {
  TapTempo taps;
  CHECK_FALSE(taps.tap(10s).has_value());
  CHECK(taps.tap(10500ms) == doctest::Approx(120));
  CHECK(*taps.tap(10990ms) == doctest::Approx(60e3 / 495));
  CHECK_FALSE(taps.tap(20s).has_value());
  CHECK(*taps.tap(21s) == doctest::Approx(60));
}

TEST_CASE("a tap that is far from the beat so far is the first of another tempo") {
  TapTempo taps;
  taps.tap(1s);
  taps.tap(1500ms);
  CHECK_FALSE(taps.tap(1700ms).has_value());
  CHECK(*taps.tap(1900ms) == doctest::Approx(300));
}
