#include "core/reader/client/conversation.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "core/base/sealed_memory.hpp"

namespace doodled::reader {
namespace {

Error closed() { return {"reader_crashed", "The reader ended while it read the picture."}; }

// A socket carries them in many small pieces, each a turn of both processes.
constexpr std::size_t many_bytes = 128 * 1024;

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

StopSignal::StopSignal(const std::stop_token& stop)
    : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), callback_(stop, Ring{&event_}) {
  if (!event_) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void StopSignal::Ring::operator()() const noexcept { eventfd_write(event->get(), 1); }

Conversation::Conversation(int socket, const StopSignal& stop, Nanoseconds timeout, const Clock& clock)
    : socket_(socket), stop_(stop.descriptor()), deadline_(clock.now() + timeout), clock_(clock) {}

Result<void> Conversation::wait_for(short events) {
  pollfd watched[2] = {{socket_, events, 0}, {stop_, POLLIN, 0}};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - clock_.now()).count();
  const int ready = left <= 0 ? 0 : poll(watched, 2, static_cast<int>(std::min<std::int64_t>(left, 1 << 30)));
  if (ready < 0 && errno == EINTR) return {};
  if (ready < 0) throw std::system_error(errno, std::generic_category(), "poll");
  if (watched[1].revents) return Error{"cancelled", "Reading the picture was cancelled."};
  if (ready == 0) return Error{"reader_timed_out", "Reading the picture took longer than allowed."};
  return {};
}

Result<void> Conversation::send_all(const void* from, std::size_t size) {
  const auto* data = static_cast<const char*>(from);
  while (size > 0) {
    const ssize_t sent = ::send(socket_, data, size, MSG_NOSIGNAL);
    if (sent > 0) {
      data += sent;
      size -= static_cast<std::size_t>(sent);
    } else if (sent < 0 && would_block()) {
      if (const auto waited = wait_for(POLLOUT); !waited) return waited;
    } else if (sent < 0 && errno != EINTR) {
      return closed();
    }
  }
  return {};
}

Result<void> Conversation::receive_all(void* to, std::size_t size) {
  auto* place = static_cast<char*>(to);
  while (size > 0) {
    const ssize_t got = recv(socket_, place, size, 0);
    if (got > 0) {
      place += got;
      size -= static_cast<std::size_t>(got);
    } else if (got < 0 && would_block()) {
      if (const auto waited = wait_for(POLLIN); !waited) return waited;
    } else if (got == 0 || errno != EINTR) {
      return closed();
    }
  }
  return {};
}

// The head is far smaller than the socket's buffer, which is empty, so it goes at once.
Result<void> Conversation::send_beside(int descriptor, std::string_view head) {
  iovec piece{const_cast<char*>(head.data()), head.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptor)] = {};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* carried = CMSG_FIRSTHDR(&message);
  carried->cmsg_level = SOL_SOCKET;
  carried->cmsg_type = SCM_RIGHTS;
  carried->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(carried), &descriptor, sizeof descriptor);
  const ssize_t sent = sendmsg(socket_, &message, MSG_NOSIGNAL);
  if (sent < 0) return closed();
  return send_all(head.data() + sent, head.size() - static_cast<std::size_t>(sent));
}

Result<void> Conversation::send(std::string_view text, Bytes bytes) {
  const std::string head = frame_head(text, bytes.size());
  if (bytes.size() >= many_bytes) return send_beside(sealed_memory("picture", bytes).get(), head);
  if (const auto sent = send_all(head.data(), head.size()); !sent) return sent;
  return send_all(bytes.data(), bytes.size());
}

Result<Frame> Conversation::receive(const FrameLimits& limits) {
  std::array<std::uint8_t, prefix_size> prefix{};
  if (const auto got = receive_all(prefix.data(), prefix.size()); !got) return got.error();
  const auto sizes = parse_prefix(prefix, limits);
  if (!sizes) return sizes.error();
  Frame frame{std::string(sizes->text, '\0'), std::vector<std::uint8_t>(sizes->bytes)};
  if (const auto got = receive_all(frame.text.data(), frame.text.size()); !got) return got.error();
  if (const auto got = receive_all(frame.bytes.data(), frame.bytes.size()); !got) return got.error();
  return frame;
}

}  // namespace doodled::reader
