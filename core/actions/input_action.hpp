// What is done at a device, as an action. Pure.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "core/actions/action.hpp"
#include "core/play/device_input.hpp"

namespace doodled {

struct InputAction {
  std::string name;
  ActionCall call;
};

// `macro_value` says where macro 1..9 stands now: an encoder without ends moves it from there. Nothing for an
// input that means nothing by itself: a message, a pad, a finger that only touches.
std::optional<InputAction> action_of(const DeviceInput& input,
                                     const std::function<double(int number)>& macro_value);

}  // namespace doodled
