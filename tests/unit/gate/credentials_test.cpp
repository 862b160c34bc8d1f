#include "server/gate/credentials.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using http::Request;

namespace {

Request with(std::string name, std::string value) {
  Request request;
  request.headers.add(std::move(name), std::move(value));
  return request;
}

}  // namespace

TEST_SUITE("credentials") {
  TEST_CASE("a bearer token stands after its scheme, whatever the scheme's case") {
    CHECK(bearer_secret(with("Authorization", "Bearer abc")) == "abc");
    CHECK(bearer_secret(with("authorization", "bearer  abc ")) == "abc");
    CHECK(bearer_secret(with("Authorization", "Basic abc")) == "");
    CHECK(bearer_secret(with("Authorization", "Bearer")) == "");
    CHECK_FALSE(bearer_secret(Request{}));
  }

  TEST_CASE("our cookie is found among others, and no other is taken for it") {
    CHECK(cookie_secret(with("Cookie", "doodled=abc")) == "abc");
    CHECK(cookie_secret(with("Cookie", "a=b; doodled=abc; c=d")) == "abc");
    CHECK(cookie_secret(with("Cookie", "doodled=")) == "");
    CHECK_FALSE(cookie_secret(with("Cookie", "doodled2=abc; xdoodled=abc; doodled")));
    CHECK_FALSE(cookie_secret(Request{}));
  }

  TEST_CASE("the cookie is for this site and for no script, and under TLS never in clear text") {
    const auto plain = cookie_with("abc", false);
    CHECK(plain == "doodled=abc; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict");
    CHECK(cookie_with("abc", true) == plain + "; Secure");
    CHECK(cookie_cleared(false) == "doodled=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
  }
}
