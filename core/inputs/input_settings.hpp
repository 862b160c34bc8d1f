// A configured input: [[input]] of the settings file.
#pragma once
#include <string>

namespace doodled {

struct InputSettings {
  std::string id;           // [a-z0-9_-]{1,32}
  std::string kind;         // 'midi' or 'osc'
  std::string json = "{}";  // midi: port or virtual, api; osc: host, port
};

}  // namespace doodled
