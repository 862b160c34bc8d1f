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

bool a_higher_limit_is_refused(__rlimit_resource resource) {
  const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
  return was_refused(setrlimit(resource, &more));
}

void* memory(std::size_t bytes) {
  return mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

bool memory_beyond_the_limit_is_refused(std::size_t limit) {
  return memory(limit) == MAP_FAILED && errno == ENOMEM;
}

// Little by little, as a picture that unpacks without end would.
bool memory_without_end_is_refused(std::size_t limit) {
  constexpr std::size_t piece = std::size_t{4} << 20;
  std::vector<void*> taken;
  taken.reserve(limit / piece + 1);
  void* next = memory(piece);
  for (; next != MAP_FAILED && taken.size() < limit / piece; next = memory(piece)) taken.push_back(next);
  const bool refused = next == MAP_FAILED && errno == ENOMEM;
  for (void* one : taken) munmap(one, piece);
  return refused;
}

}  // namespace

std::vector<Attempt> try_forbidden_things(const SandboxLimits& limits) {
  const auto memory_limit = static_cast<std::size_t>(limits.memory_bytes);
  return {{"open a file to read", was_refused(open("/etc/passwd", O_RDONLY))},
          {"open a file to write", was_refused(open("/tmp/doodled-reader-check", O_WRONLY | O_CREAT, 0600))},
          {"list a folder", was_refused(open("/", O_RDONLY | O_DIRECTORY))},
          {"remove a file", was_refused(unlink("/tmp/doodled-reader-check"))},
          {"open a network socket", was_refused(socket(AF_INET, SOCK_STREAM, 0))},
          {"open a local socket", was_refused(socket(AF_UNIX, SOCK_STREAM, 0))},
          {"start a process", fork_is_refused()},
          {"run a program", exec_is_refused()},
          {"signal another process", was_refused(kill(getppid(), 0))},
          {"trace another process", was_refused(ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr))},
          {"make memory executable", executable_memory_is_refused()},
          {"have another descriptor", was_refused(dup(STDOUT_FILENO))},
          {"map memory beyond its limit", memory_beyond_the_limit_is_refused(memory_limit)},
          {"take memory without end", memory_without_end_is_refused(memory_limit)},
          {"raise its limit of memory", a_higher_limit_is_refused(RLIMIT_AS)},
          {"raise its limit of descriptors", a_higher_limit_is_refused(RLIMIT_NOFILE)}};
}

}  // namespace doodled::reader
