#include "server/http/channel.hpp"

#include <algorithm>

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>

#include "server/http/tls_context.hpp"

namespace doodled::http {
namespace {

constexpr unsigned char handshake_record = 22;  // RFC 8446, 5.1

std::string literal_of(asio::ip::address address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  return address.to_string();
}

}  // namespace

struct Channel::Secured {
  Secured(Socket& socket, asio::ssl::context& context) : stream(socket, context) {}
  asio::ssl::stream<Socket&> stream;
};

Channel::Channel(Socket socket) : socket_(std::move(socket)) {
  boost::system::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Channel::~Channel() = default;

void Channel::move_to(const Executor& executor) {
  if (secured_ || socket_.get_executor() == executor) return;
  const auto protocol = socket_.local_endpoint().protocol();
  socket_ = Socket(executor, protocol, socket_.release());
}

std::string Channel::remote_address() const {
  boost::system::error_code ignored;
  return literal_of(socket_.remote_endpoint(ignored).address());
}

std::string Channel::local_address() const {
  boost::system::error_code ignored;
  return literal_of(socket_.local_endpoint(ignored).address());
}

bool Channel::greets_with_tls() {
  unsigned char first = 0;
  return ::recv(socket_.native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT) == 1 &&
         first == handshake_record;
}

Awaitable<bool> Channel::begin(const Tls& tls) {
  const auto [failed] = co_await socket_.async_wait(Socket::wait_read, awaiting_tuple);
  if (failed) co_return false;
  if (!greets_with_tls()) co_return true;
  secured_ = std::make_unique<Secured>(socket_, tls.context().ssl);
  const auto [refused] =
      co_await secured_->stream.async_handshake(asio::ssl::stream_base::server, awaiting_tuple);
  co_return !refused;
}

Awaitable<Channel::Transferred> Channel::read_some(asio::mutable_buffer into) {
  if (secured_) return secured_->stream.async_read_some(into, awaiting_tuple);
  return socket_.async_read_some(into, awaiting_tuple);
}

bool Channel::has_something() {
  char first = 0;
  return ::recv(socket_.native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

std::size_t Channel::write_some_now(std::span<const asio::const_buffer> bytes) {
  if (secured_) return 0;
  std::array<iovec, buffers_at_once> pieces;
  const auto count = std::min(bytes.size(), pieces.size());
  for (std::size_t i = 0; i < count; ++i) pieces[i] = {const_cast<void*>(bytes[i].data()), bytes[i].size()};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = count;
  const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  return static_cast<std::size_t>(std::max<ssize_t>(0, sent));
}

Awaitable<Channel::Transferred> Channel::write(std::array<asio::const_buffer, 2> bytes) {
  if (secured_) return asio::async_write(secured_->stream, bytes, awaiting_tuple);
  return asio::async_write(socket_, bytes, awaiting_tuple);
}

void Channel::write(const std::vector<asio::const_buffer>& bytes,
                    std::function<void(const boost::system::error_code&)> written) {
  auto ended = [written = std::move(written)](const boost::system::error_code& error, std::size_t) {
    written(error);
  };
  if (secured_) return asio::async_write(secured_->stream, bytes, std::move(ended));
  asio::async_write(socket_, bytes, std::move(ended));
}

void Channel::write_at_once(std::string_view bytes) {
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.write_some(asio::buffer(bytes), ignored);
}

void Channel::cancel() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Channel::shut_down() {
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

Awaitable<void> Channel::finish() {
  if (secured_ && socket_.is_open()) co_await secured_->stream.async_shutdown(awaiting_tuple);
}

// On the I/O thread, as everything here; the last handle may be dropped on another.
void Channel::close() {
  seat_.reset();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace doodled::http
