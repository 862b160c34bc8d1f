// How the daemon keeps its reader.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>

#include "core/image/decode_limits.hpp"

namespace doodled {

struct ReaderSettings {
  // Empty: doodled-reader beside the running program or in ../libexec/doodled.
  std::filesystem::path program = {};
  std::chrono::milliseconds timeout{20'000};        // for one picture, once the reader is up
  std::chrono::milliseconds start_timeout{10'000};  // for a new process to greet
  std::int64_t max_bytes = 40'000'000;              // of a picture file
  DecodeLimits limits = {};
  std::int64_t memory_bytes = std::int64_t{1} << 30;  // address space of a reader process; 0 for no limit
  std::int64_t keep_resident_bytes = 160'000'000;     // a process that holds more after a picture is replaced
  int keep_pictures = 2'000;                          // so is one that has read so many
  std::chrono::seconds idle{60};                      // without work for so long, a process is ended
  int processes = 2;                                  // at once, 1..8
  bool sandbox = true;
};

}  // namespace doodled
