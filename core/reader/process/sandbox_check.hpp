// Tries from inside what the sandbox must refuse.
#pragma once
#include <string>
#include <vector>

#include "core/reader/process/sandbox.hpp"

namespace doodled::reader {

struct Attempt {
  std::string what;
  bool refused = false;
};

// Call after enter_sandbox() with these limits; `memory_bytes` is not 0.
std::vector<Attempt> try_forbidden_things(const SandboxLimits& limits);

}  // namespace doodled::reader
