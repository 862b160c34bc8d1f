#include "drivers/abletonosc/socket.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/play/driver.hpp"

namespace doodled::ableton_osc {
namespace {

// AbletonOSC listens on IPv4.
sockaddr_in look_up(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failure = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (failure != 0) throw DeviceError("host " + host + ": " + gai_strerror(failure));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  sockaddr_in address{};
  std::memcpy(&address, found->ai_addr, sizeof address);
  return address;
}

bool is_loopback(const sockaddr_in& address) { return ntohl(address.sin_addr.s_addr) >> 24 == 127; }

sockaddr_in listening_address(const sockaddr_in& target, int port) {
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(is_loopback(target) ? INADDR_LOOPBACK : INADDR_ANY);
  here.sin_port = htons(static_cast<std::uint16_t>(port));
  return here;
}

}  // namespace

void Socket::open() {
  close();
  complaint_.clear();
  const auto target = look_up(host_, port_);
  socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) throw DeviceError("udp " + host_ + ": " + std::strerror(errno));
  const auto here = listening_address(target, reply_port_);
  if (bind(socket_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0)
    complaint_ = "no answers: udp port " + std::to_string(reply_port_) + ": " + std::strerror(errno);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&target);
  target_.assign(bytes, bytes + sizeof target);
}

void Socket::close() noexcept {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Socket::send(Bytes datagram) {
  const auto* target = reinterpret_cast<const sockaddr*>(target_.data());
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (sendto(socket_, datagram.data(), datagram.size(), MSG_NOSIGNAL, target, sizeof(sockaddr_in)) >= 0)
      return;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) return;
    if (errno != ECONNREFUSED && errno != EINTR)
      throw DeviceError("udp " + host_ + ": " + std::strerror(errno));
  }
}

std::vector<std::uint8_t> Socket::receive() noexcept {
  if (socket_ < 0) return {};
  buffer_.resize(largest_heard);
  for (;;) {
    sockaddr_in from{};
    socklen_t length = sizeof from;
    const auto size =
        recvfrom(socket_, buffer_.data(), buffer_.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return {};
    sockaddr_in target{};
    std::memcpy(&target, target_.data(), sizeof target);
    if (from.sin_addr.s_addr != target.sin_addr.s_addr) continue;
    return {buffer_.begin(), buffer_.begin() + size};
  }
}

}  // namespace doodled::ableton_osc
