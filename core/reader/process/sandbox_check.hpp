// Tries from inside what the sandbox must refuse.
#pragma once
#include <string>
#include <vector>

namespace doodled::reader {

struct Attempt {
  std::string what;
  bool refused = false;
};

// Call after enter_sandbox().
std::vector<Attempt> try_forbidden_things();

}  // namespace doodled::reader
