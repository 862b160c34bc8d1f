#include "server/http/response_writer.hpp"

#include <doctest/doctest.h>

using namespace doodled::http;

namespace {

Request asked_with(std::string name, std::string value) {
  Request request;
  request.headers.add(std::move(name), std::move(value));
  return request;
}

Response ten_bytes() {
  auto response = text_response("0123456789");
  response.headers.add("ETag", "\"abc\"");
  return response;
}

}  // namespace

TEST_SUITE("response writer") {
  TEST_CASE("every answer carries its length and the security headers") {
    const auto head =
        head_bytes(text_response("hi"), 2,
                   {"id1", "Sun, 06 Nov 1994 08:49:37 GMT", default_content_security_policy, true});

    CHECK(head.starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
    CHECK(head.ends_with("\r\n\r\n"));
    for (const auto* line :
         {"\r\nContent-Length: 2\r\n", "\r\nX-Content-Type-Options: nosniff\r\n",
          "\r\nReferrer-Policy: no-referrer\r\n", "\r\nX-Frame-Options: DENY\r\n",
          "frame-ancestors 'none'\r\n", "\r\nX-Request-Id: id1\r\n", "\r\nCache-Control: no-cache\r\n",
          "\r\nConnection: keep-alive\r\n", "\r\nContent-Type: text/plain; charset=utf-8\r\n"}) {
      CAPTURE(line);
      CHECK(head.find(line) != std::string::npos);
    }
  }

  TEST_CASE("data, which no browser makes a page of, may load nothing at all") {
    const HeadContext context{"i", "d", default_content_security_policy, true};
    const auto data = head_bytes(json_response({}), 2, context);
    const auto text = head_bytes(text_response("hi", "text/html"), 2, context);
    CHECK(data.find("Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n") != std::string::npos);
    CHECK(data.find("Permissions-Policy") == std::string::npos);
    CHECK(text.find("Security-Policy: default-src 'self'; ") != std::string::npos);
    CHECK(text.find("Permissions-Policy: camera=(self)") != std::string::npos);
  }

  TEST_CASE("a page is kept apart from those that opened it where browsers take that header: under TLS") {
    const HeadContext clear{"i", "d", "p", true}, secured{"i", "d", "p", true, true};
    CHECK(head_bytes(text_response("hi"), 2, clear).find("Opener-Policy") == std::string::npos);
    CHECK(head_bytes(text_response("hi"), 2, secured).find("Opener-Policy") != std::string::npos);
  }

  TEST_CASE("browsers are told to insist on https where that is wanted only") {
    HeadContext context{"id1", "", "", true, true};
    CHECK(head_bytes(text_response("hi"), 2, context).find("Strict-Transport") == std::string::npos);
    context.strict_transport_security = "max-age=86400";
    CHECK(head_bytes(text_response("hi"), 2, context)
              .find("\r\nStrict-Transport-Security: max-age=86400\r\n") != std::string::npos);
  }

  TEST_CASE("a handler cannot be made to write a header line of its own") {
    auto response = no_content();
    response.headers.add("Location", "/a\r\nSet-Cookie: b");

    const auto head = head_bytes(response, 0, {"i", "d", "p", false});

    CHECK(head.find("\r\nSet-Cookie") == std::string::npos);
    CHECK(head.find("Content-Length") == std::string::npos);
  }

  TEST_CASE("a known tag is answered with 304, another one with the body") {
    for (const auto* tags : {"\"abc\"", "\"x\", W/\"abc\"", "*"}) {
      CAPTURE(tags);
      auto response = ten_bytes();
      CHECK(apply_conditions(asked_with("If-None-Match", tags), response, 10).length == 0);
      CHECK(response.status == 304);
    }
    auto response = ten_bytes();
    CHECK(apply_conditions(asked_with("If-None-Match", "\"x\""), response, 10).length == 10);
    CHECK(response.status == 200);
  }

  TEST_CASE("one range is cut out, a nonsensical one is ignored, one outside is a 416") {
    struct Row {
      const char* range;
      int status;
      std::uint64_t offset, length;
      const char* content_range;
    };
    for (const auto& row :
         {Row{"bytes=0-3", 206, 0, 4, "bytes 0-3/10"}, Row{"bytes=4-", 206, 4, 6, "bytes 4-9/10"},
          Row{"bytes=-3", 206, 7, 3, "bytes 7-9/10"}, Row{"bytes=8-99", 206, 8, 2, "bytes 8-9/10"},
          Row{"bytes=-99", 206, 0, 10, "bytes 0-9/10"}, Row{"bytes=3-1", 200, 0, 10, ""},
          Row{"bytes=x-", 200, 0, 10, ""}, Row{"bytes=0-1,3-4", 200, 0, 10, ""},
          Row{"lines=0-1", 200, 0, 10, ""}}) {
      CAPTURE(row.range);
      auto response = ten_bytes();
      const auto stretch = apply_conditions(asked_with("Range", row.range), response, 10);
      CHECK(response.status == row.status);
      CHECK(stretch.offset == row.offset);
      CHECK(stretch.length == row.length);
      CHECK(response.headers.value("Content-Range") == row.content_range);
    }
    auto response = ten_bytes();
    apply_conditions(asked_with("Range", "bytes=10-"), response, 10);
    CHECK(response.status == 416);
    CHECK(response.headers.value("Content-Range") == "bytes */10");
  }

  TEST_CASE("a range of another version of the body is not cut") {
    auto request = asked_with("Range", "bytes=0-1");
    request.headers.add("If-Range", "\"old\"");
    auto response = ten_bytes();

    CHECK(apply_conditions(request, response, 10).length == 10);
    CHECK(response.status == 200);
  }

  TEST_CASE("dates are written as HTTP wants them") {
    CHECK(to_http_date(784111777000) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(to_http_date(1709164800999) == "Thu, 29 Feb 2024 00:00:00 GMT");
  }
}
