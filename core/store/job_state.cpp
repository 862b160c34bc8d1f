#include "core/store/job_state.hpp"

#include <algorithm>

namespace doodled {
namespace {

constexpr std::array<std::string_view, 5> state_names{"queued", "running", "done", "failed", "cancelled"};

}  // namespace

bool may_become(JobState from, JobState to) {
  return std::ranges::find(job_transitions, JobTransition{from, to}) != job_transitions.end();
}

bool is_final(JobState state) {
  return std::ranges::count(job_transitions, state, &JobTransition::from) == 0;
}

std::string_view to_string(JobState state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<JobState> job_state_from(std::string_view name) {
  const auto found = std::ranges::find(state_names, name);
  if (found == state_names.end()) return std::nullopt;
  return static_cast<JobState>(found - state_names.begin());
}

}  // namespace doodled
