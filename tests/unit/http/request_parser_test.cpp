#include "server/http/request_parser.hpp"

#include <doctest/doctest.h>

using namespace doodled::http;

namespace {

constexpr std::size_t max_header = 1024;

int failure_of(std::string_view bytes) {
  RequestParser parser(max_header);
  const auto used = parser.header(bytes);
  return used ? 0 : used.error().status;
}

std::string head(std::string_view fields) {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n";
}

// What a chunked body comes to when it arrives in pieces of `step` bytes; "!413" where it is refused.
std::string dechunk(const std::string& body, std::size_t step, std::size_t max_body = 100) {
  RequestParser parser(max_header);
  REQUIRE(parser.header(head("Transfer-Encoding: chunked\r\n")).value() > 0);
  std::string pending;
  for (std::size_t at = 0; at < body.size() && !parser.body_done(); at += step) {
    pending += body.substr(at, step);
    const auto used = parser.chunks(pending, max_body);
    if (!used) return "!" + std::to_string(used.error().status);
    pending.erase(0, *used);
  }
  return parser.body_done() ? parser.request().body : "?";
}

}  // namespace

TEST_SUITE("request parser") {
  TEST_CASE("a request's parts are found") {
    RequestParser parser(max_header);
    const std::string bytes =
        "PATCH /api/v1/sessions/a%20b?limit=2&q=x+y HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
        "Expect: 100-continue\r\nX-A:  padded \r\n\r\nhello";

    const auto used = parser.header(bytes);

    CHECK(used.value() == bytes.size() - 5);
    CHECK(parser.request().method == Method::patch);
    CHECK(parser.request().path == "/api/v1/sessions/a%20b");
    CHECK(parser.request().query == Fields{{"limit", "2"}, {"q", "x y"}});
    CHECK(parser.request().headers.value("x-a") == "padded");
    CHECK(parser.framing().content_length == 5);
    CHECK(parser.framing().expects_continue);
    CHECK(parser.framing().keep_alive);
  }

  TEST_CASE("a header that arrives byte by byte is the same header") {
    const std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n";
    RequestParser parser(max_header);

    for (std::size_t length = 1; length < bytes.size(); ++length)
      CHECK(parser.header(bytes.substr(0, length)).value() == 0);
    CHECK(parser.header(bytes).value() == bytes.size());
    CHECK(parser.request().headers.value("A") == "b");
  }

  TEST_CASE("an absolute target and the asterisk are understood") {
    RequestParser absolute(max_header), asterisk(max_header);

    CHECK(absolute.header("GET http://h/x?y=1 HTTP/1.1\r\nHost: h\r\n\r\n").has_value());
    CHECK(absolute.request().path == "/x");
    RequestParser other(max_header), bare(max_header);
    CHECK(other.header("GET HTTP://evil.example:80?y=1 HTTP/1.1\r\nHost: localhost\r\n\r\n").has_value());
    CHECK(other.request().path == "/");
    CHECK(other.request().query_value("y") == "1");
    CHECK(other.request().headers.value("Host") == "evil.example:80");  // it is what is asked
    CHECK_FALSE(bare.header("GET http:///x HTTP/1.1\r\nHost: h\r\n\r\n").has_value());
    CHECK(asterisk.header("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").has_value());
    CHECK(asterisk.request().path == "/");
  }

  TEST_CASE("whatever two readers could read differently is refused") {
    struct Row {
      int status;
      std::string bytes;
    };
    for (const auto& [status, bytes] : std::initializer_list<Row>{
             {400, head("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")},
             {400, head("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")},
             {400, head("Content-Length: 1\r\nContent-Length: 1\r\n")},
             {400, head("Content-Length: 1\r\nContent-Length: 2\r\n")},
             {400, head("Content-Length: 1, 1\r\n")},
             {400, head("Content-Length: +1\r\n")},
             {400, head("Content-Length: 0x1\r\n")},
             {400, head("Content-Length: -1\r\n")},
             {400, head("Content-Length: 99999999999999999999\r\n")},
             {400, head("Content-Length:\r\n")},
             {400, head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
             {501, head("Transfer-Encoding: gzip, chunked\r\n")},
             {501, head("Transfer-Encoding: identity\r\n")},
             {501, head("Transfer-Encoding: xchunked\r\n")},
             {400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
             {400, head("X : y\r\n")},
             {400, head("X: a\r\n b\r\n")},
             {400, head("X\r\n")},
             {400, head("X: a\nContent-Length: 1\r\n")},
             {400, head("X: a\rContent-Length: 1\r\n")},
             {400, head("Transfer-Encoding : chunked\r\n")},
             {400, head(std::string("X: a\0b\r\n", 8))},
             {400, head("Content-Length: 1\r\n Content-Length: 2\r\n")},
             {400, "GET / HTTP/1.1\r\n\r\n"},
             {400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
             {400, "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
             {400, "GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n"},
             {400, "GET /?a=%z HTTP/1.1\r\nHost: h\r\n\r\n"},
             {505, "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
             {400, "GET / http/1.1\r\nHost: h\r\n\r\n"},
             {400, "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
             {417, head("Expect: something\r\n")},
             {431, head("X: " + std::string(2000, 'x') + "\r\n")},
             {431, "GET /" + std::string(2000, 'x')}}) {
      CAPTURE(bytes);
      CHECK(failure_of(bytes) == status);
    }
  }

  TEST_CASE("a hundred header fields are enough") {
    RequestParser roomy(std::size_t{16} << 10);
    std::string fields;
    for (int i = 0; i < 99; ++i) fields += "X: y\r\n";
    CHECK(roomy.header(head(fields)).has_value());
    RequestParser full(std::size_t{16} << 10);
    const auto refused = full.header(head(fields + "X: y\r\n"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().status == 431);
  }

  TEST_CASE("chunks are put together however they arrive") {
    const std::string body = "4;ext=\"1\"\r\nWiki\r\nB\r\npedia in ch\r\n0\r\nTrailer: x\r\n\r\n";

    for (std::size_t step = 1; step <= body.size(); ++step) {
      CAPTURE(step);
      CHECK(dechunk(body, step) == "Wikipedia in ch");
    }
  }

  TEST_CASE("malformed and endless chunks are refused") {
    CHECK(dechunk("z\r\n", 3) == "!400");
    CHECK(dechunk("1\nx\n0\n\n", 8) == "?");  // a bare line feed ends nothing
    CHECK(dechunk("1 \r\nx\r\n0\r\n\r\n", 20) == "!400");
    CHECK(dechunk("0x1\r\nx\r\n0\r\n\r\n", 20) == "!400");
    CHECK(dechunk("-1\r\n", 4) == "!400");
    CHECK(dechunk("fffffffffffffffff\r\n", 19) == "!400");
    CHECK(dechunk("2\r\nabc\r\n0\r\n\r\n", 8) == "!400");
    CHECK(dechunk("65\r\n" + std::string(101, 'x') + "\r\n0\r\n\r\n", 200) == "!413");
    CHECK(dechunk("ffffffffffffffff\r\n", 18) == "!413");  // refused before it comes
    CHECK(dechunk("1;" + std::string(4000, 'e'), 100) == "!431");
    CHECK(dechunk("4\r\nWik", 7) == "?");
  }

  TEST_CASE("a trailer changes no header") {
    RequestParser parser(max_header);
    REQUIRE(parser.header(head("Transfer-Encoding: chunked\r\n")).has_value());

    REQUIRE(parser.chunks("0\r\nHost: evil\r\n\r\n", 100).has_value());
    CHECK(parser.request().headers.count("Host") == 1);
  }
}
