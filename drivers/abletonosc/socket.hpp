// AbletonOSC's two ports: it takes messages on one of its own and answers to a fixed one of the sender's
// machine.
#pragma once
#include <string>
#include <vector>

#include "core/base/ids.hpp"

namespace doodled::ableton_osc {

class Socket {
 public:
  Socket(std::string host, int port, int reply_port)
      : host_(std::move(host)), port_(port), reply_port_(reply_port) {}
  ~Socket() { close(); }
  Socket(const Socket&) = delete;

  // Looks the host up, which may take as long as the resolver does. Throws DeviceError. Where the reply port
  // is taken, nothing is heard, and complaint() says so.
  void open();
  void close() noexcept;
  // Never waits; nobody listening is no failure. Throws DeviceError when the network has gone.
  void send(Bytes datagram);
  // The next datagram that came from the host, at most largest_heard bytes of it; empty when there is none.
  // Never waits.
  std::vector<std::uint8_t> receive() noexcept;
  const std::string& complaint() const { return complaint_; }
  std::string describe() const { return "udp " + host_ + ":" + std::to_string(port_); }

  static constexpr std::size_t largest_heard = 65'536;

 private:
  const std::string host_;
  const int port_, reply_port_;
  int socket_ = -1;
  std::string complaint_;
  std::vector<std::uint8_t> target_;  // a sockaddr_in
  std::vector<std::uint8_t> buffer_;
};

}  // namespace doodled::ableton_osc
