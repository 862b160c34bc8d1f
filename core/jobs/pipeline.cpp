#include "core/jobs/pipeline.hpp"

#include "core/jobs/candidate_plan.hpp"

namespace doodled {
namespace {

Error unknown_interpreter(const std::string& id) {
  return {"unknown_interpreter",
          "there is no interpreter \"" + id + "\"",
          {{"interpreter", "\"" + id + "\" is not configured"}}};
}

Result<void> check_chain(const Interpreters& known, const std::vector<std::string>& chain,
                         const InterpretRequest& request) {
  for (const auto& id : chain)
    if (!known.find(id)) return unknown_interpreter(id);
  return known.find(chain.front())->check(request);
}

}  // namespace

Result<void> Pipeline::check(const NewJob& job) const {
  const auto image = job.image_id.empty() ? Result<Image>(Image{}) : store.images.get(job.image_id);
  for (const auto& plan : candidate_plans(job.interpreters, job.candidates, job.options)) {
    const InterpretRequest request{job.mode,     plan.options, job.prompt,
                                   job.image_id, {},           image && image->stays};
    if (auto checked = check_chain(interpreters, plan.chain, request); !checked) return checked;
  }
  return {};
}

}  // namespace doodled
