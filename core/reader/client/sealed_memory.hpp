// Bytes for another process to map, which nobody can change any more.
#pragma once
#include "core/base/descriptor.hpp"
#include "core/base/ids.hpp"

namespace doodled::reader {

// Copies them. Throws std::system_error.
Descriptor sealed_memory(Bytes bytes);

}  // namespace doodled::reader
