// The bytes of one connection, as they are or through TLS. One thread; one read and one write at a time.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "server/http/net.hpp"
#include "server/http/seats.hpp"
#include "server/http/tls.hpp"

namespace doodled::http {

class Channel {
 public:
  using Transferred = std::tuple<boost::system::error_code, std::size_t>;

  explicit Channel(Socket socket);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Waits for the first byte and, where the peer begins with a TLS greeting, shakes hands. Anything else is
  // left as it is: whoever admits requests decides about clear text. False where nothing can follow.
  Awaitable<bool> begin(const Tls& tls);
  bool encrypted() const { return secured_ != nullptr; }

  // Another thread's from now on. Nothing is under way; what is encrypted stays where it is.
  void move_to(const Executor& executor);

  // Kept until the end.
  void keep(std::unique_ptr<Seats::Seat> seat) { seat_ = std::move(seat); }

  std::string remote_address() const;
  std::string local_address() const;

  Awaitable<Transferred> read_some(asio::mutable_buffer into);
  // Bytes, or the end, have come and not been read.
  bool has_something();
  // As many bytes of the first `buffers_at_once` as the system takes without waiting: none through TLS, or
  // where the peer has gone, which the next write() tells.
  static constexpr std::size_t buffers_at_once = 64;
  std::size_t write_some_now(std::span<const asio::const_buffer> bytes);
  // All of both; the bytes stay in place meanwhile.
  Awaitable<Transferred> write(std::array<asio::const_buffer, 2> bytes);
  // All of them, then the callback.
  void write(const std::vector<asio::const_buffer>& bytes,
             std::function<void(const boost::system::error_code&)> written);

  // In clear text, as much as the system takes without waiting.
  void write_at_once(std::string_view bytes);

  bool is_open() const { return socket_.is_open(); }
  void cancel();
  // Says that nothing more will come from this side.
  void shut_down();
  // The farewell that TLS has (RFC 8446, 6.1), and the peer's; nothing in clear text. No write is under way.
  Awaitable<void> finish();
  void close();

 private:
  struct Secured;

  bool greets_with_tls();

  Socket socket_;
  std::unique_ptr<Secured> secured_;
  std::unique_ptr<Seats::Seat> seat_;
};

}  // namespace doodled::http
