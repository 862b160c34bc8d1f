#include "core/reader/process/sandbox_check.hpp"

#include <cerrno>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace doodled::reader {
namespace {

bool was_refused(long result) { return result < 0 && errno == EPERM; }

bool fork_is_refused() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  return was_refused(child);
}

bool exec_is_refused() {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  return was_refused(execv(name, arguments));
}

bool executable_memory_is_refused() {
  const void* place =
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return place == MAP_FAILED && errno == EPERM;
}

bool more_descriptors_are_refused() {
  const rlimit many{64, 64};
  return was_refused(setrlimit(RLIMIT_NOFILE, &many));
}

}  // namespace

std::vector<Attempt> try_forbidden_things() {
  return {{"open a file to read", was_refused(open("/etc/passwd", O_RDONLY))},
          {"open a file to write", was_refused(open("/tmp/doodled-reader-check", O_WRONLY | O_CREAT, 0600))},
          {"remove a file", was_refused(unlink("/tmp/doodled-reader-check"))},
          {"open a network socket", was_refused(socket(AF_INET, SOCK_STREAM, 0))},
          {"open a local socket", was_refused(socket(AF_UNIX, SOCK_STREAM, 0))},
          {"start a process", fork_is_refused()},
          {"run a program", exec_is_refused()},
          {"signal another process", was_refused(kill(getppid(), 0))},
          {"trace another process", was_refused(ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr))},
          {"make memory executable", executable_memory_is_refused()},
          {"raise its limits", more_descriptors_are_refused()}};
}

}  // namespace doodled::reader
