#include "core/actions/action.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/music/parameters.hpp"
#include "core/music/time.hpp"

namespace doodled {
namespace {

constexpr std::string_view turn_summary = "turns a macro; it stays with the hand until it is released";
constexpr std::string_view release_summary = "gives a macro back to the session";

constexpr auto actions = std::to_array<ActionInfo>({
    {"play", ActionValue::none, "", "plays the session in hand on all enabled devices, until it is stopped",
     true},
    {"join", ActionValue::none, "",
     "plays the session in hand where the transport is, as if it had begun with it", true},
    {"stop", ActionValue::none, "", "stops all that plays"},
    {"toggle", ActionValue::none, "", "stops what plays, or plays the session in hand", true},
    {"panic", ActionValue::none, "", "silences every device"},
    {"tempo", ActionValue::tempo, "", "sets the tempo"},
    {"tap", ActionValue::none, "", "sets the tempo by two or more taps"},
    {"nudge", ActionValue::step, "", "makes the tempo faster or slower"},
    {"variation", ActionValue::number, "",
     "makes a variation of the session in hand (`value`: its seed) and goes on with it at the next bar",
     true},
    {"back", ActionValue::none, "", "goes back to what the session in hand was made of", true},
    {"keep", ActionValue::none, "", "keeps the session in hand: gives it a star", true},
    {"next", ActionValue::none, "", "takes the next newer session in hand; while something plays, plays it",
     true},
    {"previous", ActionValue::none, "",
     "takes the next older session in hand; while something plays, plays it", true},
    {"session", ActionValue::number, "a session's id",
     "takes a session in hand: the one named, or number `value` (from 0) of those with a star, oldest first",
     true},
    {"parameter", ActionValue::unit, "a parameter's name",
     "holds a parameter of a track, or of all but drums where none is named"},
    {"release-parameter", ActionValue::none, "a parameter's name", "gives a parameter back to the session"},
    {"macro-1", ActionValue::unit, "", turn_summary},
    {"macro-2", ActionValue::unit, "", turn_summary},
    {"macro-3", ActionValue::unit, "", turn_summary},
    {"macro-4", ActionValue::unit, "", turn_summary},
    {"macro-5", ActionValue::unit, "", turn_summary},
    {"macro-6", ActionValue::unit, "", turn_summary},
    {"macro-7", ActionValue::unit, "", turn_summary},
    {"macro-8", ActionValue::unit, "", turn_summary},
    {"macro-9", ActionValue::unit, "", turn_summary},
    {"release-1", ActionValue::none, "", release_summary},
    {"release-2", ActionValue::none, "", release_summary},
    {"release-3", ActionValue::none, "", release_summary},
    {"release-4", ActionValue::none, "", release_summary},
    {"release-5", ActionValue::none, "", release_summary},
    {"release-6", ActionValue::none, "", release_summary},
    {"release-7", ActionValue::none, "", release_summary},
    {"release-8", ActionValue::none, "", release_summary},
    {"release-9", ActionValue::none, "", release_summary},
    {"release", ActionValue::none, "", "gives everything that was turned back to the session"},
});

struct ValueRule {
  std::string_view name;
  bool needed;
  double smallest, largest;
  std::string_view complaint;
};

ValueRule rule_of(ActionValue value) {
  switch (value) {
    case ActionValue::none:
      return {"none", false, -1e9, 1e9, "is not a number"};
    case ActionValue::unit:
      return {"unit", true, 0, 1, "is not a number from 0 to 1"};
    case ActionValue::tempo:
      return {"tempo", true, min_tempo_bpm, max_tempo_bpm, "is not a tempo from 20 to 400"};
    case ActionValue::step:
      return {"step", true, -100, 100, "is not a number from -100 to 100"};
    case ActionValue::number:
      return {"number", false, 0, 9007199254740991.0, "is not a whole number from 0 up"};
  }
  return {};
}

Error invalid(std::string pointer, std::string message) {
  return {"invalid_action", "the action can't be done so", {{std::move(pointer), std::move(message)}}};
}

std::optional<Error> check_value(const ActionInfo& action, const ActionCall& call) {
  const auto rule = rule_of(action.value);
  const std::string complaint(rule.complaint);
  if (!call.value) return rule.needed ? std::optional(invalid("/value", complaint)) : std::nullopt;
  const double value = *call.value;
  const bool whole = action.value != ActionValue::number || std::floor(value) == value;
  if (!(value >= rule.smallest && value <= rule.largest) || !whole) return invalid("/value", complaint);
  return std::nullopt;
}

std::optional<Error> check_text(const ActionInfo& action, const ActionCall& call) {
  if (action.text.empty() && !call.text.empty())
    return invalid("/text", "is not taken by " + std::string(action.name));
  const bool parameter = action.name == "parameter" || action.name == "release-parameter";
  if (parameter && !parameter_from_name(call.text))
    return invalid("/text", "is not the name of a parameter, such as cutoff");
  if (action.name == "session" && call.text.empty() && !call.value)
    return invalid("/text", "is missing: a session's id, or a number as value");
  if (call.track && !parameter) return invalid("/track", "is not taken by " + std::string(action.name));
  if (call.track && (*call.track < 0 || *call.track > 127))
    return invalid("/track", "is not a number from 0 to 127");
  return std::nullopt;
}

}  // namespace

std::span<const ActionInfo> all_actions() { return actions; }

const ActionInfo* find_action(std::string_view name) {
  const auto found = std::ranges::find(actions, name, &ActionInfo::name);
  return found == actions.end() ? nullptr : &*found;
}

Result<const ActionInfo*> check_call(std::string_view name, const ActionCall& call) {
  const ActionInfo* action = find_action(name);
  if (action == nullptr)
    return Error{"unknown_action",
                 "there is no action \"" + std::string(name) + "\"; GET /api/v1/actions lists them",
                 {}};
  if (auto error = check_value(*action, call)) return *error;
  if (auto error = check_text(*action, call)) return *error;
  return action;
}

Result<ActionCall> action_call(const Json& json) {
  ActionCall call;
  if (!json.is_object()) return invalid("", "is not an object");
  for (const auto& [key, value] : json.items()) {
    if (key == "value" && value.is_number())
      call.value = value.get<double>();
    else if (key == "text" && value.is_string())
      call.text = value.get<std::string>();
    else if (key == "track" && value.is_number_integer())
      call.track = static_cast<int>(std::clamp<std::int64_t>(value.get<std::int64_t>(), -1, 128));
    else
      return invalid("/" + key, "can't be used; there are value (a number), text and track (a whole number)");
  }
  return call;
}

Json actions_json() {
  Json items = Json::array();
  for (const auto& action : actions) {
    Json item{{"name", action.name}, {"value", rule_of(action.value).name}, {"summary", action.summary}};
    item["text"] = action.text.empty() ? Json() : Json(action.text);
    items.push_back(std::move(item));
  }
  return items;
}

int macro_number(std::string_view action) {
  for (const std::string_view prefix : {"macro-", "release-"})
    if (action.starts_with(prefix) && action.size() == prefix.size() + 1) {
      const int number = action.back() - '0';
      if (number >= 1 && number <= 9) return number;
    }
  return 0;
}

}  // namespace doodled
