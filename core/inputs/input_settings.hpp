// A configured input: [[input]] of the settings file.
#pragma once
#include <string>

namespace doodled {

// Where an OSC input listens unless its settings say otherwise.
inline constexpr const char* osc_input_host = "127.0.0.1";
inline constexpr int osc_input_port = 9001;

struct InputSettings {
  std::string id;           // [a-z0-9_-]{1,32}
  std::string kind;         // 'midi' or 'osc'
  std::string json = "{}";  // midi: port or virtual, api; osc: host, port
};

}  // namespace doodled
