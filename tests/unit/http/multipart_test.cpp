#include "server/http/multipart.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::http;

namespace {

constexpr auto type = "multipart/form-data; boundary=XX";

Result<Form> parse(const std::string& body) { return parse_multipart(type, body); }

std::string pointer_of(const std::string& body) {
  const auto form = parse(body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == "malformed_form");
  return form.error().problems.at(0).pointer;
}

}  // namespace

TEST_SUITE("multipart") {
  TEST_CASE("fields and files come with their names, types and bytes") {
    const std::string bytes("\xff\xd8\r\n--X\0\r\n", 9);
    const auto body =
        "--XX\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\ndoodle\r\n"
        "--XX\r\ncontent-disposition: form-data; name=\"image\"; filename=\"C:\\fakepath\\a.jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\n" +
        bytes + "\r\n--XX--\r\n";

    const auto form = parse(body);

    REQUIRE(form.has_value());
    REQUIRE(form->parts.size() == 2);
    CHECK(form->parts[0].name == "mode");
    CHECK(form->parts[0].content == "doodle");
    CHECK_FALSE(form->parts[0].filename);
    const auto* image = form->find("image");
    REQUIRE(image);
    CHECK(image->content == bytes);
    CHECK(image->filename == "a.jpg");
    CHECK(image->content_type == "image/jpeg");
    CHECK_FALSE(form->find("prompt"));
  }

  TEST_CASE("preamble, epilogue, padding and quoted boundaries are allowed") {
    const std::string body =
        "ignored\r\n--a b \t\r\nContent-Disposition: form-data; name=x\r\n\r\n\r\n--a b--\r\nignored";

    const auto form = parse_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", body);

    REQUIRE(form.has_value());
    REQUIRE(form->parts.size() == 1);
    CHECK(form->parts[0].content.empty());
  }

  TEST_CASE("a name is decoded as browsers encode it") {
    const auto form = parse(
        "--XX\r\nContent-Disposition: form-data; name=\"a%22b\"; "
        "filename=\"../../etc/pass%22wd\"\r\n\r\n1\r\n--XX--");

    REQUIRE(form.has_value());
    CHECK(form->parts[0].name == "a\"b");
    CHECK(form->parts[0].filename == "pass\"wd");
  }

  TEST_CASE("a form without parts is empty") { CHECK(parse("--XX--\r\n")->parts.empty()); }

  TEST_CASE("the error names the part at fault") {
    const std::string field = "--XX\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\n";

    CHECK(pointer_of(field + "cut off") == "mode");
    CHECK(pointer_of(field + "1\r\n--XX\r\nContent-Disposition: form-data\r\n\r\n2\r\n--XX--") == "part 2");
    CHECK(pointer_of(field + "1\r\n--XX\r\nno header end") == "part 2");
    CHECK(pointer_of("--XX\r\nno colon\r\n\r\n1\r\n--XX--") == "part 1");
    CHECK(pointer_of("--XX\r\n\r\nbare\r\n--XX--") == "part 1");
    CHECK(pointer_of("--XXY\r\n\r\n") == "part 1");
    CHECK(pointer_of("nothing of it") == "");
    CHECK(pointer_of("") == "");
    CHECK(pointer_of("--XX") == "part 1");
  }

  TEST_CASE("more than 64 parts are refused") {
    std::string body;
    for (int i = 0; i < 65; ++i) body += "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";

    CHECK(pointer_of(body + "--XX--") == "part 65");
  }

  TEST_CASE("another content type and a missing boundary are told apart") {
    CHECK(parse_multipart("application/json", "{}").error().code == "unsupported_media_type");
    CHECK(parse_multipart("multipart/form-data", "x").error().problems.at(0).pointer == "Content-Type");
    CHECK(parse_multipart("multipart/form-data; boundary=" + std::string(71, 'b'), "x").error().code ==
          "malformed_form");
  }

  TEST_CASE("every cut of a form is either refused or whole, and never reads outside") {
    const std::string body =
        "--XX\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nbytes\r\n--XX--\r\n";

    for (std::size_t length = 0; length <= body.size(); ++length) {
      CAPTURE(length);
      const std::string cut(body, 0, length);
      const auto form = parse(cut);
      CHECK(form.has_value() == (length >= body.size() - 2));
    }
  }
}
