#include "server/http/server.hpp"

#include <atomic>
#include <future>
#include <thread>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <sys/resource.h>

#include "core/base/log.hpp"
#include "server/http/connection.hpp"
#include "server/http/service.hpp"

namespace doodled::http {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

constexpr int waiting_connections = 4096;
constexpr std::chrono::milliseconds pause_after_failed_accept{100};
constexpr std::string_view full =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";

// As many descriptors as connections may be open, where the system allows it.
void raise_descriptor_limit(int connections) {
  rlimit limit{};
  const auto wanted = static_cast<rlim_t>(connections) + 256;
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(limit.rlim_max, wanted);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

Error cannot_listen(const ServerOptions& options, const std::string& reason) {
  const auto where = options.address + " port " + std::to_string(options.port);
  return {"cannot_listen", "cannot listen on " + where + ": " + reason, {{"server.listen", reason}}};
}

}  // namespace

class HttpServer::Running {
 public:
  explicit Running(std::shared_ptr<Service> service)
      : service_(std::move(service)), acceptor_(service_->io.get_executor()) {}

  Result<void> start();
  void stop();
  asio::ip::tcp::endpoint endpoint() const { return endpoint_; }
  int connections() const { return connections_; }
  void end_client(const std::string& token_id);
  bool answers(std::chrono::microseconds within) const;

 private:
  boost::system::error_code listen();
  boost::system::error_code take_over(int listening_socket);
  static Awaitable<void> accept(Running& self);
  std::unique_ptr<Seats::Seat> seat_for(const Channel& channel);
  void take(Socket socket);
  void tell_sockets_started();
  void end();
  void run();

  const std::shared_ptr<Service> service_;
  Acceptor acceptor_;
  asio::ip::tcp::endpoint endpoint_;
  std::optional<asio::executor_work_guard<Executor>> work_;
  std::atomic<int> connections_ = 0;
  std::jthread thread_;
};

boost::system::error_code HttpServer::Running::take_over(int listening_socket) {
  boost::system::error_code error;
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(listening_socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    return {errno, boost::system::system_category()};
  const auto protocol = address.ss_family == AF_INET6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4();
  if (acceptor_.assign(protocol, listening_socket, error)) return error;
  endpoint_ = acceptor_.local_endpoint(error);
  return error;
}

boost::system::error_code HttpServer::Running::listen() {
  if (service_->options.listening_socket) return take_over(*service_->options.listening_socket);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(service_->options.address, error);
  if (error) return error;
  const asio::ip::tcp::endpoint wanted(address, service_->options.port);
  if (acceptor_.open(wanted.protocol(), error)) return error;
  if (acceptor_.set_option(asio::socket_base::reuse_address(true), error)) return error;
  if (acceptor_.bind(wanted, error)) return error;
  if (acceptor_.listen(waiting_connections, error)) return error;
  endpoint_ = acceptor_.local_endpoint(error);
  return error;
}

Result<void> HttpServer::Running::start() {
  if (const auto& files = service_->options.tls) {
    auto loaded = Tls::load(*files);
    if (!loaded) return loaded.error();
    service_->tls = std::move(*loaded);
  }
  raise_descriptor_limit(service_->options.max_connections);
  if (const auto error = listen()) return cannot_listen(service_->options, error.message());
  work_.emplace(service_->io.get_executor());
  tell_sockets_started();
  asio::co_spawn(service_->io.get_executor(), accept(*this), asio::detached);
  thread_ = std::jthread([this] { run(); });
  return {};
}

bool HttpServer::Running::answers(std::chrono::microseconds within) const {
  const auto answered = std::make_shared<std::promise<void>>();
  asio::post(service_->io, [service = service_, answered] {
    asio::post(service->pool, [answered] { answered->set_value(); });
  });
  return answered->get_future().wait_for(within) == std::future_status::ready;
}

void HttpServer::Running::end_client(const std::string& token_id) {
  asio::post(service_->io, [service = service_, token_id] { service->peers.token_revoked(token_id); });
}

void HttpServer::Running::tell_sockets_started() {
  for (const auto& socket : service_->sockets)
    if (socket.hooks.started)
      socket.hooks.started([service = service_.get()](std::function<void()> work) {
        asio::post(service->io, std::move(work));
      });
}

void HttpServer::Running::run() {
  for (;;) {
    try {
      service_->io.run();
      return;
    } catch (const std::exception& error) {
      log::error("http", "the I/O thread caught an exception", {{"reason", error.what()}});
    }
  }
}

Awaitable<void> HttpServer::Running::accept(Running& self) {
  for (;;) {
    auto [error, socket] = co_await self.acceptor_.async_accept(awaiting_tuple);
    if (!self.acceptor_.is_open()) co_return;
    if (!error) {
      self.take(std::move(socket));
      continue;
    }
    log::warning("http", "a connection could not be taken", {{"reason", error.message()}});
    Timer pause(self.service_->io.get_executor(), pause_after_failed_accept);
    co_await pause.async_wait(awaiting_tuple);
    if (!self.acceptor_.is_open()) co_return;
  }
}

std::unique_ptr<Seats::Seat> HttpServer::Running::seat_for(const Channel& channel) {
  if (connections_ > service_->options.max_connections) return nullptr;
  const auto& client_of = service_->options.client_of;
  return service_->seats.take(client_of ? client_of(channel.remote_address()) : std::string());
}

void HttpServer::Running::take(Socket socket) {
  connections_ = static_cast<int>(service_->peers.size()) + 1;
  auto channel = std::make_unique<Channel>(std::move(socket));
  auto seat = seat_for(*channel);
  if (!seat) return channel->write_at_once(full);
  channel->keep(std::move(seat));
  auto connection = std::make_shared<Connection>(service_, std::move(channel));
  asio::co_spawn(service_->io.get_executor(), Connection::run(std::move(connection)), asio::detached);
}

// Requests under way need the pool and the I/O thread until the last of them is answered.
void HttpServer::Running::stop() {
  if (!thread_.joinable()) return;
  asio::post(service_->io, [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    service_->peers.stop(service_->options.stop_grace, [this] { end(); });
  });
  thread_.join();
  service_->pool.join();
}

void HttpServer::Running::end() {
  for (const auto& socket : service_->sockets)
    if (socket.hooks.stopped) socket.hooks.stopped();
  work_.reset();
}

HttpServer::HttpServer(ServerOptions options, Router router, std::vector<WebSocketRoute> sockets,
                       const Clock& clock, ServerHooks hooks)
    : running_(std::make_unique<Running>(std::make_shared<Service>(
          std::move(options), std::move(router), std::move(sockets), clock, std::move(hooks)))) {}

HttpServer::~HttpServer() { stop(); }

Result<void> HttpServer::start() { return running_->start(); }
std::uint16_t HttpServer::port() const { return running_->endpoint().port(); }
bool HttpServer::answers(std::chrono::microseconds within) const { return running_->answers(within); }
int HttpServer::connections() const { return running_->connections(); }
void HttpServer::end_client(const std::string& token_id) { running_->end_client(token_id); }
void HttpServer::stop() { running_->stop(); }

std::string HttpServer::address() const {
  const auto endpoint = running_->endpoint();
  const auto host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

}  // namespace doodled::http
