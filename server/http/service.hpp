// What connections share: all of one server, and those of one of its I/O threads.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "core/base/clock.hpp"
#include "server/http/peers.hpp"
#include "server/http/seats.hpp"
#include "server/http/server.hpp"
#include "server/http/tls.hpp"

namespace doodled::http {

struct Service;

// Of all connections. Any thread.
struct Common {
  Common(ServerOptions given_options, Router given_router, std::vector<WebSocketRoute> given_sockets,
         const Clock& given_clock, ServerHooks given_hooks);

  const WebSocketRoute* find_socket(std::string_view path) const;

  const ServerOptions options;
  const Router router;
  const std::vector<WebSocketRoute> sockets;
  const Clock& clock;
  const ServerHooks hooks;
  const Gate gate;
  TlsInUse tls;

  asio::thread_pool pool;
  Seats seats;
  std::atomic<std::size_t> body_bytes = 0;  // being received or handled
  Service* first = nullptr;                 // whose thread accepts, and has all WebSockets; set before any
};

// Of the connections of one I/O thread; on that thread only, but for `io` and what is constant.
struct Service : std::enable_shared_from_this<Service> {
  explicit Service(std::shared_ptr<Common> all);

  // IMF-fixdate of now; formatted once a second.
  std::string_view date();

  const std::shared_ptr<Common> common;
  const ServerOptions& options = common->options;
  const Clock& clock = common->clock;
  const ServerHooks& hooks = common->hooks;
  asio::io_context io{1};
  std::atomic<int> connections = 0;  // dealt to it and not ended; any thread
  Peers peers;

 private:
  std::int64_t date_second_ = -1;
  std::string date_;
};

}  // namespace doodled::http
