#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/vary/operations.hpp"
#include "core/vary/restore.hpp"
#include "core/vary/transforms.hpp"

namespace doodled {
namespace {

using varying::restore;
using varying::value_at;

Error invalid(std::vector<Problem> problems) {
  return {"invalid_variation", "the variation can't be made", std::move(problems)};
}

void require_places(const Json& document, const std::vector<std::string>& places, const std::string& list,
                    std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < places.size(); ++i)
    if (!value_at(document, places[i]))
      problems.push_back({list + "/" + std::to_string(i), "the session has nothing at " + places[i]});
}

void require_parts(const Json& document, const std::vector<Operation>& operations,
                   std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const auto& part = operations[i].part;
    const auto depth = std::ranges::count(part, '/');
    if (!part.empty() && ((depth != 2 && depth != 4) || !value_at(document, part)))
      problems.push_back(
          {"/operations/" + std::to_string(i) + "/part", "the session has no track or pattern " + part});
  }
}

// Rules of taste that `parent` does not keep are not imposed on what is made of it.
RuleOptions rules_for(const Session& parent, RuleOptions rules, const std::vector<std::string>& kept) {
  Session copy = parent;
  const auto verdicts = apply_rules(copy, rules);
  for (const auto& verdict : verdicts)
    if (verdict.status != VerdictStatus::pass && (rules.off.empty() || rules.off.back() != verdict.rule))
      rules.off.push_back(verdict.rule);
  rules.kept = PointerSet(kept);
  return rules;
}

void describe(Session& session, const std::string& transform, const std::string& parent_id) {
  auto& transforms = session.provenance.transforms;
  transforms.push_back(transform.substr(0, longest_transform));
  if (transforms.size() > most_transforms) transforms.erase(transforms.begin());
  session.provenance.parent = parent_id;
}

// The wish's and the parent's own. One of the parent's that names nothing locks nothing.
std::vector<std::string> all_locks(const Session& parent, const Json& document, const VariationWish& wish) {
  auto locks = wish.locks;
  for (const auto& lock : parent.locks)
    if (!lock.empty() && value_at(document, lock)) locks.push_back(lock);
  return locks;
}

Result<Session> with_restored(const Session& session, const Json& before,
                              const std::vector<std::string>& places) {
  Json after = to_json(session);
  for (const auto& place : places) restore(after, before, place);
  return session_from_json(after);
}

std::optional<Error> touched(const Json& before, const Json& after, const std::vector<std::string>& places) {
  std::vector<Problem> problems;
  for (const auto& place : places) {
    const Json* now = value_at(after, place);
    if (!now || to_text(*now) != to_text(*value_at(before, place)))
      problems.push_back({place, "the rules can't be kept without changing it"});
  }
  if (problems.empty()) return std::nullopt;
  return Error{"lock_conflict", "what is locked and what the rules ask for can't go together",
               std::move(problems)};
}

// '/tracks/0/patterns/1' of a place inside of it.
std::string pattern_of(const std::string& place) {
  std::size_t end = 0;
  for (int token = 0; token < 4 && end != place.npos; ++token) end = place.find('/', end + 1);
  return place.substr(0, end);
}

// The notes of patterns that are locked in part and, with the rest changed around what stays, break a rule
// that is no matter of taste.
std::vector<std::string> broken_around_locks(Session session, const PointerSet& kept) {
  std::vector<std::string> lists;
  for (const auto& verdict : apply_rules(session, document_rules())) {
    const std::string notes = pattern_of(verdict.pointer) + "/notes";
    if (is_inside(verdict.pointer, "/tracks") && kept.touches(notes) && !kept.covers(notes) &&
        (lists.empty() || lists.back() != notes))
      lists.push_back(notes);
  }
  return lists;
}

// The session with the places as they are in `before`. A pattern that is locked in part and can't be whole
// otherwise gets all its notes back.
Result<Session> with_locks(const Session& session, const Json& before,
                           const std::vector<std::string>& places) {
  if (places.empty()) return session;
  auto restored = with_restored(session, before, places);
  if (!restored) return restored;
  const auto broken = broken_around_locks(*restored, PointerSet(places));
  return broken.empty() ? restored : with_restored(*restored, before, broken);
}

// Ends with what the places hold in `before`, whatever happened to `session`.
Result<Accepted> settled(const Session& session, const Json& before, const std::vector<std::string>& places,
                         const RuleOptions& rules) {
  auto restored = with_locks(session, before, places);
  if (!restored) return restored.error();
  auto accepted = accept(std::move(*restored), rules);
  if (!accepted) return accepted;
  if (auto conflict = touched(before, accepted->document, places)) return *conflict;
  return accepted;
}

std::string transform_of(const VariationWish& wish) {
  std::string text = "vary seed=" + std::to_string(wish.seed) + ":";
  for (const auto& operation : wish.operations) text += " " + to_text(operation) + ";";
  if (!wish.locks.empty()) text += " locks";
  for (const auto& lock : wish.locks) text += " " + lock;
  return text;
}

}  // namespace

Result<Accepted> vary(const Session& parent, const VariationWish& wish, const RuleOptions& rules,
                      const std::string& transform) {
  const Json before = to_json(parent);
  std::vector<Problem> problems;
  require_places(before, wish.locks, "/locks", problems);
  require_parts(before, wish.operations, problems);
  if (!problems.empty()) return invalid(std::move(problems));
  Session session = parent;
  const auto locks = all_locks(parent, before, wish);
  const PointerSet locked(locks);
  for (std::size_t i = 0; i < wish.operations.size(); ++i) {
    const auto& operation = wish.operations[i];
    const auto seed = part_seed(wish.seed, std::to_string(i) + std::string(operation.kind->name));
    operation.kind->apply(session, {operation, locked, seed});
  }
  session.seed = wish.seed;
  describe(session, transform.empty() ? transform_of(wish) : transform, wish.parent_id);
  return settled(session, before, locks, rules_for(parent, rules, locks));
}

Result<Accepted> brought_back(const Session& session, const Session& earlier, const Revert& revert,
                              const RuleOptions& rules) {
  const Json before = to_json(earlier);
  std::vector<Problem> problems;
  require_places(before, revert.places, "/parts", problems);
  if (!problems.empty()) return invalid(std::move(problems));
  Session result = session;
  describe(result, revert.transform, revert.parent_id);
  return settled(result, before, revert.places, rules_for(earlier, rules, revert.places));
}

}  // namespace doodled
