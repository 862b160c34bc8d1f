#include <algorithm>
#include <future>
#include <thread>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/interpret/net/curl_transport.hpp"

using namespace doodled;
using namespace std::chrono_literals;

namespace {

// A server of one connection, played by the test.
class OneServer {
 public:
  using Play = std::function<void(int socket, const std::string& request)>;

  explicit OneServer(Play play) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_, 1) == 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this, play = std::move(play)] {
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) return;
      play(socket, read_request(socket));
      ::close(socket);
    });
  }
  ~OneServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1/chat"; }

  static bool say(int socket, std::string_view text) {
    return ::send(socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  // Until the other side is gone.
  static void wait_for_end(int socket) {
    char byte = 0;
    while (::recv(socket, &byte, 1, 0) > 0) {
    }
  }

 private:
  static std::string read_request(int socket) {
    std::string text;
    std::size_t wanted = std::string::npos;
    char piece[65536];
    while (text.size() < wanted) {
      const auto count = ::recv(socket, piece, sizeof piece, 0);
      if (count <= 0) break;
      text.append(piece, static_cast<std::size_t>(count));
      const auto end = text.find("\r\n\r\n");
      const auto length = text.find("Content-Length: ");
      if (end != text.npos) wanted = end + 4 + (length < end ? std::stoul(text.substr(length + 16)) : 0);
    }
    return text;
  }

  int listener_;
  int port_ = 0;
  std::jthread thread_;
};

struct Heard {
  int status = 0, heads = 0;
  llm::Headers headers;
  std::string body;
  TransferEnd end;
};

struct Client {
  SystemClock clock;
  CurlTransport transport{clock};

  llm::HttpRequest post(const std::string& url, std::string body = "{}") {
    return {
        "POST", url, {{"Content-Type", "application/json"}, {"x-api-key", "secret"}}, std::move(body), true};
  }
  Heard ask(llm::HttpRequest request, TransferLimits limits = {},
            std::function<void(Transport::Id)> begun = {}) {
    Heard heard;
    std::promise<void> ended;
    TransferHandlers handlers;
    handlers.head = [&](int status, const llm::Headers& headers) {
      heard.status = status;
      heard.headers = headers;
      ++heard.heads;
    };
    handlers.body = [&](std::string_view bytes) { heard.body += bytes; };
    handlers.end = [&](const TransferEnd& end) {
      heard.end = end;
      ended.set_value();
    };
    const auto id = transport.start(std::move(request), limits, std::move(handlers));
    if (begun) begun(id);
    ended.get_future().wait();
    return heard;
  }
};

std::string code_of(const Heard& heard) { return heard.end.error ? heard.end.error->code : ""; }

constexpr std::string_view ok_head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

}  // namespace

TEST_CASE("an answer comes with its status, its headers and its bytes") {
  std::string asked;
  OneServer server([&](int socket, const std::string& request) {
    asked = request;
    OneServer::say(socket, std::string(ok_head) + "X-Request-Id: 7\r\nContent-Length: 5\r\n\r\nhello");
  });
  Client client;
  const auto heard = client.ask(client.post(server.url(), std::string(300'000, 'x')));
  CHECK(code_of(heard).empty());
  CHECK(heard.status == 200);
  CHECK(heard.heads == 1);
  CHECK(heard.body == "hello");
  CHECK(std::ranges::find(heard.headers, std::pair<std::string, std::string>("X-Request-Id", "7")) !=
        heard.headers.end());
  CHECK(asked.find("x-api-key: secret\r\n") != std::string::npos);
  CHECK(asked.find("Expect:") == std::string::npos);
  CHECK(asked.ends_with(std::string(300'000, 'x')));
}

TEST_CASE("a redirect is an answer, and nobody follows it with the key") {
  OneServer server([](int socket, const std::string&) {
    OneServer::say(socket, "HTTP/1.1 307 Away\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  });
  Client client;
  const auto heard = client.ask(client.post(server.url()));
  CHECK(code_of(heard).empty());
  CHECK(heard.status == 307);
}

TEST_CASE("silence before the first byte is a time-out of its own") {
  OneServer server([](int socket, const std::string&) {
    OneServer::say(socket, std::string(ok_head) + "\r\n");
    OneServer::wait_for_end(socket);
  });
  Client client;
  TransferLimits limits;
  limits.first_byte = 50ms;
  const auto heard = client.ask(client.post(server.url()), limits);
  CHECK(code_of(heard) == "first_byte_timeout");
  CHECK(heard.end.retryable);
}

TEST_CASE("a stream that stalls is ended, and what came before was heard") {
  OneServer server([](int socket, const std::string&) {
    OneServer::say(socket, std::string(ok_head) + "\r\ndata: 1\n\n");
    OneServer::wait_for_end(socket);
  });
  Client client;
  TransferLimits limits;
  limits.idle = 50ms;
  const auto heard = client.ask(client.post(server.url()), limits);
  CHECK(code_of(heard) == "idle_timeout");
  CHECK(heard.body == "data: 1\n\n");
}

TEST_CASE("a stream that never ends is ended by the total time-out") {
  OneServer server([](int socket, const std::string&) {
    OneServer::say(socket, std::string(ok_head) + "\r\n");
    while (OneServer::say(socket, ": keep-alive\n")) std::this_thread::yield();
  });
  Client client;
  TransferLimits limits;
  limits.total = 100ms;
  limits.max_bytes = std::int64_t{1} << 40;
  CHECK(code_of(client.ask(client.post(server.url()), limits)) == "total_timeout");
}

TEST_CASE("an answer that is too large is broken off as soon as that is clear") {
  OneServer server([](int socket, const std::string&) {
    OneServer::say(socket, std::string(ok_head) + "Content-Length: 1000000000\r\n\r\n");
    while (OneServer::say(socket, std::string(65536, ' '))) {
    }
  });
  Client client;
  TransferLimits limits;
  limits.max_bytes = 100'000;
  const auto heard = client.ask(client.post(server.url()), limits);
  CHECK(code_of(heard) == "answer_too_large");
  CHECK_FALSE(heard.end.retryable);
  CHECK(heard.body.size() <= 100'000);
}

TEST_CASE("a connection that ends before the answer does is told, and may be tried again") {
  OneServer server([](int socket, const std::string&) {
    OneServer::say(socket, std::string(ok_head) + "Content-Length: 100\r\n\r\nhalf");
  });
  Client client;
  const auto heard = client.ask(client.post(server.url()));
  CHECK(code_of(heard) == "connection_lost");
  CHECK(heard.end.retryable);
}

TEST_CASE("nobody there is told at once") {
  Client client;
  const auto heard = client.ask(client.post("http://127.0.0.1:1/"));
  CHECK(code_of(heard) == "unreachable");
  CHECK(heard.status == 0);
}

TEST_CASE("a cancelled transfer ends at once, and the server sees it go") {
  std::promise<void> asked, gone;
  OneServer server([&](int socket, const std::string&) {
    asked.set_value();
    OneServer::wait_for_end(socket);
    gone.set_value();
  });
  Client client;
  const auto heard = client.ask(client.post(server.url()), {}, [&](Transport::Id id) {
    asked.get_future().wait();
    client.transport.cancel(id);
  });
  CHECK(code_of(heard) == "cancelled");
  CHECK(gone.get_future().wait_for(30s) == std::future_status::ready);
}

TEST_CASE("transfers that wait when the transport goes end as cancelled") {
  SystemClock clock;
  auto transport = std::make_unique<CurlTransport>(clock);
  std::promise<void> asked;
  OneServer server([&](int socket, const std::string&) {
    asked.set_value();
    OneServer::wait_for_end(socket);
  });
  std::string code;
  TransferHandlers handlers;
  handlers.end = [&](const TransferEnd& end) { code = end.error ? end.error->code : ""; };
  llm::HttpRequest request;
  request.url = server.url();
  transport->start(std::move(request), {}, std::move(handlers));
  asked.get_future().wait();
  transport.reset();
  CHECK(code == "cancelled");
}

TEST_CASE("a timer rings once, unless it is cancelled before") {
  Client client;
  std::promise<void> rung;
  const auto never = client.transport.after(1h, [] { FAIL("it was cancelled"); });
  client.transport.cancel(never);
  client.transport.after(1ms, [&] { rung.set_value(); });
  CHECK(rung.get_future().wait_for(30s) == std::future_status::ready);
}

TEST_CASE("what is asked of the transport on its own thread is not slept over") {
  Client client;
  std::promise<void> rung;
  client.transport.after(1ms, [&] {
    const auto never = client.transport.after(2ms, [] { FAIL("it was cancelled"); });
    client.transport.after(4ms, [&] { rung.set_value(); });
    client.transport.cancel(never);
  });
  CHECK(rung.get_future().wait_for(30s) == std::future_status::ready);
}
