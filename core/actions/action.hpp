// The actions that hands can ask for: one table for MIDI in, OSC in, HTTP, surfaces and the page.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace doodled {

// What a call's `value` is. A button that sends 0 when it is let go is not pressed by that.
enum class ActionValue : std::uint8_t {
  none,    // a button
  unit,    // 0..1, needed
  tempo,   // quarter notes a minute, needed
  step,    // quarter notes a minute more or less, -100..100, needed
  number,  // a whole number, optional
};

struct ActionInfo {
  std::string_view name;
  ActionValue value = ActionValue::none;
  std::string_view text;  // what the call's text says, or empty when it takes none
  std::string_view summary;
  bool slow = false;  // uses the disk or makes music; runs on the actions' own thread when posted
};

std::span<const ActionInfo> all_actions();
const ActionInfo* find_action(std::string_view name);

struct ActionCall {
  std::optional<double> value;
  std::string text;
  std::optional<int> track;  // from 0; `parameter` only
};

// The call, when value and text are what the action takes. Errors: 'unknown_action', 'invalid_action' with
// the pointer of the field.
Result<const ActionInfo*> check_call(std::string_view name, const ActionCall& call);
// {"value": 0.5, "text": "...", "track": 0}, everything optional. Error: 'invalid_action'.
Result<ActionCall> action_call(const Json& json);

// [{"name", "value", "text", "summary"}]
Json actions_json();

// 1..9 of 'macro-1' and 'release-1'; 0 for other names.
int macro_number(std::string_view action);

}  // namespace doodled
