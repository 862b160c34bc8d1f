#include "core/vary/tune.hpp"

#include "core/vary/transforms.hpp"

namespace doodled {
namespace {

std::string transform_of(const Tuning& tuning) {
  return "tune " + std::to_string(tuning.cents.size()) + " degrees root=" + std::to_string(tuning.root) +
         " " + tuning.name.substr(0, 100);
}

}  // namespace

Result<Accepted> tuned(Session session, Tuning tuning, const std::string& parent_id,
                       const RuleOptions& rules) {
  if (PointerSet(session.locks).touches("/tuning"))
    return Error{"lock_conflict", "the session locks its tuning", {{"/locks", "names /tuning"}}};
  auto& transforms = session.provenance.transforms;
  if (transforms.size() < most_transforms) transforms.push_back(transform_of(tuning));
  if (!parent_id.empty()) session.provenance.parent = parent_id;
  session.tuning = std::move(tuning);
  return accept(std::move(session), rules);
}

}  // namespace doodled
