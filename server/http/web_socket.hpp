// WebSocket connections (RFC 6455) as the rest of the server sees them: text in both directions.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace doodled::http {

// Close codes of RFC 6455, section 7.4.1, and the IANA registry.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unsupported_data = 1003,
  bad_text = 1007,
  policy_violation = 1008,
  too_big = 1009,
  internal_error = 1011,
  try_again_later = 1013,
};

// A frame ready for the wire. Server frames are not masked, so one serves every client.
using Frame = std::shared_ptr<const std::string>;

Frame text_frame(std::string_view text);

// One open connection.
class WebSocket {
 public:
  virtual ~WebSocket() = default;
  // Thread-safe, never blocks. A client whose queue is full is closed with try_again_later. What is sent in
  // one round of the I/O thread leaves together at its end.
  virtual void send(Frame frame) = 0;
  // On the I/O thread only: several, and they leave now.
  virtual void send_now(std::span<const Frame> frames) = 0;
  virtual void close(CloseCode code, std::string_view reason) = 0;
  // The request that opened it; never changes.
  virtual const Request& request() const = 0;

  void send_text(std::string_view text) { send(text_frame(text)); }
};

// Work for the I/O thread of all WebSockets, at once (0) or after a while. Thread-safe.
using IoPost = std::function<void(std::chrono::microseconds after, std::function<void()> work)>;

// All hooks but `refuse` run on one I/O thread; all must be quick. Any may be empty.
struct WebSocketHooks {
  // Once, before the first connection: a way to run work on the I/O thread until `stopped` was called.
  std::function<void(IoPost)> started;
  std::function<void()> stopped;
  // Refuses the upgrade by giving an answer. On any I/O thread.
  std::function<std::optional<Response>(const Request&)> refuse;
  std::function<void(const std::shared_ptr<WebSocket>&)> opened;
  std::function<void(WebSocket&, std::string_view text)> text;
  std::function<void(WebSocket&, Bytes data)>
      binary;  // without it binary messages close with unsupported_data
  // After the last message in or out, whatever the reason.
  std::function<void(WebSocket&)> closed;
};

struct WebSocketRoute {
  std::string path;
  WebSocketHooks hooks;
  Scope needs = Scope::admin;                       // of whoever asks
  std::size_t max_message = std::size_t{64} << 10;  // bytes in one incoming message
  std::size_t max_queued = std::size_t{1} << 20;    // bytes waiting for one client
};

}  // namespace doodled::http
