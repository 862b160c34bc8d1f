// A program of the system, run to its end with limits.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace doodled {

struct Program {
  std::vector<std::string> arguments;  // the first is the program: a path, or a name that PATH knows
  std::string package;                 // the Debian package that has it, for the error
  std::filesystem::path directory;     // an existing folder of its own: what it prints goes to 'output' there
  std::chrono::milliseconds timeout{60'000};
  std::int64_t memory_bytes = std::int64_t{2} << 30;  // address space
  std::int64_t file_bytes = std::int64_t{2} << 30;    // of each file that it writes
};

// Waits for its end; kills it and all it started at the time-out or when `stop` is asked for. Its input is
// empty and its environment holds nothing of ours. Thread-safe. Errors: 'program_missing' (names the
// package), 'program_failed' (with its last words), 'program_timeout', 'cancelled'.
Result<void> run_program(const Program& program, const std::stop_token& stop = {});

// A folder that is removed with all in it.
class ScratchDirectory {
 public:
  // In `parent`, which exists. Throws std::system_error.
  explicit ScratchDirectory(const std::filesystem::path& parent);
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace doodled
