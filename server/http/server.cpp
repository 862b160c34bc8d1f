#include "server/http/server.hpp"

#include <algorithm>
#include <future>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <sys/resource.h>

#include "core/base/log.hpp"
#include "server/http/loop.hpp"

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

void run_after(asio::io_context& io, std::chrono::microseconds after, std::function<void()> work) {
  if (after.count() == 0) return asio::post(io, std::move(work));
  const auto timer = std::make_shared<Timer>(io.get_executor(), after);
  timer->async_wait([timer, work = std::move(work)](const boost::system::error_code& error) {
    if (!error) work();
  });
}

Error cannot_listen(const ServerOptions& options, const std::string& reason) {
  const auto where = options.address + " port " + std::to_string(options.port);
  return {"cannot_listen", "cannot listen on " + where + ": " + reason, {{"server.listen", reason}}};
}

}  // namespace

class HttpServer::Running {
 public:
  explicit Running(std::shared_ptr<Common> common);

  Result<void> start();
  void stop();
  asio::ip::tcp::endpoint endpoint() const { return endpoint_; }
  int connections() const { return common_->seats.taken(); }
  Result<void> use_certificate(const TlsFiles& files);
  void end_client(const std::string& token_id);
  bool answers(std::chrono::microseconds within) const;

 private:
  boost::system::error_code listen();
  boost::system::error_code take_over(int listening_socket);
  static Awaitable<void> accept(Running& self);
  std::unique_ptr<Seats::Seat> seat_for(const Channel& channel);
  void take(Loop& loop, Socket socket);
  Loop& next_loop();
  void tell_sockets_started();
  void tell_sockets_stopped();

  const std::shared_ptr<Common> common_;
  std::vector<std::unique_ptr<Loop>> loops_;  // the first one accepts
  Service& first_;
  Acceptor acceptor_;
  asio::ip::tcp::endpoint endpoint_;
  bool started_ = false;
};

namespace {

std::vector<std::unique_ptr<Loop>> loops_of(const std::shared_ptr<Common>& common) {
  std::vector<std::unique_ptr<Loop>> loops;
  for (int i = 0; i < common->options.io_threads; ++i)
    loops.push_back(std::make_unique<Loop>(std::make_shared<Service>(common)));
  common->first = &loops.front()->service();
  return loops;
}

}  // namespace

HttpServer::Running::Running(std::shared_ptr<Common> common)
    : common_(std::move(common)),
      loops_(loops_of(common_)),
      first_(*common_->first),
      acceptor_(first_.io.get_executor()) {}

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
  const auto& options = common_->options;
  if (options.listening_socket) return take_over(*options.listening_socket);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) return error;
  const asio::ip::tcp::endpoint wanted(address, options.port);
  if (acceptor_.open(wanted.protocol(), error)) return error;
  if (acceptor_.set_option(asio::socket_base::reuse_address(true), error)) return error;
  if (acceptor_.bind(wanted, error)) return error;
  if (acceptor_.listen(waiting_connections, error)) return error;
  endpoint_ = acceptor_.local_endpoint(error);
  return error;
}

Result<void> HttpServer::Running::use_certificate(const TlsFiles& files) {
  auto loaded = Tls::load(files);
  if (!loaded) return loaded.error();
  common_->tls.set(std::move(*loaded));
  return {};
}

Result<void> HttpServer::Running::start() {
  if (const auto& files = common_->options.tls)
    if (const auto used = use_certificate(*files); !used) return used.error();
  raise_descriptor_limit(common_->options.max_connections);
  if (const auto error = listen()) return cannot_listen(common_->options, error.message());
  tell_sockets_started();
  asio::co_spawn(first_.io.get_executor(), accept(*this), asio::detached);
  for (const auto& loop : loops_) loop->start();
  started_ = true;
  return {};
}

bool HttpServer::Running::answers(std::chrono::microseconds within) const {
  const auto until = std::chrono::steady_clock::now() + within;
  std::vector<std::future<void>> answers;
  for (const auto& loop : loops_) {
    const auto answered = std::make_shared<std::promise<void>>();
    answers.push_back(answered->get_future());
    asio::post(loop->service().io, [common = common_.get(), answered] {
      asio::post(common->pool, [answered] { answered->set_value(); });
    });
  }
  return std::ranges::all_of(
      answers, [&](const auto& answer) { return answer.wait_until(until) == std::future_status::ready; });
}

void HttpServer::Running::end_client(const std::string& token_id) {
  asio::post(first_.io, [this, token_id] { first_.peers.token_revoked(token_id); });
}

void HttpServer::Running::tell_sockets_started() {
  for (const auto& socket : common_->sockets)
    if (socket.hooks.started)
      socket.hooks.started([service = &first_](std::chrono::microseconds after, std::function<void()> work) {
        run_after(service->io, after, std::move(work));
      });
}

void HttpServer::Running::tell_sockets_stopped() {
  for (const auto& socket : common_->sockets)
    if (socket.hooks.stopped) socket.hooks.stopped();
}

// Few connections are together on the first one: dealt out, they would keep more threads busy than that many
// need, and a client on the core of one would hold up what another client waits for from it.
Loop& HttpServer::Running::next_loop() {
  const auto connections = [](const auto& loop) { return loop->service().connections.load(); };
  auto& first = loops_.front();
  if (connections(first) < common_->options.connections_together) return *first;
  return **std::ranges::min_element(loops_, {}, connections);
}

Awaitable<void> HttpServer::Running::accept(Running& self) {
  for (;;) {
    auto& loop = self.next_loop();
    auto [error, socket] =
        co_await self.acceptor_.async_accept(loop.service().io.get_executor(), awaiting_tuple);
    if (!self.acceptor_.is_open()) co_return;
    if (!error) {
      self.take(loop, std::move(socket));
      continue;
    }
    log::warning("http", "a connection could not be taken", {{"reason", error.message()}});
    Timer pause(self.first_.io.get_executor(), pause_after_failed_accept);
    co_await pause.async_wait(awaiting_tuple);
    if (!self.acceptor_.is_open()) co_return;
  }
}

std::unique_ptr<Seats::Seat> HttpServer::Running::seat_for(const Channel& channel) {
  const auto& client_of = common_->options.client_of;
  return common_->seats.take(client_of ? client_of(channel.remote_address()) : std::string());
}

void HttpServer::Running::take(Loop& loop, Socket socket) {
  auto channel = std::make_unique<Channel>(std::move(socket));
  auto seat = seat_for(*channel);
  if (!seat) return channel->write_at_once(full);
  channel->keep(std::move(seat));
  loop.serve(std::move(channel));
}

// Requests under way need the pool and the I/O threads until the last of them is answered.
void HttpServer::Running::stop() {
  if (!std::exchange(started_, false)) return;
  asio::post(first_.io, [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& loop : loops_)
      loop->stop([this, first = &loop->service() == &first_] {
        if (first) tell_sockets_stopped();
      });
  });
  for (const auto& loop : loops_) loop->join();
  common_->pool.join();
}

HttpServer::HttpServer(ServerOptions options, Router router, std::vector<WebSocketRoute> sockets,
                       const Clock& clock, ServerHooks hooks)
    : running_(std::make_unique<Running>(std::make_shared<Common>(
          std::move(options), std::move(router), std::move(sockets), clock, std::move(hooks)))) {}

HttpServer::~HttpServer() { stop(); }

Result<void> HttpServer::start() { return running_->start(); }
std::uint16_t HttpServer::port() const { return running_->endpoint().port(); }
bool HttpServer::answers(std::chrono::microseconds within) const { return running_->answers(within); }
int HttpServer::connections() const { return running_->connections(); }
Result<void> HttpServer::use_certificate(const TlsFiles& files) { return running_->use_certificate(files); }
void HttpServer::end_client(const std::string& token_id) { running_->end_client(token_id); }
void HttpServer::stop() { running_->stop(); }

std::string HttpServer::address() const {
  const auto endpoint = running_->endpoint();
  const auto host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

}  // namespace doodled::http
