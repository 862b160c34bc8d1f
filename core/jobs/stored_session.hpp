// From an accepted session to the row that is kept of it.
#pragma once
#include "core/interpret/accept.hpp"
#include "core/store/store.hpp"
#include "core/vary/variation.hpp"

namespace doodled {

// Where it came from (image, job, interpretation, interpreter) is the caller's to fill in.
NewSession stored_session(const Accepted& accepted, std::int64_t at);

// What was made of `parent`: with its picture and its reading. `what` says in a word or two how, for the
// title.
NewSession child_session(const SessionRecord& parent, const Accepted& accepted, const std::string& what,
                         std::int64_t at);

struct StoredVariation {
  SessionRecord record;
  std::vector<std::string> changes;  // sentences: what is different from the parent
};

// Every candidate of the wish, all of them or none. Errors: those of vary().
Result<std::vector<StoredVariation>> store_variations(Store& store, const SessionRecord& parent,
                                                      const VariationWish& wish, const RuleOptions& rules,
                                                      std::int64_t at);

}  // namespace doodled
