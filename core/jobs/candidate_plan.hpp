// What a job's wish means: which interpreters are asked for which session. Pure.
#pragma once
#include <string>
#include <vector>

#include "core/store/jobs.hpp"

namespace doodled {

// One session wanted.
struct CandidatePlan {
  std::vector<std::string> chain;  // ids, asked in turn until one answers usefully
  std::string options;  // JSON: the job's, with a seed of its own where a chain is asked repeatedly
};

// At least one.
std::vector<CandidatePlan> candidate_plans(const std::string& interpreters, const std::string& candidates,
                                           const std::string& options);

}  // namespace doodled
