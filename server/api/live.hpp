// The live socket: strokes in, readings and sessions out. server/README.md has its protocol.
#pragma once
#include <string>

#include "core/base/clock.hpp"
#include "core/live/room.hpp"
#include "server/http/web_socket.hpp"

namespace doodled::api {

class LiveSocket {
 public:
  // Both outlive the server.
  LiveSocket(live::Room& room, const Clock& clock) : room_(room), clock_(clock) {}
  // Give it to the HttpServer.
  http::WebSocketRoute route(std::string path) const;

 private:
  live::Room& room_;
  const Clock& clock_;
};

}  // namespace doodled::api
