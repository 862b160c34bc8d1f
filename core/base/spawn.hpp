// What every program that doodled starts is started with. Throws std::system_error where the system has no
// memory left for it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <spawn.h>

namespace doodled {

// What the child's descriptors are. Paths and descriptors are used when the child starts.
class SpawnFiles {
 public:
  SpawnFiles();
  ~SpawnFiles();
  SpawnFiles(const SpawnFiles&) = delete;
  SpawnFiles& operator=(const SpawnFiles&) = delete;

  void open(int descriptor, const char* path, int flags, unsigned mode = 0);
  void hand_over(int from, int descriptor);
  void close_from(int descriptor);
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

// A process group of its own keeps Ctrl-C on the daemon's terminal away from the child; signals are at their
// defaults.
class SpawnAttributes {
 public:
  SpawnAttributes();
  ~SpawnAttributes();
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

// The daemon's environment may hold keys; a child gets only what programs need to start.
std::vector<std::string> child_environment();

// For argv and envp: null at the end. Points into `texts`.
std::vector<char*> c_pointers(std::vector<std::string>& texts);

// "exit code 3", "signal 9 (Killed)", for a status of waitpid().
std::string ending_of(int wait_status);

}  // namespace doodled
