#include "server/http/web_socket_frame.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <openssl/evp.h>

#include "core/base/utf8.hpp"
#include "server/http/text.hpp"

namespace doodled::http {
namespace {

constexpr std::size_t max_control = 125;
constexpr std::string_view handshake_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455, 1.3

std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

std::uint64_t big_endian(std::string_view text, std::size_t at, int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | byte_at(text, at + i);
  return value;
}

bool is_control(Opcode opcode) { return static_cast<int>(opcode) >= 8; }

// Codes that may be sent in a close frame (RFC 6455, 7.4).
bool is_close_code(std::uint64_t code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

bool is_proper_close(std::string_view payload) {
  if (payload.empty()) return true;
  return payload.size() >= 2 && is_close_code(big_endian(payload, 0, 2)) && is_utf8(payload.substr(2));
}

void unmask(std::string& payload, const std::array<char, 4>& mask) {
  std::uint32_t word_mask;
  std::memcpy(&word_mask, mask.data(), 4);
  std::size_t at = 0;
  for (; at + 4 <= payload.size(); at += 4) {
    std::uint32_t word;
    std::memcpy(&word, payload.data() + at, 4);
    word ^= word_mask;
    std::memcpy(payload.data() + at, &word, 4);
  }
  for (; at < payload.size(); ++at) payload[at] = static_cast<char>(payload[at] ^ mask[at % 4]);
}

bool is_key(std::string_view key) {  // base64 of 16 bytes
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return key.size() == 24 && key.ends_with("==") && key.substr(0, 22).find_first_not_of(alphabet) == key.npos;
}

}  // namespace

struct FrameReader::FrameHead {
  Opcode opcode;
  bool final;
  std::uint64_t length;
  std::size_t size;  // of the head itself, mask included
  std::array<char, 4> mask;
};

Frame text_frame(std::string_view text) {
  return std::make_shared<const std::string>(encode_frame(Opcode::text, text));
}

std::string encode_frame(Opcode opcode, std::string_view payload) {
  std::string frame;
  frame.reserve(payload.size() + 10);
  frame += static_cast<char>(0x80 | static_cast<int>(opcode));
  const int extra = payload.size() < 126 ? 0 : payload.size() <= 0xFFFF ? 2 : 8;
  frame += static_cast<char>(extra == 0 ? payload.size() : extra == 2 ? 126 : 127);
  for (int i = extra - 1; i >= 0; --i) frame += static_cast<char>(payload.size() >> (8 * i) & 0xFF);
  return frame.append(payload);
}

std::string encode_close(CloseCode code, std::string_view reason) {
  std::string payload = {static_cast<char>(static_cast<int>(code) >> 8),
                         static_cast<char>(static_cast<int>(code) & 0xFF)};
  payload.append(reason.substr(0, max_control - 2));
  return encode_frame(Opcode::close, payload);
}

void FrameReader::append(std::string_view bytes) {
  buffer_.erase(0, std::exchange(used_, 0));
  buffer_.append(bytes);
}

std::variant<std::monostate, FrameReader::FrameHead, SocketFault> FrameReader::read_head() const {
  const auto bytes = unread();
  if (bytes.size() < 2) return {};
  const auto first = byte_at(bytes, 0), second = byte_at(bytes, 1);
  FrameHead head{static_cast<Opcode>(first & 15), (first & 0x80) != 0, second & 127u, 2, {}};
  if ((first & 0x70) != 0) return SocketFault{CloseCode::protocol_error, "reserved bits are set"};
  if ((second & 0x80) == 0) return SocketFault{CloseCode::protocol_error, "a client's frame must be masked"};
  const int extra = head.length == 126 ? 2 : head.length == 127 ? 8 : 0;
  if (bytes.size() < head.size + extra + 4) {
    if (const auto fault = check(head)) return *fault;
    return {};
  }
  if (extra) head.length = big_endian(bytes, 2, extra);
  if (extra && (head.length < (extra == 2 ? 126u : 65536u) || head.length >> 63 != 0))  // RFC 6455, 5.2
    return SocketFault{CloseCode::protocol_error, "a length has 63 bits at most and no byte too many"};
  std::memcpy(head.mask.data(), bytes.data() + 2 + extra, 4);
  head.size += extra + 4;
  if (const auto fault = check(head)) return *fault;
  return head;
}

std::optional<SocketFault> FrameReader::check(const FrameHead& head) const {
  const auto broken = [](std::string_view reason) { return SocketFault{CloseCode::protocol_error, reason}; };
  switch (head.opcode) {
    case Opcode::continuation:
      if (!fragmented_) return broken("there is nothing to continue");
      break;
    case Opcode::text:
    case Opcode::binary:
      if (fragmented_) return broken("the last message has not ended");
      break;
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      if (!head.final || head.length > max_control) return broken("a control frame is short and whole");
      break;
    default:
      return broken("an unknown kind of frame");
  }
  if (!is_control(head.opcode) && head.length > max_message_ - message_.size())
    return SocketFault{CloseCode::too_big, "the message is too long"};
  return std::nullopt;
}

std::string FrameReader::take_payload(const FrameHead& head) {
  std::string payload(unread().substr(head.size, head.length));
  used_ += head.size + payload.size();
  unmask(payload, head.mask);
  return payload;
}

// Text that can't become UTF-8 any more is not collected further.
bool FrameReader::is_text_so_far(bool final) {
  const auto whole = whole_utf8(std::string_view(message_).substr(well_formed_));
  if (!whole) return false;
  well_formed_ += *whole;
  return !final || well_formed_ == message_.size();
}

std::variant<std::monostate, SocketMessage, SocketFault> FrameReader::collect(const FrameHead& head,
                                                                              std::string payload) {
  if (head.opcode == Opcode::close && !is_proper_close(payload))
    return SocketFault{CloseCode::protocol_error, "the close frame is malformed"};
  if (is_control(head.opcode)) return SocketMessage{head.opcode, std::move(payload)};
  if (head.opcode != Opcode::continuation) fragmented_ = head.opcode;
  message_ += payload;
  if (fragmented_ == Opcode::text && !is_text_so_far(head.final))
    return SocketFault{CloseCode::bad_text, "the text is not UTF-8"};
  if (!head.final) return {};
  SocketMessage whole{*fragmented_, std::exchange(message_, {})};
  fragmented_.reset();
  well_formed_ = 0;
  return whole;
}

std::variant<std::monostate, SocketMessage, SocketFault> FrameReader::next() {
  for (;;) {
    const auto read = read_head();
    if (const auto* fault = std::get_if<SocketFault>(&read)) return *fault;
    const auto* head = std::get_if<FrameHead>(&read);
    if (!head || unread().size() - head->size < head->length) return {};
    auto collected = collect(*head, take_payload(*head));
    if (!std::holds_alternative<std::monostate>(collected)) return collected;
  }
}

std::string accept_key(std::string_view key) {
  const auto text = std::string(key).append(handshake_guid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    throw std::runtime_error("SHA-1 is not available");
  std::array<unsigned char, 64> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length)};
}

std::optional<Response> refuse_handshake(const Request& request) {
  const auto& headers = request.headers;
  if (request.method == Method::get && list_has(headers.value("Connection"), "upgrade") &&
      list_has(headers.value("Upgrade"), "websocket") && headers.value("Sec-WebSocket-Version") == "13" &&
      headers.count("Sec-WebSocket-Key") == 1 && is_key(headers.value("Sec-WebSocket-Key")))
    return std::nullopt;
  auto refusal =
      problem_response({"upgrade_required", "this is a WebSocket: ask with Upgrade: websocket, version 13"});
  refusal.headers.add("Upgrade", "websocket");
  refusal.headers.add("Sec-WebSocket-Version", "13");
  return refusal;
}

}  // namespace doodled::http
