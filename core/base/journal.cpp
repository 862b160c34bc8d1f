#include "core/base/journal.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "core/base/sealed_memory.hpp"

namespace doodled::log {
namespace {

constexpr std::size_t longest_name = 64;  // the journal drops fields with longer ones

// syslog(3)'s levels.
std::string_view priority_of(Level level) {
  constexpr std::string_view priorities[] = {"7", "6", "4", "3"};
  return priorities[static_cast<int>(level)];
}

std::string field_name(std::string_view key) {
  std::string name = "DOODLED_";
  for (const char c : key.substr(0, longest_name - name.size())) {
    const bool small = c >= 'a' && c <= 'z', plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += small ? static_cast<char>(c - 'a' + 'A') : plain ? c : '_';
  }
  return name;
}

// A value of several lines has its length before it: 64 bits, little endian.
void append_field(std::string& entry, std::string_view name, std::string_view value) {
  entry += name;
  if (value.find('\n') == std::string_view::npos) {
    entry += '=';
  } else {
    entry += '\n';
    for (int shift = 0; shift < 64; shift += 8)
      entry += static_cast<char>((static_cast<std::uint64_t>(value.size()) >> shift) & 0xff);
  }
  entry.append(value).append("\n");
}

bool send_message(int socket, const msghdr& message) {
  ssize_t sent = -1;
  do {
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

bool send_beside(int socket, msghdr message, std::string_view entry) try {
  const auto memory = sealed_memory("journal entry", as_bytes(entry));
  const int passed = memory.get();
  alignas(cmsghdr) char room[CMSG_SPACE(sizeof passed)] = {};
  message.msg_iovlen = 0;
  message.msg_control = room;
  message.msg_controllen = sizeof room;
  auto* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof passed);
  std::memcpy(CMSG_DATA(header), &passed, sizeof passed);
  return send_message(socket, message);
} catch (const std::system_error&) {
  return false;
}

}  // namespace

bool is_journal(std::string_view stream, int descriptor) {
  struct stat file {};
  return fstat(descriptor, &file) == 0 &&
         stream == std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino);
}

std::string journal_entry(Level level, std::string_view area, std::string_view line,
                          std::initializer_list<Field> fields) {
  std::string entry;
  append_field(entry, "PRIORITY", priority_of(level));
  append_field(entry, "SYSLOG_IDENTIFIER", "doodled");
  append_field(entry, "MESSAGE", line);
  append_field(entry, "DOODLED_AREA", area);
  for (const auto& [key, value] : fields) append_field(entry, field_name(key), value);
  return entry;
}

Journal::Journal(std::string path)
    : path_(std::move(path)), socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}

bool Journal::send(std::string_view entry) const {
  sockaddr_un address{};
  if (path_.size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  path_.copy(address.sun_path, path_.size());
  iovec bytes{const_cast<char*>(entry.data()), entry.size()};
  msghdr message{};
  message.msg_name = &address;
  message.msg_namelen = sizeof address;
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  if (send_message(socket_.get(), message)) return true;
  if (errno != EMSGSIZE && errno != ENOBUFS) return false;
  return send_beside(socket_.get(), message, entry);
}

}  // namespace doodled::log
