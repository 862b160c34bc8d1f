// What all providers have in common: their requests fit their APIs, and they tell the same outcomes in their
// own words.
#include "replies.hpp"
#include "requests.hpp"
#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::llm;

namespace {

constexpr std::string_view kinds[] = {"openai", "compatible", "openai-responses", "anthropic",
                                      "gemini", "ollama",     "moondream"};

const Provider& provider(std::string_view kind) { return *find_provider(kind); }

HttpRequest request(std::string_view kind, const ModelCall& call) {
  const auto made = provider(kind).request(call);
  REQUIRE_MESSAGE(made.has_value(), made.error().message);
  return *made;
}

// {provider, where the key goes, what stands before it}
struct KeyPlace {
  std::string_view kind, header, before;
};
constexpr KeyPlace key_places[] = {{"openai", "Authorization", "Bearer "},
                                   {"compatible", "Authorization", "Bearer "},
                                   {"openai-responses", "Authorization", "Bearer "},
                                   {"anthropic", "x-api-key", ""},
                                   {"gemini", "x-goog-api-key", ""},
                                   {"ollama", "Authorization", "Bearer "},
                                   {"moondream", "X-Moondream-Auth", ""}};

}  // namespace

TEST_CASE(
    "every provider's request fits its API: with and without picture, schema, stream, and at a second "
    "asking") {
  for (const auto kind : kinds) {
    CAPTURE(kind);
    ModelCall call = doodle_call(kind);
    CHECK(faults(kind, request(kind, call)) == "");
    call.stream = false;
    CHECK(faults(kind, request(kind, call)) == "");
    call.further = {{Turn::Role::assistant, "{}"}, {Turn::Role::user, "Wrong."}};
    CHECK(faults(kind, request(kind, call)) == "");
    call.schema = {};
    CHECK(faults(kind, request(kind, call)) == "");
    if (kind == "moondream") continue;
    call.picture = nullptr;
    CHECK(faults(kind, request(kind, call)) == "");
  }
}

TEST_CASE("every combination of a model's capabilities gives a request that fits") {
  for (const auto kind : kinds)
    for (const auto structured : {StructuredOutput::schema, StructuredOutput::json, StructuredOutput::none})
      for (const bool knobs : {false, true}) {
        CAPTURE(kind);
        ModelCall call = doodle_call(kind);
        call.capabilities.structured = structured;
        call.capabilities.temperature = call.capabilities.seed = knobs;
        call.capabilities.thinking = kind == "gemini" ? "LOW" : "low";
        if (knobs && kind == "gemini") call.capabilities.schema_field = "responseFormat";
        if (kind == "openai-responses" || kind == "anthropic" || kind == "moondream")
          call.capabilities.seed = false;
        CHECK(faults(kind, request(kind, call)) == "");
      }
}

TEST_CASE("a key travels in its provider's header, and nowhere else") {
  for (const auto& place : key_places) {
    CAPTURE(place.kind);
    const auto made = request(place.kind, doodle_call(place.kind));
    CHECK(header(made, place.header) == std::string(place.before) + "the-key");
    CHECK(made.url.find("the-key") == std::string::npos);
    CHECK(made.body.find("the-key") == std::string::npos);
    const auto list = provider(place.kind).list_models({"http://h", Secret("the-key")});
    CHECK(header(list, place.header) == std::string(place.before) + "the-key");
    CHECK(list.url.find("the-key") == std::string::npos);
  }
}

TEST_CASE("an address is understood with and without its version and its last slash") {
  const auto url = [](std::string_view kind, const char* base) {
    auto call = doodle_call(kind);
    call.endpoint.base_url = base;
    call.stream = false;
    return request(kind, call).url;
  };
  for (const char* base : {"http://h:1", "http://h:1/", "http://h:1/v1", "http://h:1/v1/"}) {
    CHECK(url("openai", base) == "http://h:1/v1/chat/completions");
    CHECK(url("openai-responses", base) == "http://h:1/v1/responses");
    CHECK(url("anthropic", base) == "http://h:1/v1/messages");
    CHECK(url("ollama", base) == "http://h:1/api/chat");
    CHECK(url("moondream", base) == "http://h:1/v1/query");
  }
  CHECK(url("gemini", "http://h:1/v1beta/") == "http://h:1/v1beta/models/a-model:generateContent");
  CHECK(url("openai", "") == "https://api.openai.com/v1/chat/completions");
  CHECK(url("ollama", "") == "http://127.0.0.1:11434/api/chat");
}

TEST_CASE("a model's name can't leave its place in an address") {
  auto call = doodle_call("gemini");
  call.model = "models/a/../b?key=1";
  CHECK(request("gemini", call).url ==
        "http://127.0.0.1:9/v1beta/models/a%2F..%2Fb%3Fkey%3D1:streamGenerateContent?alt=sse");
}

TEST_CASE("pictures other than PNG and JPEG are not sent") {
  for (const auto kind : kinds) {
    auto call = doodle_call(kind);
    auto webp = *small_picture();
    webp.media_type = "image/webp";
    call.picture = std::make_shared<const PreparedPicture>(webp);
    CHECK(provider(kind).request(call).error().code == "unsupported");
  }
}

TEST_CASE("a JSON value that means nothing to a provider is an error and no crash") {
  for (const auto kind : kinds)
    for (const char* body : {"null", "1", "\"x\"", "[]", "[1]", "{}",
                             R"({"choices": 3, "content": {}, "output": [1], "candidates": {"a": 1},
                             "message": [], "error": []})",
                             R"({"error": {}})", R"({"choices": [null]})"}) {
      CAPTURE(kind);
      CAPTURE(body);
      error_of(provider(kind), body, false);
      error_of(provider(kind), std::string("data: ") + body + "\n\n", true);
      error_of(provider(kind), std::string(body) + "\n", true);
      CHECK(provider(kind).classify(500, {}, body).retryable);
      if (kind != "moondream") CHECK(!provider(kind).models(body).has_value());
    }
}

TEST_CASE("no provider takes the same status for two things") {
  for (const auto kind : kinds) {
    CAPTURE(kind);
    const auto code = [&](int status) { return provider(kind).classify(status, {}, "x").error.code; };
    CHECK(code(400) == "rejected_request");
    CHECK(code(401) == "auth");
    CHECK(code(403) == "auth");
    CHECK(code(408) == "timeout");
    CHECK(code(413) == "too_large");
    CHECK(code(429) == "rate_limited");
    CHECK(code(503) == "overloaded");
    CHECK(code(529) == "overloaded");
    CHECK(!provider(kind).classify(404, {}, "x").retryable);
  }
}
