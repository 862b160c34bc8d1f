#include "core/reader/client/reader_process.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace doodled::reader {
namespace {

constexpr int child_socket = 3;

void check(int error, const char* what) {
  if (error) throw std::system_error(error, std::generic_category(), what);
}

class FileActions {
 public:
  FileActions() { check(posix_spawn_file_actions_init(&actions_), "posix_spawn"); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  // Leaves the child stdin and stdout on nothing, our stderr, and `socket` as descriptor 3.
  void hand_over(int socket) {
    check(posix_spawn_file_actions_adddup2(&actions_, socket, child_socket), "posix_spawn");
    check(posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0), "posix_spawn");
    check(posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0),
          "posix_spawn");
    check(posix_spawn_file_actions_addclosefrom_np(&actions_, child_socket + 1), "posix_spawn");
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

// A process group of its own keeps Ctrl-C on the daemon's terminal away from the reader; signals are at their
// defaults.
class Attributes {
 public:
  Attributes() {
    check(posix_spawnattr_init(&attributes_), "posix_spawn");
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

// The daemon's environment may hold keys; the reader gets only what programs need to start.
std::vector<std::string> environment() {
  std::vector<std::string> kept{"LC_ALL=C"};
  for (const char* name : {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + "=" + value);
  }
  return kept;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::filesystem::path program_of(const ReaderSettings& settings) {
  if (!settings.program.empty()) return settings.program;
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "doodled-reader";
}

std::vector<std::string> arguments(const ReaderSettings& settings, const std::string& program) {
  return {program,
          "--socket-fd",
          std::to_string(child_socket),
          "--max-bytes",
          std::to_string(settings.max_bytes),
          "--memory-bytes",
          std::to_string(settings.memory_bytes),
          "--sandbox",
          settings.sandbox ? "on" : "off"};
}

Result<pid_t> spawn(const ReaderSettings& settings, int socket) {
  const std::string program = program_of(settings).string();
  std::vector<std::string> texts = arguments(settings, program);
  std::vector<std::string> variables = environment();
  FileActions actions;
  actions.hand_over(socket);
  const Attributes attributes;
  pid_t pid = -1;
  const int error = posix_spawn(&pid, program.c_str(), actions.get(), attributes.get(),
                                pointers(texts).data(), pointers(variables).data());
  if (error)
    return Error{"reader_unavailable", "The reader " + program + " cannot be started: " +
                                           std::generic_category().message(error) + "."};
  return pid;
}

std::string ending(int status) {
  if (WIFSIGNALED(status))
    return "signal " + std::to_string(WTERMSIG(status)) + " (" + sigdescr_np(WTERMSIG(status)) + ")";
  return "exit code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

Result<ReaderProcess> ReaderProcess::start(const ReaderSettings& settings) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
    return Error{"reader_unavailable",
                 "No socket for the reader: " + std::generic_category().message(errno) + "."};
  const auto pid = spawn(settings, ends[1]);
  close(ends[1]);
  if (!pid) {
    close(ends[0]);
    return pid.error();
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return ReaderProcess(*pid, ends[0]);
}

ReaderProcess::ReaderProcess(ReaderProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      socket_(std::exchange(other.socket_, -1)),
      pictures_(other.pictures_) {}

ReaderProcess& ReaderProcess::operator=(ReaderProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(socket_, other.socket_);
  std::swap(pictures_, other.pictures_);
  return *this;
}

ReaderProcess::~ReaderProcess() { end(); }

bool ReaderProcess::is_waiting() const {
  char byte = 0;
  return recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

std::int64_t ReaderProcess::resident_bytes() const {
  std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
  std::int64_t all = 0, resident = 0;
  statm >> all >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

std::string ReaderProcess::end() {
  if (pid_ < 0) return "";
  close(std::exchange(socket_, -1));
  // A process that has ended by itself keeps its own status; the signal then does nothing.
  kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return ending(status);
}

}  // namespace doodled::reader
