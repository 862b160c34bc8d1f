#include "replies.hpp"
#include "requests.hpp"
#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::llm;

namespace {

const Provider& openai = *find_provider("openai");
const Provider& compatible = *find_provider("compatible");

Json body(const Provider& provider, const ModelCall& call) {
  return Json::parse(provider.request(call)->body);
}

// The example of the provider's reference.
const char* const whole =
    R"({"id": "chatcmpl-B9MH", "object": "chat.completion", "created": 1741570283, "model": "gpt-6-luna",
  "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
               "message": {"role": "assistant", "content": "{\"bpm\": 92}", "refusal": null, "annotations": []}}],
  "usage": {"prompt_tokens": 1117, "completion_tokens": 46, "total_tokens": 1163,
            "prompt_tokens_details": {"cached_tokens": 11}, "completion_tokens_details": {"reasoning_tokens": 30}},
  "service_tier": "default", "system_fingerprint": "fp_fc9f1d7035"})";

const char* const streamed =
    R"(data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}

: OPENROUTER PROCESSING

data: {"id":"c1","choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}

data: {"id":"c1","choices":[{"index":0,"delta":{"content":"{\"bpm\":"}}]}

data: {"id":"c1","choices":[{"index":0,"delta":{"content":" 92}"},"finish_reason":null}]}

data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"c1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":4,"cost":0.25}}

data: [DONE]

)";

}  // namespace

TEST_CASE("a request to OpenAI's chat fits its API") {
  const auto request = openai.request(doodle_call("openai"));
  REQUIRE(request.has_value());
  CHECK(faults("openai", *request) == "");
  CHECK(request->url == "http://127.0.0.1:9/v1/chat/completions");
  CHECK(header(*request, "Authorization") == "Bearer the-key");
  CHECK(request->streaming);
}

TEST_CASE(
    "OpenAI is told the budget in its own field, stores nothing, and gets no knobs that its models refuse") {
  const Json json = body(openai, doodle_call("openai"));
  CHECK(json["max_completion_tokens"] == 3000);
  CHECK(json["store"] == false);
  CHECK(!json.contains("temperature"));
  CHECK(!json.contains("seed"));
  CHECK(!json.contains("max_tokens"));
  CHECK(json["messages"][0]["role"] == "developer");
  CHECK(json["messages"][1]["content"][1]["image_url"] ==
        Json{{"url", "data:image/png;base64,/wAQ"}, {"detail", "high"}});
}

TEST_CASE("a compatible server is told the schema twice: for its grammar, and in words for the model") {
  auto call = doodle_call("compatible");
  const auto request = compatible.request(call);
  CHECK(faults("compatible", *request) == "");
  const Json json = Json::parse(request->body);
  CHECK(json["max_tokens"] == 3000);
  CHECK(json["temperature"] == 0.5);
  CHECK(json["seed"] == 7);
  CHECK(json["messages"][0]["role"] == "system");
  CHECK(json["messages"][0]["content"].get<std::string>().find("\"velocities\"") != std::string::npos);
  CHECK(json["response_format"]["json_schema"]["schema"]["properties"]["bpm"]["maximum"] == 240);
  CHECK(!json.contains("store"));
}

TEST_CASE(
    "OpenRouter gets no bounds that some of its hosts refuse, and routes only to hosts that enforce the "
    "schema") {
  auto call = doodle_call("compatible");
  call.endpoint.base_url = "https://openrouter.ai/api/v1/";
  const auto request = compatible.request(call);
  CHECK(request->url == "https://openrouter.ai/api/v1/chat/completions");
  const Json json = Json::parse(request->body);
  CHECK(json["provider"]["require_parameters"] == true);
  CHECK(request->body.find("\"maximum\"") == request->body.npos);
}

TEST_CASE("without a picture, key, schema or stream there is no trace of them") {
  ModelCall call = doodle_call("compatible");
  call.picture = nullptr;
  call.endpoint.key = Secret();
  call.schema = {};
  call.stream = false;
  const auto request = compatible.request(call);
  CHECK(faults("compatible", *request) == "");
  const Json json = Json::parse(request->body);
  CHECK(json["messages"][1]["content"] == "User words.");
  CHECK(header(*request, "Authorization").empty());
  CHECK(!json.contains("response_format"));
  CHECK(json["stream"] == false);
  CHECK(!json.contains("stream_options"));
}

TEST_CASE("a second asking carries what was said") {
  ModelCall call = doodle_call("openai");
  call.further = {{Turn::Role::assistant, "{}"}, {Turn::Role::user, "Wrong."}};
  const auto request = openai.request(call);
  CHECK(faults("openai", *request) == "");
  CHECK(Json::parse(request->body)["messages"][3] == Json{{"role", "user"}, {"content", "Wrong."}});
}

TEST_CASE("what a model answered is sent back as it was, whatever it begins with") {
  ModelCall call = doodle_call("compatible");
  call.further = {{Turn::Role::assistant, "\x01words, \"quoted\""}, {Turn::Role::user, "\x01schema9"}};
  const Json json = Json::parse(compatible.request(call)->body);
  CHECK(json["messages"][2]["content"] == "\x01words, \"quoted\"");
  CHECK(json["messages"][3]["content"] == "\x01schema9");
  CHECK(json["messages"][1]["content"][1]["image_url"]["url"] == "data:image/png;base64,/wAQ");
}

TEST_CASE("a model without eyes is not sent a picture") {
  ModelCall call = doodle_call("openai");
  call.capabilities.vision = false;
  CHECK(openai.request(call).error().code == "unsupported");
}

TEST_CASE("OpenAI's example answer is read") {
  const auto reply = reply_of(openai, whole, false);
  CHECK(reply.text == "{\"bpm\": 92}");
  CHECK(reply.finish == Finish::stop);
  CHECK(reply.model == "gpt-6-luna");
  CHECK(reply.response_id == "chatcmpl-B9MH");
  CHECK(reply.fingerprint == "fp_fc9f1d7035");
  CHECK(reply.usage.input_tokens == 1117);
  CHECK(reply.usage.output_tokens == 46);
  CHECK(reply.usage.thinking_tokens == 30);
  CHECK(reply.usage.cached_tokens == 11);
}

TEST_CASE("a streamed chat is the same in any cutting") {
  for (const std::size_t size : {1, 2, 3, 7, 64, 100000}) {
    const auto reply = reply_of(compatible, streamed, true, size);
    CHECK(reply.text == "{\"bpm\": 92}");
    CHECK(reply.thinking == "hm");
    CHECK(reply.model == "m-1");
    CHECK(reply.usage.output_tokens == 4);
    CHECK(reply.usage.cost == 0.25);
  }
}

TEST_CASE("a stream tells what arrived and when it is done") {
  const auto reader = openai.reader(HttpRequest{"POST", "", {}, "", true}, "text/event-stream");
  const auto first = reader->feed("data: {\"choices\":[{\"delta\":{\"content\":\"ab\"}}]}\n\n");
  CHECK(first.text == "ab");
  CHECK(!first.done);
  CHECK(reader->feed("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
            .done);
}

TEST_CASE("a stream that stops before its end is cut, and worth another try") {
  const auto error = error_of(openai, std::string(streamed).substr(0, 300), true);
  CHECK(error.error.code == "cut_stream");
  CHECK(error.retryable);
}

TEST_CASE("length, filter, refusal and tool calls are told apart") {
  const auto finish = [](const char* reason, const char* message) {
    return reply_of(
        openai,
        std::string(R"({"choices":[{"finish_reason":")") + reason + R"(","message":)" + message + "}]}",
        false);
  };
  CHECK(finish("length", R"({"content":"{\"a\""})").finish == Finish::length);
  CHECK(finish("content_filter", R"({"content":null})").finish == Finish::filter);
  CHECK(finish("tool_calls", R"({"content":null})").finish == Finish::tool);
  const auto refused = finish("stop", R"({"content":null,"refusal":"I won't."})");
  CHECK(refused.finish == Finish::refusal);
  CHECK(refused.detail == "I won't.");
}

TEST_CASE("content may be a list of parts") {
  const auto reply = reply_of(compatible, R"({"choices":[{"finish_reason":"stop","message":{"content":
    [{"type":"thinking","thinking":"x"},{"type":"text","text":"{\"a\":"},{"type":"text","text":"1}"}]}}]})",
                              false);
  CHECK(reply.text == "{\"a\":1}");
}

TEST_CASE("an error inside a 200, whole or in mid-stream, is an error") {
  const auto whole_error =
      error_of(compatible, R"({"error":{"code":502,"message":"Upstream","metadata":{}}})", false);
  CHECK(whole_error.error.code == "provider_failed");
  CHECK(whole_error.retryable);
  const auto late = error_of(compatible,
                             "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\ndata: "
                             "{\"error\":{\"code\":429,\"message\":\"Slow\"},\"choices\":[{\"delta\":{},"
                             "\"finish_reason\":\"error\"}]}\n\n",
                             true);
  CHECK(late.error.code == "rate_limited");
}

TEST_CASE("a page of HTML, half a JSON or no byte at all is no answer") {
  CHECK(error_of(openai, "<html>hello</html>", true).error.code == "bad_reply");
  CHECK(error_of(openai, R"({"choices": [)", false).error.code == "bad_reply");
  CHECK(error_of(openai, "{\"choices\":[{\"message\":{\"content\":\"\xFF\"}}]}", false).error.code ==
        "bad_reply");
  CHECK(error_of(openai, "", true).error.code == "cut_stream");
  CHECK(error_of(openai, "{}", false).error.code == "bad_reply");
}

TEST_CASE("a server that answers in one piece to a request for a stream is understood") {
  CHECK(reply_of(compatible, whole, true).text == "{\"bpm\": 92}");
}

TEST_CASE("each status means what the provider says it does") {
  const auto code = [](int status, const char* body) { return openai.classify(status, {}, body); };
  CHECK(code(400, R"({"error":{"message":"Bad.","param":"x"}})").error.code == "rejected_request");
  CHECK(code(401, "").error.code == "auth");
  CHECK(code(404, R"({"error":{"code":"model_not_found"}})").error.code == "model_missing");
  CHECK(code(413, "").error.code == "too_large");
  CHECK(code(429, R"({"error":{"code":"slow_down"}})").retryable);
  CHECK(code(429, R"({"error":{"type":"insufficient_quota","message":"Pay."}})").error.code == "quota");
  CHECK(!code(429, R"({"error":{"type":"insufficient_quota","message":"Pay."}})").retryable);
  CHECK(code(500, "").retryable);
  CHECK(code(503, "<html>").error.code == "overloaded");
  CHECK(!code(302, "").retryable);
}

TEST_CASE("llama.cpp's 500 for a request that it can't read is not tried again") {
  const char* const body =
      R"({"error":{"code":500,"message":"image input is not supported","type":"server_error"}})";
  CHECK(!compatible.classify(500, {}, body).retryable);
  CHECK(openai.classify(500, {}, body).retryable);
}

TEST_CASE("the provider's wish to wait is obeyed in all its spellings") {
  using std::chrono::milliseconds;
  const auto wait = [](Headers headers) { return openai.classify(429, headers, "").retry_after; };
  CHECK(wait({{"Retry-After", "3"}}) == milliseconds(3000));
  CHECK(wait({{"retry-after-ms", "250"}, {"retry-after", "3"}}) == milliseconds(250));
  CHECK(wait({{"Retry-After", "Wed, 21 Oct 2026 07:28:10 GMT"}, {"Date", "Wed, 21 Oct 2026 07:28:00 GMT"}}) ==
        milliseconds(10000));
  CHECK(!wait({{"Retry-After", "soon"}}));
  CHECK(!openai.classify(429, {{"x-should-retry", "false"}}, "").retryable);
  CHECK(openai.classify(400, {{"X-Should-Retry", "true"}}, "").retryable);
}

TEST_CASE("a field that the model refuses is left out the next time, once") {
  auto capabilities = default_capabilities("openai");
  capabilities.temperature = true;
  const char* const refusal =
      R"({"error":{"param":"temperature","code":"unsupported_value","message":"no"}})";
  CHECK(openai.adapt(capabilities, 400, refusal));
  CHECK(!capabilities.temperature);
  CHECK(!openai.adapt(capabilities, 400, refusal));
  CHECK(openai.adapt(capabilities, 400, R"({"error":{"param":"max_completion_tokens"}})"));
  CHECK(capabilities.token_field == "max_tokens");
}

TEST_CASE("a server that takes no schema is asked for any object, then for nothing") {
  auto capabilities = default_capabilities("compatible");
  const char* const refusal = R"({"error":{"code":400,"message":"failed to parse grammar"}})";
  CHECK(compatible.adapt(capabilities, 400, refusal));
  CHECK(capabilities.structured == StructuredOutput::json);
  CHECK(compatible.adapt(capabilities, 400, refusal));
  CHECK(capabilities.structured == StructuredOutput::none);
  CHECK(!compatible.adapt(capabilities, 400, refusal));
}

TEST_CASE("a refused key is not quoted") {
  const auto error =
      openai.classify(401, {}, R"({"error":{"message":"Incorrect API key provided: sk-secret"}})");
  CHECK(error.error.message.find("sk-secret") == std::string::npos);
}

TEST_CASE("models are listed at the API's own address") {
  CHECK(openai.list_models({"", Secret("k")}).url == "https://api.openai.com/v1/models");
  const auto models = openai.models(R"({"object":"list","data":[{"id":"a"},{"id":"b"},{"x":1}]})");
  REQUIRE(models.has_value());
  CHECK(models->size() == 2);
  CHECK(!openai.models("<html>").has_value());
}
