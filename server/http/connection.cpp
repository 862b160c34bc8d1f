#include "server/http/connection.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <thread>

#include "core/base/log.hpp"
#include "server/http/exchange.hpp"
#include "server/http/web_socket_frame.hpp"

namespace doodled::http {
namespace {

// A client's own name for its request, which goes into the log and back to it.
bool is_harmless_id(std::string_view id) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, plain);
}

constexpr std::uint64_t slowest_body = 8192;  // bytes a second
constexpr std::size_t longest_discard = std::size_t{64} << 10;
constexpr std::size_t longest_linger = std::size_t{256} << 20;  // as far as it comes in the time
constexpr std::chrono::milliseconds linger_time{2'000};

constexpr std::chrono::microseconds shortest_pause{200};  // of who does not ask at once
constexpr std::chrono::microseconds longest_awake{50};

Response timed_out() { return problem_response({"request_timeout", "the request did not arrive in time"}); }

// A byte now and then is not enough: after twice the time-out the whole must have come at the slowest pace.
TimePoint body_deadline(TimePoint begun, std::size_t received, std::chrono::milliseconds timeout) {
  return std::min(std::chrono::steady_clock::now() + timeout,
                  begun + timeout * 2 + std::chrono::seconds(received / slowest_body));
}

Response overloaded() {
  auto response = problem_response({"overloaded", "too many large requests at once; try again soon"});
  response.headers.add("Retry-After", "1");
  return response;
}

Response too_large(std::size_t most) {
  return problem_response({"too_large",
                           "the body is larger than the " + std::to_string(most) + " bytes that this takes",
                           {{"Content-Length", "is too large"}}});
}

Response body_cut_off() {
  return problem_response({"bad_request", "the body ended before its announced length"});
}

}  // namespace

Connection::Connection(std::shared_ptr<Service> service, std::unique_ptr<Channel> channel)
    : service_(std::move(service)),
      channel_(std::move(channel)),
      remote_address_(channel_->remote_address()),
      local_address_(channel_->local_address()) {
  service_->peers.add(*this);
}

Connection::~Connection() {
  service_->peers.remove(*this);
  --service_->connections;
}

Awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  try {
    bool more = co_await self->begin();
    while (more) more = co_await self->serve_one();
    if (self->unread_) co_await self->linger();
    if (self->channel_) co_await self->say_farewell();
  } catch (const std::exception& error) {
    log::error("http", "a connection failed", {{"reason", error.what()}});
  }
  self->cut();
}

// Where TLS is spoken the first byte tells whether this peer does.
Awaitable<bool> Connection::begin() {
  tls_ = service_->common->tls.get();
  if (!tls_) co_return true;
  service_->peers.set_deadline(*this, service_->options.header_timeout);
  waiting_ = true;
  const bool begun = co_await channel_->begin(*tls_);
  waiting_ = false;
  co_return begun && !timed_out_;
}

void Connection::deadline_passed() {
  timed_out_ = true;
  if (channel_) channel_->cancel();
}

void Connection::server_stops() {
  open_ = false;
  if (waiting_) deadline_passed();
}

void Connection::cut() {
  if (channel_) channel_->close();
}

// Ends as respond() does, without its frame: most answers are sent at once.
Awaitable<bool> Connection::serve_one() {
  Exchange exchange(*service_);
  if (!co_await read_header(exchange)) co_return false;
  auto admission = admit(exchange);
  if (const auto* socket = std::get_if<const WebSocketRoute*>(&admission)) {
    upgrade(exchange, **socket);
    co_return false;
  }
  if (exchange.framing().has_body()) co_await read_body(exchange, admission);
  auto answer = answer_at_once(exchange, admission);
  if (!answer) answer.emplace(co_await made(exchange, *std::get<Match>(admission).route));
  Reply reply(std::move(*answer));
  if (!begin_reply(exchange, reply)) co_await finish_reply(reply);
  finish(exchange, reply);
  co_return open_&& exchange.keep_alive && !unread_;
}

// To fall asleep and wake again takes longer than an answer. So for a client that asks at once the thread
// stays awake a moment, where nobody else needs it.
void Connection::stay_awake() {
  if (!asks_at_once_ || service_->common->seats.taken() != 1) return;
  const auto until = std::chrono::steady_clock::now() + longest_awake;
  while (!channel_->has_something() && std::chrono::steady_clock::now() < until) {
    std::this_thread::yield();
  }
}

Awaitable<bool> Connection::read_more() {
  const auto room = buffer_.room();
  const auto [error, count] = co_await channel_->read_some(asio::buffer(room.data(), room.size()));
  buffer_.received(count);
  co_return !error && !timed_out_;
}

Awaitable<bool> Connection::read_header(Exchange& exchange) {
  const auto& options = service_->options;
  bool begun = false, limited = false;
  const auto waiting_since = std::chrono::steady_clock::now();
  service_->peers.set_deadline(*this, waiting_since + options.idle_timeout);
  if (buffer_.empty()) stay_awake();
  for (;;) {
    while (buffer_.view().starts_with("\r\n")) buffer_.consume(2);  // RFC 9112, 2.2
    if (!buffer_.empty() && !std::exchange(begun, true)) {
      asks_at_once_ = std::chrono::steady_clock::now() - waiting_since < shortest_pause;
      exchange.started = service_->clock.now();
      exchange.request().id = new_id(service_->clock.wall_ms());
    }
    auto used = exchange.parser.header(buffer_.view());
    if (!used) {
      unread_ = true;
      Answer answer{problem_response(used.error().status, used.error().error)};
      co_await respond(exchange, std::move(answer));
      co_return false;
    }
    buffer_.consume(*used);
    if (*used > 0) break;
    if (begun && !std::exchange(limited, true)) service_->peers.set_deadline(*this, options.header_timeout);
    waiting_ = !begun;
    const bool more = co_await read_more();
    waiting_ = false;
    if (more) continue;
    if (timed_out_ && begun) {
      Answer answer{timed_out()};
      co_await respond(exchange, std::move(answer));
    }
    co_return false;
  }
  auto& request = exchange.request();
  request.remote_address = remote_address_;
  request.local_address = local_address_;
  request.encrypted = channel_->encrypted();
  if (const auto own = request.headers.value("X-Request-Id"); is_harmless_id(own)) request.id = own;
  exchange.keep_alive = exchange.framing().keep_alive;
  co_return true;
}

Connection::Admission Connection::find_destination(Exchange& exchange, Destination& to) const {
  const auto& request = exchange.request();
  if (const auto* socket = service_->common->find_socket(request.path)) {
    exchange.pattern = socket->path;
    to = {socket->needs, true};
    return socket;
  }
  auto found = service_->common->router.find(request.method, request.path);
  if (auto* refusal = std::get_if<Response>(&found)) return std::move(*refusal);
  auto& match = std::get<Match>(found);
  exchange.pattern = match.route->pattern;
  to = {match.route->needs, false};
  return std::move(match);
}

// The one place that every request passes.
Connection::Admission Connection::admit(Exchange& exchange) {
  Destination to;
  auto found = find_destination(exchange, to);
  if (auto refusal = service_->common->gate(exchange.request(), to)) return std::move(*refusal);
  const auto* socket = std::get_if<const WebSocketRoute*>(&found);
  if (!socket) return found;
  if (exchange.framing().has_body() || exchange.framing().http_1_0)
    return problem_response({"bad_request", "a WebSocket handshake is one of HTTP/1.1 and has no body"});
  if (auto refusal = refuse_handshake(exchange.request())) return std::move(*refusal);
  if ((*socket)->hooks.refuse)
    if (auto refusal = (*socket)->hooks.refuse(exchange.request())) return std::move(*refusal);
  return found;
}

bool Connection::reserve(Exchange& exchange, std::size_t bytes) {
  if (bytes <= exchange.reserved) return true;
  const auto more = bytes - exchange.reserved;
  auto& all = service_->common->body_bytes;
  if (all.fetch_add(more) + more > service_->options.max_bodies) {
    all -= more;
    return false;
  }
  exchange.reserved = bytes;
  return true;
}

// A body that does not come as it must makes a refusal of what was admitted.
Awaitable<void> Connection::read_body(Exchange& exchange, Admission& admission) {
  const auto* match = std::get_if<Match>(&admission);
  const auto most = match ? std::min(match->route->max_body, service_->options.max_body) : longest_discard;
  auto refusal = co_await read_body(exchange, most, match != nullptr);
  unread_ = refusal.has_value();
  if (refusal && match) admission = std::move(*refusal);
}

Awaitable<std::optional<Response>> Connection::read_body(Exchange& exchange, std::size_t max_body,
                                                         bool wanted) {
  const auto& framing = exchange.framing();
  if (framing.content_length.value_or(0) > max_body) co_return too_large(max_body);
  if (framing.expects_continue && buffer_.empty()) {
    if (!wanted) co_return body_cut_off();  // whom a refusal spares the body is not asked for it
    const bool told = co_await write("HTTP/1.1 100 Continue\r\n\r\n", {});
    if (!told) co_return body_cut_off();
  }
  std::optional<Response> refusal;
  if (framing.chunked)
    refusal = co_await read_chunks(exchange, max_body);
  else
    refusal = co_await read_length(exchange);
  service_->peers.set_deadline(*this, TimePoint::max());
  co_return refusal;
}

Awaitable<std::optional<Response>> Connection::read_chunks(Exchange& exchange, std::size_t max_body) {
  const auto begun = std::chrono::steady_clock::now();
  for (;;) {
    const auto used = exchange.parser.chunks(buffer_.view(), max_body);
    if (!used) co_return problem_response(used.error().status, used.error().error);
    buffer_.consume(*used);
    if (exchange.parser.body_done()) co_return std::nullopt;
    if (!reserve(exchange, exchange.request().body.capacity())) co_return overloaded();
    const auto received = exchange.request().body.size();
    service_->peers.set_deadline(*this, body_deadline(begun, received, service_->options.body_timeout));
    if (co_await read_more()) continue;
    if (std::exchange(timed_out_, false)) co_return timed_out();
    co_return body_cut_off();
  }
}

// Straight from the socket into the body; the body grows as bytes arrive, not as they are announced.
Awaitable<std::optional<Response>> Connection::read_length(Exchange& exchange) {
  auto& body = exchange.request().body;
  const auto length = static_cast<std::size_t>(*exchange.framing().content_length);
  const auto begun = std::chrono::steady_clock::now();
  auto got = std::min(length, buffer_.size());
  body.assign(buffer_.view().substr(0, got));
  buffer_.consume(got);
  while (got < length) {
    if (got == body.size()) {
      const auto larger = std::min(length, std::max(piece, got * 4));
      if (!reserve(exchange, larger)) co_return overloaded();
      body.resize(larger);
    }
    service_->peers.set_deadline(*this, body_deadline(begun, got, service_->options.body_timeout));
    const auto [error, count] =
        co_await channel_->read_some(asio::buffer(body.data() + got, body.size() - got));
    got += count;
    if (std::exchange(timed_out_, false)) co_return timed_out();
    if (error) co_return body_cut_off();
  }
  co_return std::nullopt;
}

// Closing with unread bytes resets the connection, and the peer would lose the answer.
Awaitable<void> Connection::linger() {
  channel_->shut_down();
  service_->peers.set_deadline(*this, linger_time);
  timed_out_ = false;
  std::array<char, 4096> nowhere;
  for (std::size_t total = 0; total < longest_linger && !timed_out_;) {
    const auto [error, count] = co_await channel_->read_some(asio::buffer(nowhere));
    if (error) break;
    total += count;
  }
}

Awaitable<void> Connection::say_farewell() {
  service_->peers.set_deadline(*this, linger_time);
  co_await channel_->finish();
}

}  // namespace doodled::http
