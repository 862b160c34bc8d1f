#pragma once
#include "drivers/input/listener.hpp"

namespace doodled {

// `host` is the IP literal to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 or :: for every network.
std::unique_ptr<Listener> listen_to_udp(std::string id, std::string host, int port, Received received);

}  // namespace doodled
