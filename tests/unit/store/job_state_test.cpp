#include "core/store/job_state.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace doodled;

TEST_CASE("a job changes state only as the table says") {
  using enum JobState;
  constexpr std::array states{queued, running, done, failed, cancelled};
  constexpr bool allowed[5][5] = {
      // to queued, running, done, failed, cancelled
      {false, true, false, false, true},    // from queued
      {true, false, true, true, true},      // from running
      {false, false, false, false, false},  // from done
      {false, false, false, false, false},  // from failed
      {false, false, false, false, false},  // from cancelled
  };

  for (const auto from : states)
    for (const auto to : states) {
      CAPTURE(std::string(to_string(from)));
      CAPTURE(std::string(to_string(to)));
      CHECK(may_become(from, to) == allowed[static_cast<int>(from)][static_cast<int>(to)]);
    }
}

TEST_CASE("what nothing leaves is final") {
  CHECK_FALSE(is_final(JobState::queued));
  CHECK_FALSE(is_final(JobState::running));
  CHECK(is_final(JobState::done));
  CHECK(is_final(JobState::failed));
  CHECK(is_final(JobState::cancelled));
}

TEST_CASE("a state's name leads back to it") {
  for (const auto* name : {"queued", "running", "done", "failed", "cancelled"})
    CHECK(to_string(job_state_from(name).value()) == name);
  CHECK_FALSE(job_state_from("Running"));
}
