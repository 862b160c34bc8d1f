// What all connections of one server share. I/O thread only, but for what says otherwise.
#pragma once
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

struct Service {
  Service(ServerOptions given_options, Router given_router, std::vector<WebSocketRoute> given_sockets,
          const Clock& given_clock, ServerHooks given_hooks);

  // IMF-fixdate of now; formatted once a second.
  std::string_view date();
  const WebSocketRoute* find_socket(std::string_view path) const;

  const ServerOptions options;
  const Router router;
  const std::vector<WebSocketRoute> sockets;
  const Clock& clock;
  const ServerHooks hooks;
  const Gate gate;
  std::shared_ptr<const Tls> tls;  // set before the first connection; null: clear text only

  asio::io_context io{1};
  asio::thread_pool pool;
  Peers peers;
  Seats seats;
  std::size_t body_bytes = 0;  // being received or handled

 private:
  std::int64_t date_second_ = -1;
  std::string date_;
};

}  // namespace doodled::http
