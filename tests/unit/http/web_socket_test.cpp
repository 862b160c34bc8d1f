#include "server/http/web_socket.hpp"

#include <future>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "server/http/event_feed.hpp"
#include "server/http/server.hpp"
#include "tests/unit/http/raw_client.hpp"

using namespace doodled;
using namespace doodled::http;
using doodled::http::testing::RawClient;

namespace {

std::string handshake(std::string_view path, std::string_view fields = "") {
  return "GET " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: "
         "websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         std::string(fields) + "\r\n";
}

// A whole masked frame of at most 125 bytes; the mask is zero, so the bytes are seen as they are.
std::string masked(int first_byte, std::string_view payload) {
  return std::string{static_cast<char>(first_byte), static_cast<char>(0x80 | payload.size())} +
         std::string(4, '\0') + std::string(payload);
}

// The next server frame: its first byte and payload.
std::pair<int, std::string> frame(RawClient& client) {
  const auto head = client.take(2);
  if (head.size() < 2) return {0, ""};
  std::size_t length = static_cast<unsigned char>(head[1]);
  if (length == 126) {
    const auto extra = client.take(2);
    length = static_cast<unsigned char>(extra[0]) * 256u + static_cast<unsigned char>(extra[1]);
  }
  return {static_cast<unsigned char>(head[0]), client.take(length)};
}

int close_code(const std::pair<int, std::string>& frame) {
  REQUIRE(frame.first == 0x88);
  REQUIRE(frame.second.size() >= 2);
  return static_cast<unsigned char>(frame.second[0]) * 256 + static_cast<unsigned char>(frame.second[1]);
}

ServerOptions quick_socket_options() {
  ServerOptions options;
  options.port = 0;
  options.log_requests = false;
  options.stop_grace = std::chrono::milliseconds(2000);
  return options;
}

WebSocketRoute echo_route() {
  WebSocketRoute route;
  route.path = "/echo";
  route.max_message = 1000;
  route.hooks.text = [](WebSocket& socket, std::string_view text) {
    if (text == "throw") throw std::runtime_error("on request");
    socket.send_text(text);
  };
  return route;
}

struct WebSocketFixture {
  explicit WebSocketFixture(std::vector<WebSocketRoute> sockets,
                            ServerOptions options = quick_socket_options())
      : server(std::move(options), Router({}), std::move(sockets), clock) {
    log::set_level(log::Level::error);
    REQUIRE(server.start().has_value());
  }

  SystemClock clock;
  HttpServer server;
};

}  // namespace

TEST_SUITE("web socket") {
  TEST_CASE("text is heard and answered, also when it came with the handshake") {
    WebSocketFixture fixture({echo_route()});
    RawClient client(fixture.server.port());

    client.send(handshake("/echo") + masked(0x81, "early"));
    const auto upgraded = client.receive();
    CHECK(upgraded.status == 101);
    CHECK(upgraded.has("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    CHECK(frame(client) == std::pair{0x81, std::string("early")});
    client.send(masked(0x01, "frag") + masked(0x89, "ping") + masked(0x80, "ments"));
    CHECK(frame(client) == std::pair{0x8A, std::string("ping")});
    CHECK(frame(client) == std::pair{0x81, std::string("fragments")});
  }

  TEST_CASE("a close is answered with the same code, then the connection ends") {
    WebSocketFixture fixture({echo_route()});
    RawClient client(fixture.server.port());
    client.exchange(handshake("/echo"));

    client.send(masked(0x88,
                       "\x03\xe8"
                       "bye"));
    CHECK(close_code(frame(client)) == 1000);
    CHECK(client.ends());
  }

  TEST_CASE("a client that breaks the rules is told which one") {
    struct Row {
      std::string bytes;
      int code;
    };
    WebSocketFixture fixture({echo_route()});
    for (const auto& [bytes, code] :
         std::initializer_list<Row>{{std::string("\x81\x01x", 3), 1002},
                                    {masked(0x82, "binary"), 1003},
                                    {masked(0x81, "\xff"), 1007},
                                    {std::string("\x81\xfe\x03\xe9\0\0\0\0", 8), 1009},
                                    {masked(0x81, "throw"), 1011}}) {
      CAPTURE(code);
      RawClient client(fixture.server.port());
      client.exchange(handshake("/echo"));
      client.send(bytes);
      CHECK(close_code(frame(client)) == code);
    }
  }

  TEST_CASE("a page from elsewhere, a plain request and a refused wish get no WebSocket") {
    EventFeed feed({.topics = {"jobs"}});
    WebSocketFixture fixture({feed.route("/events")});
    RawClient client(fixture.server.port());

    CHECK(client.exchange(handshake("/events", "Origin: http://evil.example\r\n")).status == 403);
    CHECK(client.exchange("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 426);
    const auto refused = client.exchange(handshake("/events?topics=cats"));
    CHECK(refused.status == 400);
    CHECK(Json::parse(refused.body).at("errors").at(0).at("pointer") == "topics");
    CHECK(client.exchange(handshake("/events", "Origin: http://localhost\r\n")).status == 101);
  }

  TEST_CASE("published events reach the clients of their topic, from any thread") {
    EventFeed feed({.topics = {"jobs", "plays"}});
    WebSocketFixture fixture({feed.route("/events")});
    feed.publish({1, "jobs", R"({"seq":1})"});
    RawClient jobs(fixture.server.port()), plays(fixture.server.port());
    jobs.exchange(handshake("/events?topics=jobs&since=0"));
    plays.exchange(handshake("/events?topics=plays&since=0"));

    feed.publish({2, "plays", R"({"seq":2})"});
    feed.publish({3, "jobs", std::string(300, 'x')});

    CHECK(frame(jobs).second == R"({"seq":1})");
    CHECK(frame(jobs).second == std::string(300, 'x'));
    CHECK(frame(plays).second == R"({"seq":2})");
  }

  TEST_CASE("who has the handshake's answer misses nothing that is published from then on") {
    EventFeed feed({.topics = {"jobs"}});
    WebSocketFixture fixture({feed.route("/events")});

    for (std::uint64_t seq = 1; seq <= 200; ++seq) {
      RawClient client(fixture.server.port());
      REQUIRE(client.exchange(handshake("/events")).status == 101);
      const auto text = "event " + std::to_string(seq);
      feed.publish({seq, "jobs", text});
      REQUIRE(frame(client).second == text);
    }
  }

  TEST_CASE("a client that does not read is dropped and the others are not held up") {
    auto route = echo_route();
    route.max_queued = 100'000;
    std::promise<void> closed;
    std::promise<std::shared_ptr<WebSocket>> opened;
    route.hooks.opened = [&](const std::shared_ptr<WebSocket>& socket) { opened.set_value(socket); };
    route.hooks.closed = [&](WebSocket&) { closed.set_value(); };
    WebSocketFixture fixture({route});
    RawClient client(fixture.server.port());
    client.exchange(handshake("/echo"));
    const auto socket = opened.get_future().get();
    const auto big = text_frame(std::string(90'000, 'x'));

    auto ended = closed.get_future();
    for (int i = 0; i < 1000; ++i) socket->send(big);

    CHECK(ended.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
    socket->send(big);
  }

  TEST_CASE("a silent client is asked, and ended when it does not answer") {
    auto options = quick_socket_options();
    options.ping_interval = std::chrono::milliseconds(50);
    WebSocketFixture fixture({echo_route()}, options);
    RawClient client(fixture.server.port());
    client.exchange(handshake("/echo"));

    CHECK(frame(client).first == 0x89);
    client.send(masked(0x8A, ""));
    CHECK(frame(client).first == 0x89);
    CHECK(client.ends());
  }

  TEST_CASE("when the server stops its clients are told that it goes away") {
    WebSocketFixture fixture({echo_route()});
    RawClient client(fixture.server.port());
    client.exchange(handshake("/echo"));

    auto stopped = std::async(std::launch::async, [&] { fixture.server.stop(); });
    CHECK(close_code(frame(client)) == 1001);
    client.send(masked(0x88, "\x03\xe9"));
    CHECK(client.ends());
  }
}
