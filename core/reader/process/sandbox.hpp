// Shuts the process in: whatever a picture makes it do, it can only compute, and talk on the socket it has.
#pragma once
#include <cstdint>

namespace doodled::reader {

struct SandboxLimits {
  std::int64_t memory_bytes = 0;  // of address space, libraries included
};

// Points stderr nowhere, closes every descriptor above `last_descriptor`, sets resource limits, and lets the
// kernel refuse (EPERM) all system calls but those that computing and `last_descriptor` need: no files,
// sockets, processes, signals to others, nor new executable memory. Holds for all threads, for good. Needs no
// privilege and works inside containers. Throws std::system_error when the kernel cannot do it.
void enter_sandbox(int last_descriptor, const SandboxLimits& limits);

// After enter_sandbox(): processor time from now on, past which the kernel ends the process (SIGXCPU).
void allow_cpu_seconds(int seconds);

}  // namespace doodled::reader
