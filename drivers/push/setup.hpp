// What has to be set for a Push, once, before doodled plays by it.
#pragma once
#include <span>

#include "core/play/driver.hpp"

namespace doodled::push {

std::span<const SetupStep> setup_steps();

}  // namespace doodled::push
