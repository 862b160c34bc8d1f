// The second half of a connection's work: from a whole request to the last byte of its answer.
#include <array>
#include <exception>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "core/base/log.hpp"
#include "server/http/exchange.hpp"
#include "server/http/web_socket_connection.hpp"

namespace doodled::http {
namespace {

Response internal_error(const Request& request, const std::string& reason) {
  log::error("http", "a handler failed",
             {{"request", request.id},
              {"method", std::string(method_name(request.method))},
              {"path", request.path},
              {"reason", reason}});
  return problem_response(
      {"internal", "something went wrong inside; the log of the server says what, beside the request id"});
}

}  // namespace

Awaitable<void> Connection::on_pool() {
  co_await asio::post(asio::bind_executor(service_->common->pool.get_executor(), awaiting));
}

Awaitable<void> Connection::on_io() { co_await asio::post(service_->io.get_executor(), awaiting); }

// On a pool thread.
Connection::Answer Connection::handle(const Exchange& exchange, const Route& route) const {
  const auto& request = exchange.request();
  try {
    Answer answer{route.handler(request)};
    const auto* body = std::get_if<FileBody>(&answer.response.body);
    if (!body) return answer;
    auto file = FileReader::open(body->path);
    if (!file) return {problem_response({"not_found", "there is nothing at " + request.path})};
    if (file->size() > piece)
      answer.file.emplace(std::move(*file));
    else
      answer.response.body = file->read(0, static_cast<std::size_t>(file->size()));
    return answer;
  } catch (const ErrorException& error) {
    return {problem_response(error.error())};
  } catch (const std::exception& error) {
    if (service_->hooks.explain)
      if (auto answer = service_->hooks.explain(error)) return {std::move(*answer)};
    return {internal_error(request, error.what())};
  } catch (...) {
    return {internal_error(request, "an exception of an unknown type")};
  }
}

// What throws here may do so again on a pool thread, where it is explained.
std::optional<Response> Connection::ready(const Exchange& exchange, const Route& route) {
  if (!route.ready) return std::nullopt;
  try {
    return route.ready(exchange.request());
  } catch (...) {
    return std::nullopt;
  }
}

// Nothing where a pool thread must make it.
std::optional<Connection::Answer> Connection::answer_at_once(Exchange& exchange, Admission& admission) {
  if (auto* refusal = std::get_if<Response>(&admission)) return Answer{std::move(*refusal)};
  auto& match = std::get<Match>(admission);
  exchange.request().parameters = std::move(match.parameters);
  auto response = ready(exchange, *match.route);
  return response ? std::optional(Answer{std::move(*response)}) : std::nullopt;
}

Awaitable<Connection::Answer> Connection::made(Exchange& exchange, const Route& route) {
  service_->peers.set_deadline(*this, TimePoint::max());
  exchange.request().begun = exchange.started;
  exchange.request().received = service_->clock.now();
  co_await on_pool();
  auto answer = handle(exchange, route);
  co_await on_io();
  co_return answer;
}

Awaitable<void> Connection::respond(Exchange& exchange, Answer answer) {
  Reply reply(std::move(answer));
  if (!begin_reply(exchange, reply)) co_await finish_reply(reply);
  finish(exchange, reply);
}

// False where something is left to be sent.
bool Connection::begin_reply(const Exchange& exchange, Reply& reply) {
  auto& [response, file] = reply.answer;
  const auto& request = exchange.request();
  timed_out_ = false;
  reply.stretch = apply_conditions(request, response, file ? file->size() : bytes_of(response).size());
  const bool keep_alive = exchange.keep_alive && open_ && !unread_;
  reply.head = head_bytes(response, reply.stretch.length,
                          {request.id, service_->date(), service_->options.content_security_policy,
                           keep_alive, request.encrypted, strict_transport_security(request)});
  reply.silent = request.method == Method::head || response.status == 204 || response.status == 304;
  reply.from_file = std::holds_alternative<FileBody>(response.body) && file && !reply.silent;
  reply.head_left = reply.head;
  if (!reply.silent && !reply.from_file)
    reply.body_left = bytes_of(response).substr(reply.stretch.offset, reply.stretch.length);
  return write_at_once(reply) && !reply.from_file;
}

Awaitable<void> Connection::finish_reply(Reply& reply) {
  bool sent = co_await write(reply.head_left, reply.body_left);
  if (sent && reply.from_file)
    sent = co_await write_file(*reply.answer.file, reply.stretch.offset, reply.stretch.length);
  if (!sent) open_ = false;
}

// In clear text it must not be said, and would not be believed (RFC 6797, 7.2).
std::string_view Connection::strict_transport_security(const Request& request) const {
  return request.encrypted ? std::string_view(tls_->strict_transport_security()) : std::string_view();
}

// Most answers fit into the system's buffer, and nothing need wait for them. False leaves what is to follow.
bool Connection::write_at_once(Reply& reply) {
  auto &head = reply.head_left, &body = reply.body_left;
  const std::array<asio::const_buffer, 2> both = {asio::buffer(head), asio::buffer(body.substr(0, piece))};
  const auto sent = channel_->write_some_now(both);
  const auto of_head = std::min(sent, head.size());
  head.remove_prefix(of_head);
  body.remove_prefix(sent - of_head);
  return head.empty() && body.empty();
}

Awaitable<bool> Connection::write(std::string_view first, std::string_view second) {
  while (!first.empty() || !second.empty()) {
    const auto now = second.substr(0, piece);
    const std::array<asio::const_buffer, 2> buffers = {asio::buffer(first), asio::buffer(now)};
    service_->peers.set_deadline(*this, service_->options.body_timeout);
    const auto [error, count] = co_await channel_->write(buffers);
    if (error || timed_out_) co_return false;
    first = {};
    second.remove_prefix(now.size());
  }
  co_return true;
}

Awaitable<bool> Connection::write_file(const FileReader& file, std::uint64_t offset, std::uint64_t length) {
  while (length > 0) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(length, piece));
    std::string bytes;
    std::exception_ptr failure;
    service_->peers.set_deadline(*this, TimePoint::max());
    co_await on_pool();
    try {
      bytes = file.read(offset, count);
    } catch (...) {
      failure = std::current_exception();
    }
    co_await on_io();
    if (failure) std::rethrow_exception(failure);
    if (!co_await write(bytes, {})) co_return false;
    offset += count;
    length -= count;
  }
  co_return true;
}

void Connection::upgrade(Exchange& exchange, const WebSocketRoute& route) {
  Response response;
  response.status = 101;
  response.headers.add("Connection", "Upgrade");
  response.headers.add("Upgrade", "websocket");
  response.headers.add("Sec-WebSocket-Accept",
                       accept_key(exchange.request().headers.value("Sec-WebSocket-Key")));
  auto head =
      head_bytes(response, 0,
                 {exchange.request().id, service_->date(), service_->options.content_security_policy, true});
  finish(exchange, 101, 0);
  WebSocketConnection::begin(*service_->common->first, std::move(channel_), route,
                             std::move(exchange.request()), {std::move(head), std::string(buffer_.view())});
}

void Connection::finish(const Exchange& exchange, const Reply& reply) const {
  finish(exchange, reply.answer.response.status, reply.silent ? 0 : reply.stretch.length);
}

void Connection::finish(const Exchange& exchange, int status, std::uint64_t bytes) const {
  const auto& request = exchange.request();
  const auto duration =
      std::chrono::duration_cast<std::chrono::microseconds>(service_->clock.now() - exchange.started);
  if (service_->hooks.finished)
    service_->hooks.finished({request, exchange.pattern, status, duration, bytes});
  if (!service_->options.log_requests) return;
  log::info("http", "request",
            {{"method", std::string(method_name(request.method))},
             {"path", request.path},
             {"status", std::to_string(status)},
             {"ms", std::to_string(duration.count() / 1000)},
             {"bytes", std::to_string(bytes)},
             {"request", request.id}});
}

}  // namespace doodled::http
