#include "server/privileges.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/descriptor.hpp"
#include "core/base/log.hpp"
#include "core/store/durable_files.hpp"
#include "server/places.hpp"

namespace doodled {
namespace {

constexpr int first_port_for_all = 1024;
constexpr int waiting_connections = 4096;
constexpr rlim_t realtime_priority = 50;  // the most that player and runners ask for is below

Error unusable(const char* setting, std::string message) {
  return {"invalid_settings", "the daemon can't give up root", {{setting, std::move(message)}}};
}

// The address in the form that the system wants; its size, or 0 for no address.
socklen_t fill(sockaddr_storage& into, const ListenAddress& listen) {
  auto& four = reinterpret_cast<sockaddr_in&>(into);
  auto& six = reinterpret_cast<sockaddr_in6&>(into);
  if (inet_pton(AF_INET, listen.address.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(listen.port);
    return sizeof four;
  }
  if (inet_pton(AF_INET6, listen.address.c_str(), &six.sin6_addr) != 1) return 0;
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(listen.port);
  return sizeof six;
}

// Stays open for the daemon's life.
Result<int> listening_socket(const ListenAddress& listen) {
  sockaddr_storage address{};
  const auto size = fill(address, listen);
  const int yes = 1, fd = ::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
      ::bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
      ::listen(fd, waiting_connections) == 0)
    return fd;
  const std::string reason = std::strerror(errno);
  const Descriptor unused(fd);
  return Error{"cannot_listen",
               "cannot listen on " + listen.address + ":" + std::to_string(listen.port) + ": " + reason};
}

// Of a port that only root may have; others the server opens itself.
Result<std::optional<int>> socket_of_root(const Settings& settings) {
  const auto listen = parse_listen(settings.server.listen);
  if (!listen) return listen.error();
  if (listen->port == 0 || listen->port >= first_port_for_all) return std::optional<int>();
  const auto socket = listening_socket(*listen);
  if (!socket) return socket.error();
  return std::optional<int>(*socket);
}

// With the parents that it lacks. Where one can't be given, the daemon can't use it, and that is looked at.
void make_for(const passwd& user, const std::filesystem::path& folder) {
  if (folder.empty() || std::filesystem::exists(folder)) return;
  make_for(user, folder.parent_path());
  store::make_directory(folder);
  [[maybe_unused]] const int given = ::chown(folder.c_str(), user.pw_uid, user.pw_gid);
}

// Real time may be refused: then the player tells that it runs without.
void allow_realtime() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_RTPRIO, &limit) != 0 || limit.rlim_cur >= realtime_priority) return;
  limit = {realtime_priority, std::max(limit.rlim_max, realtime_priority)};
  ::setrlimit(RLIMIT_RTPRIO, &limit);
}

// Its groups too: 'audio' has the sound devices. What can come back is not given up.
bool become(const passwd& user) {
  return ::initgroups(user.pw_name, user.pw_gid) == 0 && ::setgid(user.pw_gid) == 0 &&
         ::setuid(user.pw_uid) == 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::setuid(0) != 0;
}

// What an earlier daemon left there as root, too.
bool can_use(const std::filesystem::path& data_dir) {
  return ::access(data_dir.c_str(), R_OK | W_OK | X_OK) == 0 && !refused_place(data_dir);
}

Result<std::optional<int>> give_up_root(const Settings& settings, const passwd& user,
                                        std::optional<int> inherited) {
  const auto& name = settings.server.user;
  const auto& data_dir = settings.store.data_dir;
  auto socket = inherited ? Result<std::optional<int>>(inherited) : socket_of_root(settings);
  if (!socket) return socket;
  make_for(user, data_dir);
  allow_realtime();
  if (!become(user)) return unusable("server.user", "the system does not let it become " + name);
  if (!can_use(data_dir))
    return unusable("store.data_dir", data_dir.string() + ", or what is in it, may not be used by " + name +
                                          "; chown -R " + name + " gives it to that user");
  log::info("server", "root is given up", {{"user", name}});
  return socket;
}

}  // namespace

bool stays_root(const Settings& settings) {
  const auto& name = settings.server.user;
  const auto* user = name.empty() ? nullptr : ::getpwnam(name.c_str());
  return name.empty() || (user != nullptr && user->pw_uid == 0);
}

Result<std::optional<int>> drop_privileges(const Settings& settings, std::optional<int> inherited) {
  const auto& name = settings.server.user;
  const bool root = ::geteuid() == 0;
  if (root && stays_root(settings))
    log::warning("server", "runs as root, which it need not: name another user in server.user");
  if (name.empty()) return inherited;
  const auto* user = ::getpwnam(name.c_str());
  if (user == nullptr) return unusable("server.user", "there is no user \"" + name + "\"");
  if (user->pw_uid == ::geteuid()) return inherited;
  if (root) return give_up_root(settings, *user, inherited);
  log::warning("server", "only root can become the user of server.user; it stays who it is",
               {{"user", name}});
  return inherited;
}

}  // namespace doodled
