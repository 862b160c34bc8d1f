// RFC 6455 framing, server side: bytes to messages and back. Pure; safe on any bytes.
// Own code rather than Beast's stream: one encoded frame serves every client of a broadcast, several frames
// leave in one write, and an idle client costs no buffer.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "server/http/web_socket.hpp"

namespace doodled::http {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

std::string encode_frame(Opcode opcode, std::string_view payload);
std::string encode_close(CloseCode code, std::string_view reason);

struct SocketMessage {
  Opcode opcode;  // text, binary, ping, pong or close
  std::string payload;
};

// The peer broke the protocol; the connection is to be closed with this.
struct SocketFault {
  CloseCode code;
  std::string_view reason;
};

// Puts messages together from masked client frames.
class FrameReader {
 public:
  explicit FrameReader(std::size_t max_message) : max_message_(max_message) {}

  void append(std::string_view bytes);
  // The next whole message, nothing where more bytes are needed, or a fault; after a fault it is not used
  // again.
  std::variant<std::monostate, SocketMessage, SocketFault> next();

 private:
  struct FrameHead;

  std::variant<std::monostate, FrameHead, SocketFault> read_head() const;
  std::optional<SocketFault> check(const FrameHead& head) const;
  std::string take_payload(const FrameHead& head);
  std::variant<std::monostate, SocketMessage, SocketFault> collect(const FrameHead& head,
                                                                   std::string payload);
  bool is_text_so_far(bool final);

  std::string_view unread() const { return std::string_view(buffer_).substr(used_); }

  std::size_t max_message_;
  std::string buffer_;
  std::size_t used_ = 0;              // of the buffer
  std::string message_;               // fragments so far
  std::size_t well_formed_ = 0;       // bytes of message_ that are known to be UTF-8
  std::optional<Opcode> fragmented_;  // the opcode they began with
};

// Sec-WebSocket-Accept for a client's key.
std::string accept_key(std::string_view key);
// Nothing where the request asks properly for a WebSocket of version 13; else the refusal.
std::optional<Response> refuse_handshake(const Request& request);

}  // namespace doodled::http
