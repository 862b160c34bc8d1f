#include "core/play/teach.hpp"

#include <doctest/doctest.h>

using namespace doodled;

TEST_CASE("teaching moves one parameter at a time, up and down, with rests between") {
  const auto plan = teach_plan({.parameters = {Parameter::cutoff, Parameter::macro_1}}, generic_profile());

  REQUIRE(plan.has_value());
  REQUIRE(plan->steps.size() == 2);
  CHECK(plan->steps[0].message == "controller 74");
  CHECK(plan->steps[0].begin == 3 * 960);
  CHECK(plan->steps[1].begin - plan->steps[0].end == 3 * 960);
  CHECK(plan->timeline->length % plan->timeline->meter.bar() == 0);

  Tick last = -1;
  float highest = 0;
  for (const auto& event : plan->timeline->events) {
    const auto& change = std::get<ParameterChange>(event.body);
    const bool first = event.tick <= plan->steps[0].end;
    CHECK(change.parameter == (first ? Parameter::cutoff : Parameter::macro_1));
    CHECK(event.tick > last);
    last = event.tick;
    if (first) highest = std::max(highest, change.value);
  }
  CHECK(highest == 1);
  CHECK(std::get<ParameterChange>(plan->timeline->events.back().body).value == 0);
}

TEST_CASE("it can be said which step a teaching is in") {
  const auto plan = teach_plan({.parameters = {Parameter::cutoff, Parameter::drive}}, generic_profile());
  CHECK(step_at(*plan, 0)->parameter == Parameter::cutoff);
  CHECK(step_at(*plan, plan->steps[0].end + 1)->parameter == Parameter::drive);
  CHECK(step_at(*plan, plan->steps[1].end + 1) == nullptr);
}

TEST_CASE("what can't be taught names the field") {
  const auto pointer = [](TeachWish wish, const DeviceProfile& profile = generic_profile()) {
    return teach_plan(wish, profile).error().problems.at(0).pointer;
  };
  DeviceProfile silent;

  CHECK(pointer({.parameters = {Parameter::cutoff}}, silent) == "/parameters/0");
  CHECK(pointer({}, silent) == "/parameters");
  CHECK(pointer({.parameters = {}, .seconds = 0}) == "/seconds");
  CHECK(pointer({.parameters = {}, .rest_seconds = -1}) == "/rest_seconds");
  CHECK(pointer({.parameters = {}, .channel = 17}) == "/channel");
}
