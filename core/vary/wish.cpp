// Reading and writing what is wished of a variation.
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/vary/operations.hpp"

namespace doodled {
namespace {

using Problems = std::vector<Problem>;

Json plain(double number, bool whole) { return whole ? Json(std::llround(number)) : Json(number); }

std::string range_message(const OperationParameter& p) {
  return std::string("is not a ") + (p.whole ? "whole number" : "number") + " from " +
         to_text(plain(p.minimum, p.whole)) + " to " + to_text(plain(p.maximum, p.whole));
}

void read_number(Operation& operation, const OperationParameter& p, const Json& value,
                 const std::string& pointer, Problems& problems) {
  const double number = value.is_number() ? value.get<double>() : std::nan("");
  if (!(number >= p.minimum && number <= p.maximum) || (p.whole && number != std::floor(number)))
    problems.push_back({pointer, range_message(p)});
  else
    operation.numbers[std::string(p.name)] = number;
}

void read_key(Operation& operation, const Json& value, const std::string& pointer, Problems& problems) {
  operation.key = value.is_string() ? key_from_name(value.get<std::string>()) : std::nullopt;
  if (!operation.key) problems.push_back({pointer, "is no key, such as 'D dorian' or 'F# minor'"});
}

bool is_part(const Json& value) {
  return value.is_string() &&
         (value.get<std::string>().empty() || value.get<std::string>().starts_with("/tracks/"));
}

std::string fields_of(const OperationKind& kind) {
  std::string names = kind.of_session ? "" : "part";
  if (kind.takes_key) names += "key";
  for (const auto& p : kind.parameters) names += (names.empty() ? "" : ", ") + std::string(p.name);
  return names;
}

void read_member(Operation& operation, const std::string& name, const Json& value, const std::string& pointer,
                 Problems& problems) {
  const auto& kind = *operation.kind;
  const auto parameter = std::ranges::find(kind.parameters, name, &OperationParameter::name);
  if (parameter != kind.parameters.end())
    read_number(operation, *parameter, value, pointer, problems);
  else if (name == "key" && kind.takes_key)
    read_key(operation, value, pointer, problems);
  else if (name == "part" && !kind.of_session && is_part(value))
    operation.part = value.get<std::string>();
  else if (name == "part" && !kind.of_session)
    problems.push_back({pointer, "is no track or pattern, such as /tracks/0 or /tracks/0/patterns/1"});
  else if (name != "op")
    problems.push_back(
        {pointer, "is nothing that " + std::string(kind.name) + " takes; there are " + fields_of(kind)});
}

std::string operation_names() {
  std::string names;
  for (const auto& kind : all_operations()) names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return names;
}

std::optional<Operation> read_operation(const Json& json, const std::string& pointer, Problems& problems) {
  const bool named = json.is_object() && json.contains("op") && json["op"].is_string();
  Operation operation;
  if (named) operation.kind = find_operation(json["op"].get<std::string>());
  if (!operation.kind) {
    problems.push_back({pointer + "/op", "is no operation; there are " + operation_names()});
    return std::nullopt;
  }
  for (const auto& p : operation.kind->parameters) operation.numbers[std::string(p.name)] = p.standard;
  for (const auto& [name, value] : json.items())
    read_member(operation, name, value, pointer + "/" + name, problems);
  if (operation.kind->takes_key && !json.contains("key"))
    problems.push_back({pointer + "/key", "is missing, such as 'D dorian'"});
  return operation;
}

void read_operations(VariationWish& wish, const Json& value, Problems& problems) {
  if (!value.is_array() || value.empty() || value.size() > most_operations)
    return problems.push_back({"/operations", "is not a list of 1 to 32 operations"});
  for (std::size_t i = 0; i < value.size(); ++i)
    if (auto operation = read_operation(value[i], "/operations/" + std::to_string(i), problems))
      wish.operations.push_back(std::move(*operation));
}

void read_locks(VariationWish& wish, const Json& value, Problems& problems) {
  if (!value.is_array() || value.size() > most_locks)
    return problems.push_back({"/locks", "is not a list of at most 256 JSON Pointers"});
  for (std::size_t i = 0; i < value.size(); ++i)
    if (value[i].is_string() && value[i].get<std::string>().starts_with("/"))
      wish.locks.push_back(value[i].get<std::string>());
    else
      problems.push_back({"/locks/" + std::to_string(i), "is no JSON Pointer, such as /tracks/0"});
}

bool is_whole(const Json& value, std::uint64_t minimum, std::uint64_t maximum) {
  return value.is_number_integer() && value >= 0 && value.get<std::uint64_t>() >= minimum &&
         value.get<std::uint64_t>() <= maximum;
}

void read_wish_member(VariationWish& wish, const std::string& name, const Json& value, Problems& problems) {
  if (name == "operations") return read_operations(wish, value, problems);
  if (name == "locks") return read_locks(wish, value, problems);
  if (name == "seed") {
    if (is_whole(value, 0, largest_seed))
      wish.seed = value.get<std::uint64_t>();
    else
      problems.push_back({"/seed", "is not a whole number from 0 to 2^53 - 1"});
  } else if (name == "count") {
    if (is_whole(value, 1, most_candidates))
      wish.count = value.get<int>();
    else
      problems.push_back({"/count", "is not a whole number from 1 to 16"});
  } else {
    problems.push_back({"/" + name, "is no field of a variation; there are operations, locks, seed, count"});
  }
}

}  // namespace

Result<VariationWish> variation_wish(const Json& json) {
  Problems problems;
  VariationWish wish;
  if (json.is_object())
    for (const auto& [name, value] : json.items()) read_wish_member(wish, name, value, problems);
  else
    problems.push_back({"", "is not an object"});
  if (wish.seed + static_cast<std::uint64_t>(wish.count) - 1 > largest_seed)
    problems.push_back({"/seed", "leaves no seeds for so many candidates"});
  if (!problems.empty())
    return Error{"invalid_variation", "the variation can't be made", std::move(problems)};
  if (wish.operations.empty()) wish.operations.push_back(*read_operation({{"op", "mutate"}}, "", problems));
  return wish;
}

Json to_json(const VariationWish& wish) {
  Json operations = Json::array();
  for (const auto& operation : wish.operations) {
    Json json{{"op", operation.kind->name}};
    for (const auto& p : operation.kind->parameters)
      json[std::string(p.name)] = plain(operation.number(p.name), p.whole);
    if (operation.key) json["key"] = key_name(*operation.key);
    if (!operation.part.empty()) json["part"] = operation.part;
    operations.push_back(std::move(json));
  }
  return {{"seed", wish.seed},
          {"count", wish.count},
          {"operations", std::move(operations)},
          {"locks", wish.locks}};
}

std::string to_text(const Operation& operation) {
  std::string text(operation.kind->name);
  for (const auto& p : operation.kind->parameters)
    text += " " + std::string(p.name) + "=" + to_text(plain(operation.number(p.name), p.whole));
  if (operation.key) text += " key=" + key_name(*operation.key);
  if (!operation.part.empty()) text += " part=" + operation.part;
  return text;
}

}  // namespace doodled
