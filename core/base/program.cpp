#include "core/base/program.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/descriptor.hpp"
#include "core/base/spawn.hpp"

namespace doodled {
namespace {

constexpr std::size_t most_last_words = 500;

Descriptor opened(int number) {
  if (number < 0) throw std::system_error(errno, std::generic_category(), "a descriptor");
  return Descriptor(number);
}

std::string environment_path() {
  const char* path = std::getenv("PATH");
  return std::string("PATH=") + (path ? path : "/usr/local/bin:/usr/bin:/bin");
}

void limit(pid_t pid, int resource, std::int64_t most) {
  const rlimit value{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  prlimit(pid, static_cast<__rlimit_resource>(resource), &value, nullptr);
}

std::string last_words(const std::filesystem::path& output) {
  std::ifstream stream(output, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.pop_back();
  return text.size() > most_last_words ? text.substr(text.size() - most_last_words) : text;
}

Error missing(const Program& program) {
  const std::string& name = program.arguments.front();
  return {"program_missing", "this needs the program " + name + ": apt install " + program.package, {}};
}

Result<pid_t> spawn(const Program& program) {
  auto arguments = program.arguments;
  auto environment = child_environment();
  environment.push_back(environment_path());
  environment.push_back("HOME=" + program.directory.string());
  const std::string output = (program.directory / "output").string();
  SpawnFiles files;
  files.open(STDIN_FILENO, "/dev/null", O_RDONLY);
  files.open(STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  files.hand_over(STDOUT_FILENO, STDERR_FILENO);
  files.close_from(STDERR_FILENO + 1);
  const SpawnAttributes attributes;
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, arguments.front().c_str(), files.get(), attributes.get(),
                                 c_pointers(arguments).data(), c_pointers(environment).data());
  if (error == ENOENT) return missing(program);
  if (error)
    return Error{"program_failed",
                 arguments.front() + " can't be started: " + std::generic_category().message(error),
                 {}};
  limit(pid, RLIMIT_AS, program.memory_bytes);
  limit(pid, RLIMIT_FSIZE, program.file_bytes);
  limit(pid, RLIMIT_CORE, 0);
  return pid;
}

enum class Outcome { ended, timed_out, stopped };

// Until the program has ended, the time is over or somebody wants it stopped.
Outcome wait_for(pid_t pid, std::chrono::milliseconds timeout, const std::stop_token& stop) {
  const auto process = opened(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  const auto bell = opened(eventfd(0, EFD_CLOEXEC));
  const std::stop_callback ring(stop, [&] { eventfd_write(bell.get(), 1); });
  const auto end = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) return Outcome::timed_out;
    pollfd watched[] = {{process.get(), POLLIN, 0}, {bell.get(), POLLIN, 0}};
    if (poll(watched, 2, static_cast<int>(left)) < 0 && errno != EINTR) return Outcome::stopped;
    if (watched[0].revents) return Outcome::ended;
    if (watched[1].revents) return Outcome::stopped;
  }
}

void kill_all_of(pid_t pid) { kill(-pid, SIGKILL); }

int reap(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

Result<void> run_program(const Program& program, const std::stop_token& stop) {
  const auto pid = spawn(program);
  if (!pid) return pid.error();
  Outcome outcome = Outcome::stopped;
  try {
    outcome = wait_for(*pid, program.timeout, stop);
  } catch (const std::system_error&) {  // no descriptor left: nothing can be waited for
    kill_all_of(*pid);
    reap(*pid);
    throw;
  }
  if (outcome != Outcome::ended) kill_all_of(*pid);
  const int status = reap(*pid);
  const std::string& name = program.arguments.front();
  if (outcome == Outcome::stopped) return Error{"cancelled", name + " was stopped", {}};
  if (outcome == Outcome::timed_out)
    return Error{"program_timeout",
                 name + " took longer than " + std::to_string(program.timeout.count() / 1000) + " s",
                 {}};
  if (status == 0) return {};
  return Error{"program_failed",
               name + " ended with " + ending_of(status) + ": " + last_words(program.directory / "output"),
               {}};
}

ScratchDirectory::ScratchDirectory(const std::filesystem::path& parent) {
  std::string name = (parent / "scratch-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
  path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace doodled
