// Sends datagrams to one address and never waits.
#pragma once
#include <string>

#include "core/base/ids.hpp"

namespace doodled::osc_out {

class UdpSender {
 public:
  UdpSender(std::string host, int port) : host_(std::move(host)), port_(port) {}
  ~UdpSender() { close(); }
  UdpSender(const UdpSender&) = delete;

  // Looks the host up, which may take as long as the resolver does. Throws DeviceError.
  void open();
  void close() noexcept;
  // Nobody listening and a full buffer are no failures: UDP promises nothing. Throws DeviceError when the
  // network has gone.
  void send(Bytes datagram);
  std::string describe() const;

 private:
  const std::string host_;
  const int port_;
  int socket_ = -1;
};

}  // namespace doodled::osc_out
