#include "server/http/message.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace doodled;
using namespace doodled::http;

namespace {

Json body_of(const Response& response) { return Json::parse(std::get<std::string>(response.body)); }

Request with_query(Fields query) {
  Request request;
  request.query = std::move(query);
  return request;
}

}  // namespace

TEST_SUITE("message") {
  TEST_CASE("header names are compared without case and the first of several is taken") {
    Headers headers;
    headers.add("Content-Type", "a/b");
    headers.add("X-Tag", "one");
    headers.add("x-tag", "two");

    CHECK(headers.value("content-type") == "a/b");
    CHECK(headers.value("X-TAG") == "one");
    CHECK(headers.count("X-Tag") == 2);
    CHECK(headers.value("absent").empty());
    headers.set("X-TAG", "three");
    CHECK(headers.count("x-tag") == 1);
  }

  TEST_CASE("a problem carries type, title, status, detail, code and every error with its pointer") {
    const auto response = problem_response({"schema_violation",
                                            "the session breaks the schema",
                                            {{"/tempo", "is too fast"}, {"/tracks/0", "is empty"}}});

    CHECK(response.status == 422);
    CHECK(response.content_type == "application/problem+json");
    CHECK(body_of(response) == Json::parse(R"({
      "type": "about:blank", "title": "Unprocessable Content", "status": 422,
      "detail": "the session breaks the schema", "code": "schema_violation",
      "errors": [{"pointer": "/tempo", "message": "is too fast"}, {"pointer": "/tracks/0", "message": "is empty"}]})"));
  }

  TEST_CASE("the status follows the code") {
    CHECK(status_of("malformed_json") == 400);
    CHECK(status_of("unknown_session") == 404);
    CHECK(status_of("too_large") == 413);
    CHECK(status_of("not_a_picture") == 415);
    CHECK(status_of("not_a_backup") == 415);
    CHECK(status_of("damaged_backup") == 422);
    CHECK(status_of("backup_failed") == 500);
    CHECK(status_of("unknown_mode") == 422);
    CHECK(problem_response(409, {"unknown_mode", "x"}).status == 409);
  }

  TEST_CASE("text that is not UTF-8 still makes a readable problem") {
    const auto response = problem_response({"not_found", "nothing at \xff"});

    CHECK(body_of(response).at("detail").get<std::string>().starts_with("nothing at "));
  }

  TEST_CASE("a JSON body is refused by its content type and by its content") {
    Request request;
    request.body = R"({"a": 1})";
    CHECK(json_body(request).value().at("a") == 1);
    request.headers.add("Content-Type", "application/merge-patch+json; charset=utf-8");
    CHECK(json_body(request).has_value());
    request.headers.set("Content-Type", "text/plain");
    CHECK(json_body(request).error().code == "unsupported_media_type");
    request.headers.set("Content-Type", "application/json");
    request.body = "{";
    CHECK(json_body(request).error().code == "malformed_json");
  }

  TEST_CASE("numbers and flags of the query are checked and named") {
    const auto request =
        with_query({{"limit", "20"}, {"many", "2000"}, {"word", "1x"}, {"on", ""}, {"off", "0"}});

    CHECK(query_number(request, "limit", 50, 1, 100).value() == 20);
    CHECK(query_number(request, "absent", 50, 1, 100).value() == 50);
    CHECK(query_number(request, "many", 50, 1, 100).error().problems.at(0).pointer == "many");
    CHECK(query_number(request, "word", 50, 1, 100).error().code == "bad_query");
    CHECK(query_flag(request, "on", false).value());
    CHECK_FALSE(query_flag(request, "off", true).value());
    CHECK(query_flag(request, "word", true).error().code == "bad_query");
  }

  TEST_CASE("a parameter that the route does not hold is a mistake of the program") {
    Request request;
    request.parameters = {{"id", "7"}};

    CHECK(request.parameter("id") == "7");
    CHECK_THROWS_AS(request.parameter("name"), std::out_of_range);
  }
}
