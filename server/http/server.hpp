// The HTTP/1.1 and WebSocket server: one I/O thread, one coroutine a connection, a few threads for handlers.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "server/http/router.hpp"
#include "server/http/web_socket.hpp"

namespace doodled::http {

struct ServerOptions {
  std::string address = "127.0.0.1";    // an IP literal
  std::uint16_t port = 8080;            // 0 takes any free one
  std::optional<int> listening_socket;  // one that listens already, taken over; then no address or port
  std::size_t max_body = std::size_t{64} << 20;  // bytes; no route may take more
  std::size_t max_bodies = std::size_t{256}
                           << 20;                  // bytes of bodies being received, all connections together
  std::size_t max_header = std::size_t{16} << 10;  // bytes of request line and header fields
  int max_connections = 12000;
  int handler_threads = 4;  // two of them may be rendering sound
  std::chrono::milliseconds header_timeout{10'000};  // from the first byte to the end of the header
  std::chrono::milliseconds body_timeout{30'000};    // without a byte arriving or leaving
  std::chrono::milliseconds idle_timeout{60'000};    // between two requests
  std::chrono::milliseconds ping_interval{
      25'000};  // WebSocket: silence before a ping, and again before giving up
  std::chrono::milliseconds stop_grace{5'000};  // for requests under way when the server is stopped
  // Host names (no port) that are allowed beside the loopback names and the address a connection came in on.
  std::vector<std::string> allowed_hosts;
  // Origins ("https://studio.example") that may change things beside the server's own.
  std::vector<std::string> allowed_origins;
  std::string content_security_policy;  // empty takes the default
  bool log_requests = true;
};

// What is told about each finished request. Runs on the I/O thread.
struct RequestReport {
  const Request& request;
  std::string_view pattern;  // of the route; empty where none was found
  int status;
  std::chrono::microseconds duration;
  std::uint64_t bytes;  // of the answer's body
};

struct ServerHooks {
  // Asked on a pool thread before each handler: an answer refuses the request.
  std::function<std::optional<Response>(const Request&, const Route&)> guard;
  // Asked on a pool thread what to answer when a handler threw something else than ErrorException; without an
  // answer it is a 500 whose reason is in the log only.
  std::function<std::optional<Response>(const std::exception&)> explain;
  std::function<void(const RequestReport&)> finished;
};

class HttpServer {
 public:
  // Opens nothing yet. `clock` outlives the server.
  HttpServer(ServerOptions options, Router router, std::vector<WebSocketRoute> sockets, const Clock& clock,
             ServerHooks hooks = {});
  ~HttpServer();  // stops

  // Listens and serves on own threads. Code: cannot_listen.
  Result<void> start();
  // The real port, after start().
  std::uint16_t port() const;
  // "127.0.0.1:8080", "[::1]:8080"
  std::string address() const;
  int connections() const;
  // Whether both the I/O thread and the handlers' threads come to new work in this time. After start(),
  // before stop().
  bool answers(std::chrono::microseconds within) const;
  // Takes no more connections, lets requests under way finish within stop_grace, closes WebSockets with
  // going_away, and returns when all threads have ended. Idempotent; not from a handler or a hook.
  void stop();

 private:
  class Running;
  std::unique_ptr<Running> running_;
};

}  // namespace doodled::http
