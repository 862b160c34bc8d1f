// The life of a job as data:
//
//   submit -> queued -> claim -> running -> finish  -> done
//               |  ^                |  |--> fail    -> failed     (rescue too, after too many crashes)
//               |  '-release, rescue'  '--> finish, cancelled -> cancelled
//               '---- cancel -> cancelled
#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace doodled {

enum class JobState { queued, running, done, failed, cancelled };

struct JobTransition {
  JobState from, to;
  bool operator==(const JobTransition&) const = default;
};

inline constexpr std::array<JobTransition, 6> job_transitions{{
    {JobState::queued, JobState::running},
    {JobState::queued, JobState::cancelled},
    {JobState::running, JobState::queued},
    {JobState::running, JobState::done},
    {JobState::running, JobState::failed},
    {JobState::running, JobState::cancelled},
}};

bool may_become(JobState from, JobState to);
// Nothing leaves it: done, failed, cancelled.
bool is_final(JobState state);

std::string_view to_string(JobState state);
std::optional<JobState> job_state_from(std::string_view name);

}  // namespace doodled
