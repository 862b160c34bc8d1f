#include "drivers/osc/udp_sender.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/play/driver.hpp"

namespace doodled::osc_out {
namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Addresses look_up(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failure = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (failure != 0) throw DeviceError("host " + host + ": " + gai_strerror(failure));
  return {found, &freeaddrinfo};
}

}  // namespace

void UdpSender::open() {
  close();
  const auto addresses = look_up(host_, port_);
  int reason = 0;
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    socket_ = socket(address->ai_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ >= 0 && connect(socket_, address->ai_addr, address->ai_addrlen) == 0) return;
    reason = errno;
    close();
  }
  throw DeviceError("udp " + host_ + ": " + std::strerror(reason));
}

void UdpSender::close() noexcept {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

// ECONNREFUSED belongs to an earlier datagram and used up this call, so the datagram is sent once more.
void UdpSender::send(Bytes datagram) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (::send(socket_, datagram.data(), datagram.size(), MSG_NOSIGNAL) >= 0) return;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) return;
    if (errno != ECONNREFUSED && errno != EINTR)
      throw DeviceError("udp " + host_ + ": " + std::strerror(errno));
  }
}

std::string UdpSender::describe() const {
  const bool v6 = host_.find(':') != std::string::npos;
  return "udp " + (v6 ? "[" + host_ + "]" : host_) + ":" + std::to_string(port_);
}

}  // namespace doodled::osc_out
