// What every job needs on its way from the picture to the session, and the first look at a wish.
#pragma once
#include "core/base/clock.hpp"
#include "core/interpret/interpreters.hpp"
#include "core/store/store.hpp"

namespace doodled {

// All outlive the jobs.
struct Pipeline {
  Store& store;
  const Interpreters& interpreters;
  const Clock& clock;
  RuleOptions rules = {};

  // Says no before a job is queued: an unknown interpreter, a mode or an option that the first of a chain
  // can't use, a picture that must stay here and would not.
  Result<void> check(const NewJob& job) const;
};

}  // namespace doodled
