#include "server/http/web_socket_connection.hpp"

#include <algorithm>
#include <array>
#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "core/base/log.hpp"

namespace doodled::http {
namespace {

constexpr std::chrono::milliseconds close_wait{2'000};

// The first bytes, which have been sent.
void drop(std::vector<asio::const_buffer>& buffers, std::size_t bytes) {
  const auto whole = std::ranges::find_if(buffers, [&](const auto& buffer) {
    if (bytes < buffer.size()) return true;
    bytes -= buffer.size();
    return false;
  });
  buffers.erase(buffers.begin(), whole);
  if (!buffers.empty()) buffers.front() += bytes;
}

// A hook that throws ends its own connection only.
template <class Hook, class... Arguments>
bool call(const Hook& hook, Arguments&&... arguments) {
  if (!hook) return true;
  try {
    hook(std::forward<Arguments>(arguments)...);
    return true;
  } catch (const std::exception& error) {
    log::error("http", "a WebSocket hook failed", {{"reason", error.what()}});
    return false;
  }
}

}  // namespace

WebSocketConnection::WebSocketConnection(std::shared_ptr<Service> service, std::unique_ptr<Channel> channel,
                                         const WebSocketRoute& route, Request request)
    : service_(std::move(service)),
      channel_(std::move(channel)),
      route_(route),
      request_(std::move(request)),
      reader_(route.max_message) {
  service_->peers.add(*this);
}

void WebSocketConnection::begin(Service& service, std::unique_ptr<Channel> channel,
                                const WebSocketRoute& route, Request request, Handshake handshake) {
  channel->move_to(service.io.get_executor());
  asio::post(service.io, [&service, &route, channel = std::move(channel), request = std::move(request),
                          handshake = std::move(handshake)]() mutable {
    auto socket = std::make_shared<WebSocketConnection>(service.shared_from_this(), std::move(channel), route,
                                                        std::move(request));
    asio::co_spawn(service.io.get_executor(), run(std::move(socket), std::move(handshake)), asio::detached);
  });
}

// The handshake's answer is what leaves first, and it does so once the route knows of this client: whoever
// has read it misses nothing that happens from then on.
Awaitable<void> WebSocketConnection::run(std::shared_ptr<WebSocketConnection> self, Handshake handshake) {
  self->push(std::make_shared<const std::string>(std::move(handshake.answer)));
  self->service_->peers.set_deadline(*self, self->service_->options.ping_interval);
  if (self->service_->peers.stopping()) self->server_stops();
  if (!call(self->route_.hooks.opened, self)) self->begin_close(CloseCode::internal_error, "internal error");
  self->reader_.append(handshake.received);
  self->handle_messages();
  std::array<char, 2048> bytes;
  for (;;) {
    const auto [error, count] = co_await self->channel_->read_some(asio::buffer(bytes));
    if (error) break;
    if (self->deaf_) continue;
    self->pinged_ = false;
    if (!self->close_sent_) self->service_->peers.set_deadline(*self, self->service_->options.ping_interval);
    self->reader_.append({bytes.data(), count});
    self->handle_messages();
  }
  self->close_sent_ = self->deaf_ = true;
  self->cut();
  self->ended_ = true;
  call(self->route_.hooks.closed, *self);
  self->service_->peers.remove(*self);
}

void WebSocketConnection::handle_messages() {
  while (!deaf_) {
    const auto next = reader_.next();
    if (const auto* fault = std::get_if<SocketFault>(&next)) {
      deaf_ = true;
      return begin_close(fault->code, fault->reason);
    }
    const auto* message = std::get_if<SocketMessage>(&next);
    if (!message) return;
    handle(*message);
  }
}

void WebSocketConnection::handle(const SocketMessage& message) {
  if (message.opcode == Opcode::close) return handle_close(message);
  if (close_sent_ || message.opcode == Opcode::pong) return;
  if (message.opcode == Opcode::ping)
    return enqueue(std::make_shared<const std::string>(encode_frame(Opcode::pong, message.payload)));
  if (message.opcode == Opcode::binary && !route_.hooks.binary)
    return begin_close(CloseCode::unsupported_data, "only text is understood here");
  const bool handled = message.opcode == Opcode::text
                           ? call(route_.hooks.text, *this, std::string_view(message.payload))
                           : call(route_.hooks.binary, *this, as_bytes(message.payload));
  if (!handled) begin_close(CloseCode::internal_error, "internal error");
}

void WebSocketConnection::handle_close(const SocketMessage& message) {
  deaf_ = true;
  if (!close_sent_)
    push(std::make_shared<const std::string>(encode_frame(Opcode::close, message.payload.substr(0, 2))));
  close_sent_ = true;
  service_->peers.set_deadline(*this, close_wait);
  flush();
}

void WebSocketConnection::send(Frame frame) {
  if (ended_) return;
  if (service_->io.get_executor().running_in_this_thread()) return enqueue(std::move(frame));
  asio::post(service_->io, [self = shared_from_this(), frame = std::move(frame)]() mutable {
    self->enqueue(std::move(frame));
  });
}

void WebSocketConnection::close(CloseCode code, std::string_view reason) {
  if (ended_) return;
  asio::post(service_->io, [self = shared_from_this(), code, text = std::string(reason)] {
    self->begin_close(code, text);
  });
}

void WebSocketConnection::send_now(std::span<const Frame> frames) {
  if (ended_ || close_sent_) return;
  for (const auto& frame : frames) {
    if (!has_room(frame)) return;
    queue(frame);
  }
  flush();
}

bool WebSocketConnection::has_room(const Frame& frame) {
  if (queued_bytes_ + in_flight_bytes_ + frame->size() <= route_.max_queued) return true;
  log::warning("http", "a WebSocket client reads too slowly and is dropped", {{"request", request_.id}});
  queue_.clear();
  queued_bytes_ = 0;
  begin_close(CloseCode::try_again_later, "too slow");
  return false;
}

void WebSocketConnection::enqueue(Frame frame) {
  if (!close_sent_ && has_room(frame)) push(std::move(frame));
}

void WebSocketConnection::queue(Frame frame) {
  queued_bytes_ += frame->size();
  queue_.push_back(std::move(frame));
}

// All frames queued in one round of the I/O thread leave in one write.
void WebSocketConnection::push(Frame frame) {
  queue(std::move(frame));
  if (std::exchange(flush_due_, true)) return;
  asio::post(service_->io, [self = shared_from_this()] {
    self->flush_due_ = false;
    self->flush();
  });
}

void WebSocketConnection::begin_close(CloseCode code, std::string_view reason) {
  if (std::exchange(close_sent_, true)) return;
  push(std::make_shared<const std::string>(encode_close(code, reason)));
  service_->peers.set_deadline(*this, close_wait);
}

// Only what the system does not take at once is waited for.
void WebSocketConnection::flush() {
  while (in_flight_.empty() && !queue_.empty() && channel_->is_open()) {
    auto buffers = take_up();
    const auto sent = channel_->write_some_now(buffers);
    if (sent == in_flight_bytes_) {
      in_flight_.clear();
      in_flight_bytes_ = 0;
      continue;
    }
    drop(buffers, sent);
    channel_->write(std::move(buffers), [self = shared_from_this()](const boost::system::error_code& error) {
      self->written(error);
    });
  }
  if (in_flight_.empty() && close_sent_ && deaf_ && channel_->is_open()) channel_->shut_down();
}

std::vector<asio::const_buffer> WebSocketConnection::take_up() {
  std::vector<asio::const_buffer> buffers;
  while (!queue_.empty() && in_flight_.size() < Channel::buffers_at_once) {
    in_flight_.push_back(std::move(queue_.front()));
    queue_.pop_front();
    in_flight_bytes_ += in_flight_.back()->size();
    buffers.push_back(asio::buffer(*in_flight_.back()));
  }
  queued_bytes_ -= in_flight_bytes_;
  return buffers;
}

void WebSocketConnection::written(const boost::system::error_code& error) {
  in_flight_.clear();
  in_flight_bytes_ = 0;
  if (error) return cut();
  flush();
}

void WebSocketConnection::deadline_passed() {
  if (close_sent_ || std::exchange(pinged_, true)) return cut();
  enqueue(std::make_shared<const std::string>(encode_frame(Opcode::ping, {})));
  if (!close_sent_) service_->peers.set_deadline(*this, service_->options.ping_interval);
}

void WebSocketConnection::token_revoked(const std::string& token_id) {
  if (request_.client.id == token_id) begin_close(CloseCode::policy_violation, "no longer paired");
}

void WebSocketConnection::cut() { channel_->close(); }

}  // namespace doodled::http
