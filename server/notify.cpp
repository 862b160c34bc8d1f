#include "server/notify.hpp"

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace doodled {
namespace {

void notify(std::string_view state) {
  const char* named = std::getenv("NOTIFY_SOCKET");
  const std::string_view path = named ? named : "";
  sockaddr_un address{};
  if (path.size() < 2 || path.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
  close(socket);
}

std::optional<long long> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (!text) return std::nullopt;
  long long number = 0;
  const char* const end = text + std::strlen(text);
  const auto read = std::from_chars(text, end, number);
  if (read.ec != std::errc{} || read.ptr != end || number <= 0) return std::nullopt;
  return number;
}

bool is_meant_for_me(const char* pid_variable) { return number_in(pid_variable) == getpid(); }

constexpr int first_passed_descriptor = 3;  // SD_LISTEN_FDS_START

}  // namespace

void notify_ready() { notify("READY=1"); }
void notify_stopping() { notify("STOPPING=1"); }
void notify_well() { notify("WATCHDOG=1"); }

std::optional<int> inherited_socket() {
  if (!is_meant_for_me("LISTEN_PID") || !number_in("LISTEN_FDS")) return std::nullopt;
  fcntl(first_passed_descriptor, F_SETFD, FD_CLOEXEC);
  return first_passed_descriptor;
}

std::optional<std::chrono::microseconds> watchdog_period() {
  const auto period = number_in("WATCHDOG_USEC");
  if (!period || (std::getenv("WATCHDOG_PID") && !is_meant_for_me("WATCHDOG_PID"))) return std::nullopt;
  return std::chrono::microseconds(*period);
}

}  // namespace doodled
