// Rows of the table jobs, read and moved from state to state.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/store/connection.hpp"
#include "core/store/jobs.hpp"

namespace doodled::store {

struct JobRow {
  Job job;
  std::int64_t position;
};

struct JobEnd {
  JobState state;
  std::string interpreter;
  std::string error;  // JSON, or empty
  std::int64_t at;
};

Error unknown_job(const std::string& id);

void insert_job(Connection& connection, const std::string& id, const NewJob& wish);
std::optional<Job> find_job(Connection& connection, const std::string& id);
// Newest first, below a position.
std::vector<JobRow> jobs_before(Connection& connection, std::optional<JobState> state, std::int64_t position,
                                int limit);
std::vector<std::string> jobs_in_state(Connection& connection, JobState state);

// The job as find_job has just found it, in the same transaction; the answer is what it is now. They throw
// std::logic_error for a transition that is not in job_transitions.
Job claim_job(Connection& connection, Job job, std::int64_t at);
Job end_job(Connection& connection, Job job, const JobEnd& end);
void requeue_job(Connection& connection, const Job& job);

}  // namespace doodled::store
