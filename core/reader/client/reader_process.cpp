#include "core/reader/client/reader_process.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/spawn.hpp"

namespace doodled::reader {
namespace {

constexpr int child_socket = 3;

// Beside the running program, as it is built, or in ../libexec/doodled, as it is installed.
std::filesystem::path program_of(const ReaderSettings& settings) {
  if (!settings.program.empty()) return settings.program;
  std::error_code ignored;
  const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  const auto beside = folder / "doodled-reader";
  if (std::filesystem::exists(beside, ignored)) return beside;
  return folder.parent_path() / "libexec/doodled/doodled-reader";
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
  std::vector<std::string> variables = child_environment();
  SpawnFiles files;
  files.hand_over(socket, child_socket);
  files.open(STDIN_FILENO, "/dev/null", O_RDONLY);
  files.open(STDOUT_FILENO, "/dev/null", O_WRONLY);
  files.close_from(child_socket + 1);
  const SpawnAttributes attributes;
  pid_t pid = -1;
  const int error = posix_spawn(&pid, program.c_str(), files.get(), attributes.get(),
                                c_pointers(texts).data(), c_pointers(variables).data());
  if (error)
    return Error{"reader_unavailable", "The reader " + program + " cannot be started: " +
                                           std::generic_category().message(error) + "."};
  return pid;
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
  return ending_of(status);
}

}  // namespace doodled::reader
