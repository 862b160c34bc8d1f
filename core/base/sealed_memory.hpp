// Bytes for another process to map, which nobody can change any more.
#pragma once
#include "core/base/descriptor.hpp"
#include "core/base/ids.hpp"

namespace doodled {

// Copies them. `name` is for people who look into /proc. Throws std::system_error.
Descriptor sealed_memory(const char* name, Bytes bytes);

}  // namespace doodled
