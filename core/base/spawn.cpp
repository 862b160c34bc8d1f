#include "core/base/spawn.hpp"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include <sys/wait.h>

namespace doodled {
namespace {

void check(int error) {
  if (error) throw std::system_error(error, std::generic_category(), "posix_spawn");
}

}  // namespace

SpawnFiles::SpawnFiles() { check(posix_spawn_file_actions_init(&actions_)); }
SpawnFiles::~SpawnFiles() { posix_spawn_file_actions_destroy(&actions_); }

void SpawnFiles::open(int descriptor, const char* path, int flags, unsigned mode) {
  check(posix_spawn_file_actions_addopen(&actions_, descriptor, path, flags, mode));
}

void SpawnFiles::hand_over(int from, int descriptor) {
  check(posix_spawn_file_actions_adddup2(&actions_, from, descriptor));
}

void SpawnFiles::close_from(int descriptor) {
  check(posix_spawn_file_actions_addclosefrom_np(&actions_, descriptor));
}

SpawnAttributes::SpawnAttributes() {
  check(posix_spawnattr_init(&attributes_));
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes_, &none);
  posix_spawnattr_setsigdefault(&attributes_, &all);
  posix_spawnattr_setpgroup(&attributes_, 0);
  posix_spawnattr_setflags(&attributes_,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

SpawnAttributes::~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }

std::vector<std::string> child_environment() {
  std::vector<std::string> kept{"LC_ALL=C"};
  for (const char* name : {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + "=" + value);
  return kept;
}

std::vector<char*> c_pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::string ending_of(int wait_status) {
  if (WIFSIGNALED(wait_status))
    return "signal " + std::to_string(WTERMSIG(wait_status)) + " (" + sigdescr_np(WTERMSIG(wait_status)) +
           ")";
  return "exit code " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace doodled
