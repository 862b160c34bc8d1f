// An input that is open for as long as the program runs: a MIDI port that is found again when it comes back,
// or a UDP port for OSC. What comes in is handed on as it came.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/inputs/input_settings.hpp"

namespace doodled {

struct ListenerState {
  std::string id, kind;
  bool ready = false;
  std::string detail;          // where it listens, or why it does not
  std::uint64_t messages = 0;  // MIDI messages or datagrams
};

class Listener {
 public:
  // Nothing is received any more once it has returned.
  virtual ~Listener() = default;
  virtual ListenerState state() const = 0;
};

// On the listener's own thread or the sound system's; must be quick and not throw.
using Received = std::function<void(Bytes)>;

// Errors: 'invalid_input' with the key as pointer. A port that is not there is no error but a state.
Result<std::unique_ptr<Listener>> listen_to(const InputSettings& settings, Received received);

}  // namespace doodled
