#include "core/reader/process/stream.hpp"

#include <cerrno>
#include <stdexcept>

#include <sys/socket.h>
#include <unistd.h>

namespace doodled::reader {
namespace {

// Bytes read; fewer than asked for only at the end of the stream.
std::size_t read_up_to(int socket, void* to, std::size_t size) {
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got = read(socket, static_cast<char*>(to) + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::runtime_error("cannot read from the socket");
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  return have;
}

void read_exactly(int socket, void* to, std::size_t size) {
  if (read_up_to(socket, to, size) != size)
    throw std::runtime_error("the socket was closed within a message");
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

std::optional<Frame> receive_frame(int socket, const FrameLimits& limits) {
  std::array<std::uint8_t, prefix_size> prefix{};
  const std::size_t have = read_up_to(socket, prefix.data(), prefix.size());
  if (have == 0) return std::nullopt;
  if (have < prefix.size()) throw std::runtime_error("the socket was closed within a message");
  const FrameSizes sizes = parse_prefix(prefix, limits).value();
  Frame frame{std::string(sizes.text, '\0'), std::vector<std::uint8_t>(sizes.bytes)};
  read_exactly(socket, frame.text.data(), frame.text.size());
  read_exactly(socket, frame.bytes.data(), frame.bytes.size());
  return frame;
}

void send_frame(int socket, std::string_view text, Bytes bytes) {
  const std::string head = frame_head(text, bytes.size());
  send_all(socket, head.data(), head.size());
  send_all(socket, bytes.data(), bytes.size());
}

}  // namespace doodled::reader
