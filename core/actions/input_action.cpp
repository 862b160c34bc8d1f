#include "core/actions/input_action.hpp"

#include <algorithm>

namespace doodled {
namespace {

using Kind = DeviceInput::Kind;

InputAction plain(const char* name) { return {name, {}}; }
InputAction with_value(std::string name, double value) {
  return {std::move(name), {value, {}, std::nullopt}};
}

// Of the kinds that are a macro's.
std::optional<InputAction> macro_action(const DeviceInput& input,
                                        const std::function<double(int)>& macro_value) {
  const int number = input.number;
  if (number < 1 || number > 9) return std::nullopt;
  const auto digit = std::to_string(number);
  const double value = static_cast<double>(input.value);
  if (input.kind == Kind::macro) return with_value("macro-" + digit, std::clamp(value, 0.0, 1.0));
  if (input.kind == Kind::macro_turn)
    return with_value("macro-" + digit, std::clamp(macro_value(number) + value, 0.0, 1.0));
  if (input.kind == Kind::macro_release) return InputAction{"release-" + digit, {}};
  return std::nullopt;
}

}  // namespace

std::optional<InputAction> action_of(const DeviceInput& input,
                                     const std::function<double(int)>& macro_value) {
  switch (input.kind) {
    case Kind::play:
      return plain("play");
    case Kind::stop:
      return plain("stop");
    case Kind::variation:
      return plain("variation");
    case Kind::keep:
      return plain("keep");
    case Kind::undo:
      return plain("back");
    case Kind::panic:
      return plain("panic");
    case Kind::previous:
      return plain("previous");
    case Kind::next:
      return plain("next");
    case Kind::program:
      return with_value("session", input.number);
    case Kind::tempo_turn:
      return with_value("nudge", static_cast<double>(input.value));
    default:
      return macro_action(input, macro_value);
  }
}

}  // namespace doodled
