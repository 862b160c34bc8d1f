#include "server/http/router.hpp"

#include <doctest/doctest.h>

using namespace doodled::http;

namespace {

Route row(Method method, std::string pattern) {
  return {method, std::move(pattern), [](const Request&) { return no_content(); }};
}

Router router() {
  return Router({row(Method::get, "/"), row(Method::get, "/api/v1/jobs"), row(Method::post, "/api/v1/jobs"),
                 row(Method::get, "/api/v1/jobs/{id}"), row(Method::del, "/api/v1/jobs/{id}"),
                 row(Method::post, "/api/v1/sessions/check"), row(Method::get, "/api/v1/sessions/{id}"),
                 row(Method::get, "/api/v1/sessions/{id}/diff/{other}"),
                 row(Method::get, "/assets/{file...}")});
}

std::string pattern_of(Method method, std::string_view path) {
  const auto table = router();
  const auto found = table.find(method, path);
  const auto* match = std::get_if<Match>(&found);
  return match ? match->route->pattern : "status " + std::to_string(std::get<Response>(found).status);
}

Fields parameters_of(std::string_view path) {
  const auto table = router();
  return std::get<Match>(table.find(Method::get, path)).parameters;
}

Response refusal_of(Method method, std::string_view path) {
  return std::get<Response>(router().find(method, path));
}

}  // namespace

TEST_SUITE("router") {
  TEST_CASE("a path finds its row and its parameters") {
    CHECK(pattern_of(Method::get, "/") == "/");
    CHECK(pattern_of(Method::get, "/api/v1/jobs") == "/api/v1/jobs");
    CHECK(parameters_of("/api/v1/jobs/01jabc") == Fields{{"id", "01jabc"}});
    CHECK(parameters_of("/api/v1/sessions/a%20b/diff/c%2Fd") == Fields{{"id", "a b"}, {"other", "c/d"}});
    CHECK(parameters_of("/assets/js/main.js") == Fields{{"file", "js/main.js"}});
  }

  TEST_CASE("a literal segment wins over a name, and a name is tried where the literal leads nowhere") {
    CHECK(pattern_of(Method::post, "/api/v1/sessions/check") == "/api/v1/sessions/check");
    CHECK(parameters_of("/api/v1/sessions/check/diff/x") == Fields{{"id", "check"}, {"other", "x"}});
  }

  TEST_CASE("HEAD finds the row of GET") {
    CHECK(pattern_of(Method::head, "/api/v1/jobs") == "/api/v1/jobs");
  }

  TEST_CASE("what is nowhere in the table is a 404") {
    for (const auto* path :
         {"/api/v1/job", "/api/v1/jobs/", "/api/v1/jobs/1/2", "//", "/api", "/api/v1/sessions//diff/x"}) {
      CAPTURE(path);
      CHECK(refusal_of(Method::get, path).status == 404);
    }
  }

  TEST_CASE("a wrong method is a 405 that lists the right ones, and OPTIONS lists them too") {
    CHECK(refusal_of(Method::patch, "/api/v1/jobs").status == 405);
    CHECK(refusal_of(Method::patch, "/api/v1/jobs").headers.value("Allow") == "OPTIONS, GET, HEAD, POST");
    CHECK(refusal_of(Method::other, "/api/v1/jobs/1").headers.value("Allow") == "OPTIONS, GET, HEAD, DELETE");
    CHECK(refusal_of(Method::options, "/api/v1/jobs").status == 204);
    CHECK(refusal_of(Method::options, "/api/v1/jobs").headers.value("Allow") == "OPTIONS, GET, HEAD, POST");
  }

  TEST_CASE("a path that is malformed or climbs is a 400") {
    for (const auto* path :
         {"/assets/../secret", "/assets/%2e%2e/secret", "/assets/./x", "/%zz", "/a%00b", "api"}) {
      CAPTURE(path);
      CHECK(refusal_of(Method::get, path).status == 400);
    }
  }

  TEST_CASE("a malformed table is found when it is built") {
    CHECK_THROWS_AS(Router({row(Method::get, "/a"), row(Method::get, "/a")}), std::logic_error);
    CHECK_THROWS_AS(Router({row(Method::get, "/{a}"), row(Method::get, "/{b}/c")}), std::logic_error);
    CHECK_THROWS_AS(Router({row(Method::get, "/{rest...}/b")}), std::logic_error);
    CHECK_THROWS_AS(Router({row(Method::get, "a")}), std::logic_error);
    CHECK_THROWS_AS(Router({Route{Method::get, "/a", nullptr}}), std::logic_error);
  }
}
