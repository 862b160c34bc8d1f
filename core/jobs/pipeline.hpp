// What every job needs on its way from the picture to the session, and the first look at a wish.
#pragma once
#include "core/base/clock.hpp"
#include "core/interpret/interpreters.hpp"
#include "core/store/store.hpp"
#include "core/store/trace_log.hpp"

namespace doodled {

// All outlive the jobs.
struct Pipeline {
  Store& store;
  const Interpreters& interpreters;
  const Clock& clock;
  RuleOptions rules = {};
  TraceLog* traces = nullptr;  // told where the time of each job went; null: nobody is

  // Says no before a job is queued: an unknown interpreter, a mode or an option that the first of a chain
  // can't use, a picture that must stay here and would not.
  Result<void> check(const NewJob& job) const;
};

}  // namespace doodled
