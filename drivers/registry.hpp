// Every kind of driver there is.
#pragma once
#include <span>

#include "core/play/driver.hpp"

namespace doodled {

std::span<const DriverPlugin* const> all_drivers();

}  // namespace doodled
