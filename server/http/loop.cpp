#include "server/http/loop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "core/base/log.hpp"
#include "server/http/connection.hpp"
#include "server/http/time_slice.hpp"

namespace doodled::http {
namespace {

// Little work at a time, for which someone waits: beside other busy threads its turn should come soon.
constexpr std::chrono::microseconds slice{300};

}  // namespace

void Loop::start() {
  work_.emplace(service_->io.get_executor());
  thread_ = std::jthread([this] { run(); });
}

void Loop::run() {
  ask_for_time_slice(slice);
  for (;;) {
    try {
      service_->io.run();
      return;
    } catch (const std::exception& error) {
      log::error("http", "an I/O thread caught an exception", {{"reason", error.what()}});
    }
  }
}

void Loop::stop(std::function<void()> ended) {
  asio::post(service_->io, [this, ended = std::move(ended)]() mutable {
    service_->peers.stop(service_->options.stop_grace, [this, ended = std::move(ended)] {
      ended();
      work_.reset();
    });
  });
}

void Loop::serve(std::unique_ptr<Channel> channel) {
  ++service_->connections;
  asio::post(service_->io, [service = service_.get(), channel = std::move(channel)]() mutable {
    auto connection = std::make_shared<Connection>(service->shared_from_this(), std::move(channel));
    asio::co_spawn(service->io.get_executor(), Connection::run(std::move(connection)), asio::detached);
  });
}

}  // namespace doodled::http
