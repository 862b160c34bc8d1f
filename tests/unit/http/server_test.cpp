#include "server/http/server.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <latch>
#include <list>
#include <mutex>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/base/ids.hpp"
#include "core/base/log.hpp"
#include "tests/unit/http/raw_client.hpp"

using namespace doodled;
using namespace doodled::http;
using doodled::http::testing::RawClient;
using doodled::http::testing::RawResponse;

namespace {

Response echo(const Request& request) {
  auto response = text_response(request.body);
  response.headers.add("X-Remote", request.remote_address);
  return response;
}

Response fail(const Request&) { throw std::runtime_error("secret reason"); }
Response refuse(const Request&) {
  throw ErrorException({"unknown_job", "no such job", {{"id", "is unknown"}}});
}
Response name(const Request& request) { return text_response(std::string(request.parameter("name"))); }

std::filesystem::path big_file() {
  const auto path =
      std::filesystem::temp_directory_path() / ("doodled-http-test-" + std::to_string(::getpid()));
  std::ofstream file(path, std::ios::binary);
  for (int i = 0; i < 100'000; ++i) file << "0123456789";
  return path;
}

std::vector<Route> routes() {
  return {{Method::get, "/hello/{name}", name},
          {Method::post, "/echo", echo, 4 << 20},
          {Method::post, "/small", echo, 10},
          {Method::get, "/fail", fail},
          {Method::get, "/refuse", refuse}};
}

ServerOptions quick_options() {
  ServerOptions options;
  options.port = 0;
  options.max_header = 2048;
  options.log_requests = false;
  options.stop_grace = std::chrono::milliseconds(2000);
  return options;
}

struct ServerFixture {
  explicit ServerFixture(ServerOptions options = quick_options(), std::vector<Route> table = routes(),
                         ServerHooks hooks = {})
      : server(std::move(options), Router(std::move(table)), {}, clock, std::move(hooks)) {
    log::set_level(log::Level::error);
    REQUIRE(server.start().has_value());
  }
  RawClient client() const { return RawClient(server.port()); }

  SystemClock clock;
  HttpServer server;
};

// Tells which thread answers, and has so many connections together.
struct TogetherFixture : ServerFixture {
  explicit TogetherFixture(int together) : ServerFixture(options(together), {thread_route()}) {}

  static ServerOptions options(int together) {
    auto options = quick_options();
    options.connections_together = together;
    return options;
  }
  static Route thread_route() {
    const auto thread = [](const Request&) -> std::optional<Response> {
      return text_response(std::to_string(::gettid()));
    };
    return with_ready({Method::get, "/thread", fail}, thread);
  }
};

std::string get(std::string_view path, std::string_view fields = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view fields = "") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace

TEST_SUITE("server") {
  TEST_CASE("a connection serves one request after the other") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());

    CHECK(client.exchange(get("/hello/world")).body == "world");
    const auto second = client.exchange(post("/echo", "sent"));
    CHECK(second.status == 200);
    CHECK(second.body == "sent");
    CHECK(second.has("X-Remote: 127.0.0.1\r\n"));
    CHECK(second.has("Connection: keep-alive\r\n"));
    CHECK(client.exchange(get("/nothing")).status == 404);
  }

  TEST_CASE("a client may name its request, where that harms nobody") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    const auto named = [&](const std::string& id) {
      return client.exchange("GET /hello/world HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id +
                             "\r\n\r\n");
    };

    CHECK(named("Trace_1.a-b").has("\r\nX-Request-Id: Trace_1.a-b\r\n"));
    CHECK(named(std::string(64, 'x')).has("\r\nX-Request-Id: " + std::string(64, 'x') + "\r\n"));
    for (const auto& harmful : {std::string(65, 'x'), std::string("a b"), std::string("a=b"),
                                std::string("\"a\""), std::string()}) {
      const auto answer = named(harmful);
      CHECK(answer.status == 200);
      const auto at = answer.head.find("\r\nX-Request-Id: ");
      REQUIRE(at != std::string::npos);
      CHECK(is_id(answer.head.substr(at + 16, 26)));
      CHECK(answer.head.substr(at + 42, 2) == "\r\n");
    }
  }

  TEST_CASE("an answer that is ready is given without the handler, with conditions as any other") {
    const auto ready = [](const Request& request) -> std::optional<Response> {
      if (request.parameter("name") != "known") return std::nullopt;
      auto response = text_response("ready");
      response.headers.add("ETag", "\"r\"");
      return response;
    };
    ServerFixture fixture(quick_options(), {with_ready({Method::get, "/hello/{name}", name}, ready)});
    RawClient client(fixture.server.port());

    CHECK(client.exchange(get("/hello/known")).body == "ready");
    CHECK(client.exchange(get("/hello/other")).body == "other");
    CHECK(client.exchange(get("/hello/known", "If-None-Match: \"r\"\r\n")).status == 304);
  }

  TEST_CASE("where what is ready fails, the handler answers") {
    const auto ready = [](const Request&) -> std::optional<Response> { throw std::runtime_error("no"); };
    ServerFixture fixture(quick_options(), {with_ready({Method::get, "/hello/{name}", name}, ready)});
    RawClient client(fixture.server.port());

    CHECK(client.exchange(get("/hello/world")).body == "world");
  }

  TEST_CASE("few connections are together on one I/O thread, of more each has its share") {
    TogetherFixture fixture(2);
    std::list<RawClient> clients;
    std::vector<std::string> threads;
    for (int i = 0; i < 6; ++i)
      threads.push_back(clients.emplace_back(fixture.server.port()).exchange(get("/thread")).body);

    CHECK(threads[1] == threads[0]);
    CHECK(threads[2] != threads[0]);
    CHECK(std::ranges::count(threads, threads[0]) == 3);
  }

  TEST_CASE("connections that have ended make room on the first I/O thread") {
    TogetherFixture fixture(3);
    std::set<std::string> threads;
    for (int i = 0; i < 10; ++i) {
      RawClient client(fixture.server.port());
      threads.insert(client.exchange(get("/thread", "Connection: close\r\n")).body);
      CHECK(client.take(1).empty());
    }

    CHECK(threads.size() == 1);
  }

  TEST_CASE("pipelined requests are answered in their order, bodies kept apart") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());

    client.send(get("/hello/1") + post("/echo", "GET /hello/no HTTP/1.1\r\n\r\n") + "\r\n" + get("/hello/3") +
                get("/hello/4"));

    CHECK(client.receive().body == "1");
    CHECK(client.receive().body == "GET /hello/no HTTP/1.1\r\n\r\n");
    CHECK(client.receive().body == "3");
    CHECK(client.receive().body == "4");
  }

  TEST_CASE("a body of megabytes arrives as it was sent, by length and in chunks") {
    ServerFixture fixture;
    std::string body(3'000'000, '\0');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 31 >> 3);
    RawClient client(fixture.server.port());

    CHECK(client.exchange(post("/echo", body)).body == body);

    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", body.size());
    CHECK(client
              .exchange("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" +
                        std::string(size) + body + "\r\n3\r\nend\r\n0\r\n\r\n")
              .body == body + "end");
    CHECK(client.exchange(get("/hello/after")).body == "after");
  }

  TEST_CASE("a body that is too long is refused before it is sent") {
    ServerFixture fixture;

    RawClient announced(fixture.server.port());
    const auto refused = announced.exchange(
        "POST /small HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");
    CHECK(refused.status == 413);
    CHECK(refused.has("Connection: close\r\n"));
    CHECK(refused.has("Content-Type: application/problem+json\r\n"));

    RawClient chunked(fixture.server.port());
    CHECK(chunked
              .exchange("POST /small HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                        "chunked\r\n\r\nb\r\nhello world\r\n")
              .status == 413);
  }

  TEST_CASE("a client that asks first is told to go on") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());

    client.send(
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(client.receive().status == 100);
    CHECK(client.exchange("ok").body == "ok");
  }

  TEST_CASE("a request that smuggles another ends the connection") {
    ServerFixture fixture;
    for (const auto* bytes :
         {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: "
          "chunked\r\n\r\n0\r\n\r\nGET /hello/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /hello/a HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\nGET /hello/x HTTP/1.1\r\nHost: "
          "localhost\r\n\r\n",
          "GET / HTTP/1.1\nHost: localhost\n\n", "\x16\x03\x01\x02\x00\x01\r\n\r\n"}) {
      CAPTURE(bytes);
      RawClient client(fixture.server.port());
      CHECK(client.exchange(bytes).status == 400);
      CHECK(client.ends());
    }
  }

  TEST_CASE("a header that is too long is a 431, and the client gets to read it") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());

    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(100'000, 'x'));
    CHECK(client.receive().status == 431);
  }

  TEST_CASE("HEAD answers as GET does, without the body") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());

    client.send("HEAD /hello/world HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(client.receive(true).has("Content-Length: 5\r\n"));
    CHECK(client.exchange(get("/hello/next")).body == "next");
  }

  TEST_CASE("an old client's connection ends after the answer") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());

    CHECK(client.exchange("GET /hello/old HTTP/1.0\r\n\r\n").body == "old");
    CHECK(client.ends());
  }

  TEST_CASE("a handler's exception is a 500 that tells no secret, and the connection goes on") {
    ServerFixture fixture;
    log::set_level(log::Level::error);
    RawClient client(fixture.server.port());

    const auto failed = client.exchange(get("/fail"));
    CHECK(failed.status == 500);
    CHECK(failed.body.find("secret") == std::string::npos);
    const auto refused = client.exchange(get("/refuse"));
    CHECK(refused.status == 404);
    CHECK(Json::parse(refused.body).at("errors").at(0).at("pointer") == "id");
  }

  TEST_CASE("a foreign host and a foreign page are refused") {
    ServerFixture fixture;
    RawClient client(fixture.server.port());

    CHECK(client.exchange("GET /hello/x HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 403);
    CHECK(client.exchange(post("/echo", "x", "Origin: http://evil.example\r\n")).status == 403);
    CHECK(client.exchange(post("/echo", "x", "Origin: http://localhost\r\n")).status == 200);
  }

  TEST_CASE("slow headers, slow bodies and idle connections are ended") {
    auto options = quick_options();
    options.header_timeout = options.body_timeout = options.idle_timeout = std::chrono::milliseconds(50);
    ServerFixture fixture(options);

    RawClient slow_header(fixture.server.port()), slow_body(fixture.server.port()),
        idle(fixture.server.port());
    slow_header.send("GET / HTT");
    slow_body.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");

    CHECK(slow_header.receive().status == 408);
    CHECK(slow_body.receive().status == 408);
    CHECK(idle.ends());
  }

  TEST_CASE(
      "an answer larger than the system's buffers waits for a reader that is late, whole and in order") {
    std::string numbers;
    for (int i = 0; numbers.size() < (8 << 20); ++i) numbers += std::to_string(i) + " ";
    ServerFixture fixture(quick_options(), {{Method::get, "/numbers", [&](const Request&) {
                                               return shared_response(
                                                   std::make_shared<const std::string>(numbers),
                                                   "text/plain");
                                             }}});

    RawClient client(fixture.server.port());
    client.send(get("/numbers"));
    client.send(get("/numbers"));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(client.receive().body == numbers);
    CHECK(client.receive().body == numbers);
  }

  TEST_CASE("more connections than allowed are told to come later") {
    auto options = quick_options();
    options.max_connections = 1;
    ServerFixture fixture(options);

    RawClient first(fixture.server.port());
    CHECK(first.exchange(get("/hello/1")).status == 200);
    RawClient second(fixture.server.port());
    CHECK(second.receive().status == 503);
  }

  TEST_CASE("bodies that do not fit into memory together are refused") {
    auto options = quick_options();
    options.max_bodies = 1 << 20;
    ServerFixture fixture(options);
    RawClient client(fixture.server.port());

    CHECK(client.exchange(post("/echo", std::string(2 << 20, 'x'))).status == 503);
    RawClient next(fixture.server.port());
    CHECK(next.exchange(post("/echo", std::string(1 << 19, 'x'))).status == 200);
  }

  TEST_CASE("files, shared bytes and ranges of them are sent") {
    const auto path = big_file();
    const auto shared = std::make_shared<const std::string>("shared bytes");
    ServerFixture fixture(
        quick_options(),
        {{Method::get, "/file", [path](const Request&) { return file_response(path, "text/plain"); }},
         {Method::get, "/gone",
          [](const Request&) { return file_response("/nowhere/at/all", "text/plain"); }},
         {Method::get, "/shared",
          [shared](const Request&) { return shared_response(shared, "text/plain"); }}});
    RawClient client(fixture.server.port());

    const auto whole = client.exchange(get("/file"));
    CHECK(whole.body.size() == 1'000'000);
    CHECK(whole.body.ends_with("0123456789"));
    const auto part = client.exchange(get("/file", "Range: bytes=300003-600005\r\n"));
    CHECK(part.status == 206);
    CHECK(part.body.size() == 300'003);
    CHECK(part.body.starts_with("3456"));
    CHECK(client.exchange(get("/file", "Range: bytes=2000000-\r\n")).status == 416);
    CHECK(client.exchange(get("/gone")).status == 404);
    CHECK(client.exchange(get("/shared", "Range: bytes=7-\r\n")).body == "bytes");
    std::filesystem::remove(path);
  }

  TEST_CASE("the gate is asked before the body is read, and every request is reported") {
    std::mutex mutex;
    std::vector<std::string> reports;
    ServerHooks hooks;
    hooks.gate = [](Request& request, const Destination&) -> std::optional<Response> {
      if (request.headers.contains("X-Key")) return std::nullopt;
      return problem_response({"unauthorized", "no key"});
    };
    hooks.explain = [](const std::exception&) { return problem_response({"disk_full", "no room"}); };
    hooks.finished = [&](const RequestReport& report) {
      const std::lock_guard lock(mutex);
      reports.push_back(std::string(report.pattern) + " " + std::to_string(report.status) + " " +
                        std::to_string(report.bytes));
    };
    ServerFixture fixture(quick_options(), routes(), hooks);
    RawClient client(fixture.server.port());

    CHECK(client.exchange(get("/hello/x")).status == 401);
    CHECK(client.exchange(get("/hello/x", "X-Key: 1\r\n")).status == 200);
    CHECK(client.exchange(get("/fail", "X-Key: 1\r\n")).status == 507);
    fixture.server.stop();
    REQUIRE(reports.size() == 3);
    CHECK(reports[0].starts_with("/hello/{name} 401 "));
    CHECK(reports[1] == "/hello/{name} 200 1");
  }

  TEST_CASE("stopping lets the request under way finish and ends idle connections") {
    std::latch entered(1), leave(1);
    ServerFixture fixture(quick_options(), {{Method::get, "/slow",
                                             [&](const Request&) {
                                               entered.count_down();
                                               leave.wait();
                                               return text_response("done");
                                             }},
                                            {Method::get, "/hello/{name}", name}});
    // Connections are dealt to two loops in turns: once both idle ones have ended, both loops have heard.
    RawClient busy(fixture.server.port()), idle(fixture.server.port()), beside_busy(fixture.server.port());
    CHECK(idle.exchange(get("/hello/x")).status == 200);
    CHECK(beside_busy.exchange(get("/hello/x")).status == 200);
    busy.send(get("/slow"));
    entered.wait();

    std::jthread stopper([&] { fixture.server.stop(); });
    CHECK(idle.ends());
    CHECK(beside_busy.ends());
    leave.count_down();

    const auto last = busy.receive();
    CHECK(last.body == "done");
    CHECK(last.has("Connection: close\r\n"));
    CHECK(busy.ends());
  }

  TEST_CASE("an address in use is an error that says so") {
    ServerFixture fixture;
    auto options = quick_options();
    options.port = fixture.server.port();
    HttpServer second(options, Router(routes()), {}, fixture.clock);

    const auto started = second.start();
    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().code == "cannot_listen");
    CHECK(started.error().message.find("in use") != std::string::npos);
  }
}
