// A device that accepts everything and makes no sound; for demonstrations and measurements.
#pragma once
#include "core/play/driver.hpp"

namespace doodled {

extern const DriverPlugin null_plugin;

}  // namespace doodled
