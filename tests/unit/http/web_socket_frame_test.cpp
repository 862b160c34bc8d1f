#include "server/http/web_socket_frame.hpp"

#include <doctest/doctest.h>

using namespace doodled::http;

namespace {

std::string client_frame(int first_byte, std::string_view payload) {
  std::string frame = {static_cast<char>(first_byte)};
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xFF);
  }
  constexpr std::string_view mask = "\x11\x22\x33\x44";
  frame += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  return frame;
}

// "text:hello", "fault:1002" or "" where more is needed.
std::string read(const std::string& bytes, std::size_t max_message = 1000) {
  FrameReader reader(max_message);
  reader.append(bytes);
  const auto next = reader.next();
  if (const auto* fault = std::get_if<SocketFault>(&next))
    return "fault:" + std::to_string(static_cast<int>(fault->code));
  const auto* message = std::get_if<SocketMessage>(&next);
  return message ? std::to_string(static_cast<int>(message->opcode)) + ":" + message->payload : "";
}

}  // namespace

TEST_SUITE("web socket frame") {
  TEST_CASE("frames carry their length in one, three or nine bytes") {
    CHECK(encode_frame(Opcode::text, "Hello") == "\x81\x05Hello");
    CHECK(encode_frame(Opcode::binary, std::string(256, 'x')).substr(0, 4) ==
          std::string("\x82\x7e\x01\x00", 4));
    CHECK(encode_frame(Opcode::text, std::string(65536, 'x')).substr(0, 10) ==
          std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
    CHECK(encode_close(CloseCode::normal, "bye") ==
          "\x88\x05\x03\xe8"
          "bye");
  }

  TEST_CASE("masked frames are read, whole, in fragments and with a ping between them") {
    CHECK(read(client_frame(0x81, "Hello")) == "1:Hello");
    CHECK(read(client_frame(0x81, std::string(300, 'y'))) == "1:" + std::string(300, 'y'));
    CHECK(read(client_frame(0x01, "Hel") + client_frame(0x80, "lo")) == "1:Hello");
    CHECK(read(client_frame(0x01, "Hel") + client_frame(0x89, "p") + client_frame(0x80, "lo")) == "9:p");
    CHECK(read(client_frame(0x82, "\xff")) == "2:\xff");
    CHECK(read(client_frame(0x88,
                            "\x03\xe8"
                            "bye")) ==
          "8:\x03\xe8"
          "bye");
  }

  TEST_CASE("frames that arrive byte by byte are the same messages") {
    const auto bytes = client_frame(0x01, "Hel") + client_frame(0x80, "lo") + client_frame(0x81, "!");
    FrameReader reader(100);
    std::string seen;

    for (const char byte : bytes) {
      reader.append({&byte, 1});
      const auto next = reader.next();
      REQUIRE_FALSE(std::holds_alternative<SocketFault>(next));
      if (const auto* message = std::get_if<SocketMessage>(&next)) seen += message->payload + ";";
    }

    CHECK(seen == "Hello;!;");
  }

  TEST_CASE("what breaks the protocol is a fault with its code") {
    CHECK(read("\x81\x05Hello") == "fault:1002");          // not masked
    CHECK(read(client_frame(0xC1, "x")) == "fault:1002");  // reserved bit
    CHECK(read(client_frame(0x83, "x")) == "fault:1002");  // unknown kind
    CHECK(read(client_frame(0x80, "x")) == "fault:1002");  // continues nothing
    CHECK(read(client_frame(0x09, "x")) == "fault:1002");  // fragmented ping
    CHECK(read(client_frame(0x89, std::string(126, 'x'))) == "fault:1002");
    CHECK(read(client_frame(0x88, "\x03")) == "fault:1002");
    CHECK(read(client_frame(0x88, "\x03\xed")) == "fault:1002");  // 1005 is never sent
    CHECK(read(client_frame(0x81, "\xff")) == "fault:1007");
    CHECK(read(client_frame(0x81, std::string(200, 'x')), 199) == "fault:1009");
    FrameReader reader(100);
    reader.append(client_frame(0x01, "a") + client_frame(0x81, "b"));
    CHECK(std::holds_alternative<SocketFault>(reader.next()));
  }

  TEST_CASE("a huge announced length is refused before its bytes come") {
    CHECK(read(std::string("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", 14)) == "fault:1009");
    CHECK(read(std::string("\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", 14)) == "fault:1002");
  }

  TEST_CASE("a length that could be said in fewer bytes breaks the protocol") {
    CHECK(read(std::string("\x82\xfe\x00\x7d\x00\x00\x00\x00", 8)) == "fault:1002");
    CHECK(read(std::string("\x82\xff\x00\x00\x00\x00\x00\x00\xff\xff\x00\x00\x00\x00", 14)) == "fault:1002");
  }

  TEST_CASE("text may be cut within a character, but a cut that mends nothing ends it at once") {
    CHECK(read(client_frame(0x01, "\xe2\x82") + client_frame(0x80, "\xac")) ==
          read(client_frame(0x81, "\xe2\x82\xac")));
    CHECK(read(client_frame(0x01, "\xe2\x82") + client_frame(0x80, "")) == "fault:1007");
    CHECK(read(client_frame(0x01, "\xed\xa0")) == "fault:1007");  // a surrogate, whatever follows
    CHECK(read(client_frame(0x01, "\xe2") + client_frame(0x00, "x")) == "fault:1007");
  }

  TEST_CASE("the key is answered as in RFC 6455, section 1.3") {
    CHECK(accept_key("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  TEST_CASE("a handshake needs every one of its headers") {
    Request request;
    request.headers.add("Connection", "keep-alive, Upgrade");
    request.headers.add("Upgrade", "WebSocket");
    request.headers.add("Sec-WebSocket-Version", "13");
    request.headers.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    CHECK_FALSE(refuse_handshake(request));

    auto twice = request;
    twice.headers.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    CHECK(refuse_handshake(twice));

    for (const auto* name : {"Connection", "Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key"}) {
      CAPTURE(name);
      auto broken = request;
      broken.headers.set(name, "something");
      REQUIRE(refuse_handshake(broken));
      CHECK(refuse_handshake(broken)->status == 426);
      CHECK(refuse_handshake(broken)->headers.value("Sec-WebSocket-Version") == "13");
    }
  }
}
