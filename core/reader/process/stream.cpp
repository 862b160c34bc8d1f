#include "core/reader/process/stream.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "core/base/descriptor.hpp"

namespace doodled::reader {
namespace {

[[noreturn]] void cannot_read() { throw std::runtime_error("cannot read from the socket"); }

// The descriptor in a message, if one is.
Descriptor descriptor_of(msghdr& message) {
  const cmsghdr* carried = CMSG_FIRSTHDR(&message);
  if (!carried || carried->cmsg_level != SOL_SOCKET || carried->cmsg_type != SCM_RIGHTS) return Descriptor();
  int number = -1;
  std::memcpy(&number, CMSG_DATA(carried), sizeof number);
  return Descriptor(number);
}

// Bytes received, with the descriptor that comes with the first; none at the end of the stream.
std::size_t receive_beginning(int socket, std::span<std::uint8_t> to, Descriptor& beside) {
  iovec piece{to.data(), to.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t got = 0;
  do got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got < 0) cannot_read();
  beside = descriptor_of(message);
  return static_cast<std::size_t>(got);
}

void read_exactly(int socket, void* to, std::size_t size) {
  auto* place = static_cast<char*>(to);
  while (size > 0) {
    const ssize_t got = read(socket, place, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) cannot_read();
    if (got == 0) throw std::runtime_error("the socket was closed within a message");
    place += got;
    size -= static_cast<std::size_t>(got);
  }
}

void send_all(int socket, const void* from, std::size_t size) {
  const auto* data = static_cast<const char*>(from);
  while (size > 0) {
    const ssize_t sent = send(socket, data, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) throw std::runtime_error("cannot write to the socket");
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
}

}  // namespace

std::optional<Question> receive_question(int socket, const FrameLimits& limits) {
  Descriptor memory;
  std::array<std::uint8_t, prefix_size> prefix{};
  const std::size_t begun = receive_beginning(socket, prefix, memory);
  if (begun == 0) return std::nullopt;
  read_exactly(socket, prefix.data() + begun, prefix.size() - begun);
  const FrameSizes sizes = parse_prefix(prefix, limits).value();
  std::string text(sizes.text, '\0');
  read_exactly(socket, text.data(), text.size());
  if (memory) return Question{std::move(text), ReceivedBytes(memory.get(), sizes.bytes)};
  std::vector<std::uint8_t> bytes(sizes.bytes);
  read_exactly(socket, bytes.data(), bytes.size());
  return Question{std::move(text), ReceivedBytes(std::move(bytes))};
}

void send_frame(int socket, std::string_view text, Bytes bytes) {
  const std::string head = frame_head(text, bytes.size());
  send_all(socket, head.data(), head.size());
  send_all(socket, bytes.data(), bytes.size());
}

}  // namespace doodled::reader
