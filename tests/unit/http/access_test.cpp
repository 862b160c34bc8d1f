#include "server/http/access.hpp"

#include <doctest/doctest.h>

using namespace doodled::http;

namespace {

const AccessRules rules{{"studio.local"}, {"https://studio.example"}};

Request post(std::string host, Headers headers = {}) {
  Request request;
  request.method = Method::post;
  request.local_address = "192.168.1.5";
  request.headers = std::move(headers);
  request.headers.add("Host", std::move(host));
  return request;
}

bool passes(std::string origin) {
  Headers headers;
  headers.add("Origin", std::move(origin));
  return !refuse_stranger(post("studio.local:8080", headers), false, rules);
}

}  // namespace

TEST_SUITE("access") {
  TEST_CASE("loopback names, the own address and configured names are hosts of this server") {
    for (const auto* host : {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "192.168.1.5",
                             "192.168.1.5:8080", "studio.local", "Studio.Local:8080", "localhost."}) {
      CAPTURE(host);
      CHECK(host_allowed(host, "192.168.1.5", rules));
    }
  }

  TEST_CASE("any other host is a stranger, however it is dressed") {
    for (const auto* host :
         {"evil.example", "localhost.evil.example", "192.168.1.6", "127.0.0.1.evil.example", "", "[::1",
          "localhost:port", "evil@localhost", "localhost/x", "localhost, evil", ":8080"}) {
      CAPTURE(host);
      CHECK_FALSE(host_allowed(host, "192.168.1.5", rules));
    }
    CHECK(refuse_stranger(post("evil.example"), false, rules)->status == 403);
  }

  TEST_CASE("only a page of this very host, or a configured one, may change things") {
    CHECK(passes("http://studio.local:8080"));
    CHECK(passes("https://studio.example"));
    CHECK_FALSE(passes("http://studio.local:8081"));
    CHECK_FALSE(passes("http://evil.example"));
    CHECK_FALSE(passes("null"));
    CHECK_FALSE(passes(""));
    CHECK_FALSE(passes("studio.local:8080"));
  }

  TEST_CASE("a program without a browser around it sends no Origin and passes") {
    CHECK_FALSE(refuse_stranger(post("localhost:8080"), false, rules));
  }

  TEST_CASE("what the browser says of the site counts where there is no Origin") {
    Headers headers;
    headers.add("Sec-Fetch-Site", "cross-site");

    CHECK(refuse_stranger(post("localhost:8080", headers), false, rules)->status == 403);
  }

  TEST_CASE("reading is allowed from elsewhere, a WebSocket is not") {
    auto request = post("localhost:8080");
    request.method = Method::get;
    request.headers.add("Origin", "http://evil.example");

    CHECK_FALSE(refuse_stranger(request, false, rules));
    CHECK(refuse_stranger(request, true, rules)->status == 403);
  }
}
