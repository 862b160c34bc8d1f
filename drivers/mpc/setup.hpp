// What has to be set on an MPC, once, before doodled plays it.
#pragma once
#include <span>

#include "core/play/driver.hpp"

namespace doodled::mpc {

std::span<const SetupStep> setup_steps();

}  // namespace doodled::mpc
