// The HTTP/1.1 and WebSocket server: I/O threads, one coroutine a connection, a few threads for handlers.
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
#include "server/http/tls.hpp"
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
  int max_connections_each = 100;  // of one client
  // Who counts as one client, by its address (an IP literal); empty: not counted. Without it nobody is.
  std::function<std::string(const std::string& address)> client_of;
  int io_threads = 2;             // with TLS, whose streams can't move, it is one
  int connections_together = 64;  // on the first I/O thread before another gets one
  int handler_threads = 12;  // most of them wait for one commit of the store, which they share; two may be
                             // rendering sound
  std::chrono::milliseconds header_timeout{10'000};  // from the first byte to the end of the header
  std::chrono::milliseconds body_timeout{30'000};    // without a byte; twice it, then 8 KB a second
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
  std::optional<TlsFiles> tls;   // who begins with a TLS greeting is answered in TLS, others in clear text
  std::size_t max_fields = 100;  // header fields of a request
};

// What is told about each finished request. Runs on an I/O thread.
struct RequestReport {
  const Request& request;
  std::string_view pattern;  // of the route; empty where none was found
  int status;
  std::chrono::microseconds duration;
  std::uint64_t bytes;  // of the answer's body
};

// Where a request is going.
struct Destination {
  Scope needs = Scope::none;  // none, too, where there is nothing at that path
  bool web_socket = false;
};

// Asked on an I/O thread for every request once its header is there, before its body is read and before
// anything is done for it: an answer refuses it. Sets request.client.
using Gate = std::function<std::optional<Response>(Request&, const Destination&)>;

struct ServerHooks {
  // Without one: the names and origins of ServerOptions, and no scopes.
  Gate gate;
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

  // Listens and serves on own threads. Codes: cannot_listen, and those of Tls::load().
  Result<void> start();
  // The real port, after start().
  std::uint16_t port() const;
  // "127.0.0.1:8080", "[::1]:8080"
  std::string address() const;
  int connections() const;
  // For connections that come from now on; others keep what they began with. For a server that was started
  // with TLS. Codes: those of Tls::load(), and nothing changes then. Thread-safe.
  Result<void> use_certificate(const TlsFiles& files);
  // Closes the WebSockets that this token opened. Thread-safe.
  void end_client(const std::string& token_id);
  // Whether the I/O threads and the handlers' threads come to new work in this time. After start(),
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
