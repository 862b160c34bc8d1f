// One job from the picture to the session: interpret, accept, finish. Over interfaces and the store only.
#pragma once
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/interpret/interpreter.hpp"
#include "core/rules/rules.hpp"
#include "core/store/store.hpp"

namespace doodled {

// By id. The interpreters outlive everything that holds this.
using Interpreters = std::map<std::string, Interpreter*, std::less<>>;

class Pipeline {
 public:
  Pipeline(Store& store, const Interpreters& interpreters, const Clock& clock, RuleOptions rules = {})
      : store_(store), interpreters_(interpreters), clock_(clock), rules_(std::move(rules)) {}

  // Says no before a job is queued: an unknown interpreter, a mode or an option that the first one can't use.
  Result<void> check(const NewJob& job) const;

  // Asks the job's interpreters in turn until one gives a session that is accepted, and ends the job: done,
  // failed or cancelled. Every answer is stored, also a useless one. Error 'claim_lost' when the job is no
  // longer this claim's.
  Result<Job> run(const Job& claimed, const Progress& progress, std::stop_token stop);

 private:
  struct Attempt;

  Attempt attempt(const Job& job, Interpreter& interpreter, Bytes image, const Progress& progress,
                  std::stop_token stop);
  Result<Job> end(const Job& job, const std::string& interpreter, Attempt attempt);
  Result<Job> put_back(const Job& job, const std::string& interpreter);

  Store& store_;
  const Interpreters& interpreters_;
  const Clock& clock_;
  const RuleOptions rules_;
};

}  // namespace doodled
