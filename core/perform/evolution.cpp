#include "core/perform/evolution.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/random.hpp"

namespace doodled {
namespace {

Error invalid(std::vector<Problem> problems) {
  return {"invalid_play", "the play can't evolve so", std::move(problems)};
}

std::vector<Problem> under_evolve(std::vector<Problem> problems) {
  for (auto& problem : problems) problem.pointer = "/evolve" + problem.pointer;
  return problems;
}

// Takes the member out of `json`; what is left is a variation's.
bool take(Json& json, const char* name, Json& value) {
  if (!json.contains(name)) return false;
  value = json[name];
  json.erase(name);
  return true;
}

std::vector<Problem> can_not_evolve(const Json& operations) {
  std::vector<Problem> problems;
  const auto known = operations_json();
  for (std::size_t i = 0; i < operations.size(); ++i)
    for (const auto& kind : known)
      if (kind["op"] == operations[i]["op"] && !kind["may_evolve"].get<bool>())
        problems.push_back(
            {"/evolve/operations/" + std::to_string(i) + "/op", "can't be done while it plays"});
  return problems;
}

std::uint64_t seed_of_form(const EvolveWish& wish, int number) {
  return part_seed(wish.variation.seed, "form " + std::to_string(number)) & largest_seed;
}

}  // namespace

Result<EvolveWish> evolve_wish(const Json& json) {
  if (!json.is_object()) return invalid({{"/evolve", "is not an object"}});
  Json rest = json, value;
  EvolveWish wish;
  std::vector<Problem> problems;
  if (take(rest, "every_bars", value)) {
    if (value.is_number_integer() && value >= 1 && value <= 1024)
      wish.every_bars = value.get<int>();
    else
      problems.push_back({"/evolve/every_bars", "is not a whole number from 1 to 1024"});
  }
  if (take(rest, "drift", value)) {
    if (value.is_boolean())
      wish.drift = value.get<bool>();
    else
      problems.push_back({"/evolve/drift", "is not true or false"});
  }
  if (rest.contains("count")) problems.push_back({"/evolve/count", "is no field of evolve"});
  auto variation = variation_wish(rest);
  if (!variation)
    for (auto& problem : under_evolve(variation.error().problems)) problems.push_back(std::move(problem));
  else
    for (auto& problem : can_not_evolve(to_json(*variation)["operations"]))
      problems.push_back(std::move(problem));
  if (!problems.empty()) return invalid(std::move(problems));
  wish.variation = std::move(*variation);
  return wish;
}

Json to_json(const EvolveWish& wish) {
  Json json = to_json(wish.variation);
  json.erase("count");
  json["every_bars"] = wish.every_bars;
  json["drift"] = wish.drift;
  return json;
}

EvolveWish redraw_wish(const Session& session) {
  EvolveWish wish;
  wish.every_bars = 0;
  for (const auto& section : session.arrangement) wish.every_bars += section.bars;
  wish.variation.seed = session.seed;
  wish.redraw = true;
  return wish;
}

Tick place_of_form(const Session& session, const EvolveWish& wish, int number) {
  return session.meter.bar() * wish.every_bars * number;
}

// Every form is described alike, from its number and the seed of the evening, however many came before.
Result<Accepted> next_form(const Session& session, const Session& before, const EvolveWish& wish, int number,
                           const RuleOptions& rules) {
  if (wish.redraw) {
    Session again = session;
    again.seed = seed_of_form(wish, number);
    return accept(std::move(again), document_rules(rules));
  }
  VariationWish variation = wish.variation;
  variation.seed = seed_of_form(wish, number);
  Session from = wish.drift ? before : session;
  from.provenance.transforms = session.provenance.transforms;
  std::string transform =
      "evolve seed=" + std::to_string(wish.variation.seed) + " form=" + std::to_string(number) + ":";
  for (const auto& operation : variation.operations) transform += " " + to_text(operation) + ";";
  return vary(from, variation, rules, transform);
}

}  // namespace doodled
