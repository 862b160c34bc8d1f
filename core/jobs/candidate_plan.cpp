#include "core/jobs/candidate_plan.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"

namespace doodled {
namespace {

using Chain = std::vector<std::string>;

// The first of equal chains is asked as the job says, the others with the seeds that follow.
std::string with_seed(const std::string& options, std::uint64_t step) {
  if (step == 0) return options;
  Json changed = options.empty() ? Json::object() : Json::parse(options);
  const auto seed = changed.find("seed");
  const bool given = seed != changed.end() && seed->is_number_integer();
  changed["seed"] = (given ? seed->get<std::uint64_t>() : 1) + step;
  return to_text(changed);
}

}  // namespace

std::vector<CandidatePlan> candidate_plans(const std::string& interpreters, const std::string& candidates,
                                           const std::string& options) {
  if (candidates.empty()) return {{Json::parse(interpreters).get<Chain>(), options}};
  const auto chains = Json::parse(candidates).get<std::vector<Chain>>();
  std::vector<CandidatePlan> plans;
  for (auto chain = chains.begin(); chain != chains.end(); ++chain)
    plans.push_back(
        {*chain, with_seed(options, static_cast<std::uint64_t>(std::count(chains.begin(), chain, *chain)))});
  return plans;
}

}  // namespace doodled
