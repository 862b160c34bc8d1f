// Responses, Anthropic and Gemini: what is particular to each. The answers are the examples of their own
// documentation.
#include "replies.hpp"
#include "requests.hpp"
#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::llm;

namespace {

const Provider& responses = *find_provider("openai-responses");
const Provider& anthropic = *find_provider("anthropic");
const Provider& gemini = *find_provider("gemini");

Json body(const Provider& provider, const ModelCall& call) {
  return Json::parse(provider.request(call)->body);
}

std::string event(const char* name, const char* data) {
  return std::string("event: ") + name + "\ndata: " + data + "\n\n";
}

const char* const response =
    R"({"id": "resp_67cc", "object": "response", "status": "completed", "model": "gpt-6-luna", "error": null,
  "incomplete_details": null, "output": [{"type": "reasoning", "id": "rs_1", "summary": []},
    {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
     "content": [{"type": "output_text", "text": "{\"bpm\": 92}", "annotations": [], "logprobs": []}]}],
  "usage": {"input_tokens": 1117, "input_tokens_details": {"cached_tokens": 5}, "output_tokens": 46, "output_tokens_details": {"reasoning_tokens": 7}}})";

const char* const message =
    R"({"id": "msg_01X", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
  "content": [{"type": "thinking", "thinking": "hm", "signature": "s"}, {"type": "text", "text": "{\"bpm\": 92}"}],
  "stop_reason": "end_turn", "stop_sequence": null, "stop_details": null,
  "usage": {"input_tokens": 1421, "cache_creation_input_tokens": 10, "cache_read_input_tokens": 20, "output_tokens": 60,
            "output_tokens_details": {"thinking_tokens": 40}}})";

const char* const generated = R"({"candidates": [{"index": 0, "finishReason": "STOP",
    "content": {"role": "model", "parts": [{"text": "hm", "thought": true}, {"text": "{\"bpm\": 92}"}]}}],
  "modelVersion": "gemini-3.8-flash", "responseId": "gi77", "usageMetadata": {"promptTokenCount": 1130, "candidatesTokenCount": 12,
  "thoughtsTokenCount": 331, "totalTokenCount": 1473}})";

}  // namespace

TEST_CASE("Responses: the schema lies flat beside its type, nothing is stored, and there is no seed") {
  const Json json = body(responses, doodle_call("openai-responses"));
  CHECK(json["text"]["format"]["name"] == "doodle");
  CHECK(json["text"]["format"]["strict"] == true);
  CHECK(json["store"] == false);
  CHECK(!json.contains("seed"));
  CHECK(json["input"][0]["content"][1] ==
        Json{{"type", "input_image"}, {"image_url", "data:image/png;base64,/wAQ"}, {"detail", "high"}});
}

TEST_CASE("Responses: the message is found behind the reasoning") {
  const auto reply = reply_of(responses, response, false);
  CHECK(reply.text == "{\"bpm\": 92}");
  CHECK(reply.usage.input_tokens == 1117);
  CHECK(reply.usage.thinking_tokens == 7);
  CHECK(reply.response_id == "resp_67cc");
}

TEST_CASE("Responses: a stream's deltas are the text, its last event the rest") {
  std::string line = response;
  std::erase(line, '\n');
  const std::string stream =
      event("response.created", R"({"type":"response.created","response":{}})") +
      event("response.unknown", R"({"type":"response.unknown"})") +
      event("response.output_text.delta", R"({"type":"response.output_text.delta","delta":"{\"bpm\":"})") +
      event("response.output_text.delta", R"({"type":"response.output_text.delta","delta":" 92}"})") +
      event("response.completed", (R"({"type":"response.completed","response":)" + line + "}").c_str());
  for (const std::size_t size : {1, 5, 10000}) {
    const auto reply = reply_of(responses, stream, true, size);
    CHECK(reply.text == "{\"bpm\": 92}");
    CHECK(reply.usage.output_tokens == 46);
  }
}

TEST_CASE("Responses: incomplete, refused and failed are told apart") {
  const auto finish = [](const char* text) { return reply_of(responses, text, false).finish; };
  CHECK(
      finish(
          R"({"object":"response","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}})") ==
      Finish::length);
  CHECK(
      finish(
          R"({"object":"response","status":"incomplete","incomplete_details":{"reason":"content_filter"}})") ==
      Finish::filter);
  CHECK(
      finish(
          R"({"object":"response","status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"No."}]}]})") ==
      Finish::refusal);
  const auto failed = error_of(
      responses,
      event(
          "response.failed",
          R"({"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"Sorry"}}})"),
      true);
  CHECK(failed.retryable);
  const auto bad = error_of(
      responses,
      R"({"object":"response","status":"failed","error":{"code":"invalid_image","message":"Sorry"}})", false);
  CHECK(!bad.retryable);
}

TEST_CASE("Anthropic: version header, picture first, a schema without bounds but with them in words") {
  const auto request = anthropic.request(doodle_call("anthropic"));
  CHECK(header(*request, "anthropic-version") == "2023-06-01");
  const Json json = Json::parse(request->body);
  CHECK(json["messages"][0]["content"][0]["source"] ==
        Json{{"type", "base64"}, {"media_type", "image/png"}, {"data", "/wAQ"}});
  CHECK(json["max_tokens"] == 3000);
  CHECK(!json.contains("temperature"));
  CHECK(json["output_config"]["format"]["schema"]["properties"]["bpm"] ==
        Json{{"type", "integer"}, {"description", "40 to 240"}});
}

TEST_CASE("Anthropic: effort and the kinds of thinking go where they belong") {
  auto call = doodle_call("anthropic");
  call.capabilities.thinking = "low";
  CHECK(body(anthropic, call)["output_config"]["effort"] == "low");
  call.capabilities.thinking = "disabled";
  CHECK(body(anthropic, call)["thinking"] == Json{{"type", "disabled"}});
}

TEST_CASE("Anthropic: text blocks are the answer, all kinds of input are counted") {
  const auto reply = reply_of(anthropic, message, false);
  CHECK(reply.text == "{\"bpm\": 92}");
  CHECK(reply.thinking == "hm");
  CHECK(reply.usage.input_tokens == 1451);
  CHECK(reply.usage.cached_tokens == 20);
  CHECK(reply.usage.thinking_tokens == 40);
}

TEST_CASE("Anthropic: a stream is put together from its blocks") {
  const std::string stream =
      event(
          "message_start",
          R"({"type":"message_start","message":{"id":"msg_1","model":"claude","usage":{"input_tokens":25,"output_tokens":1}}})") +
      event("ping", R"({"type":"ping"})") +
      event("content_block_start",
            R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}})") +
      event("content_block_delta",
            R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}})") +
      event("content_block_delta",
            R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"{\"bpm\":"}})") +
      event("content_block_delta",
            R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" 92}"}})") +
      event("message_delta",
            R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}})");
  const auto reply =
      reply_of(anthropic, stream + event("message_stop", R"({"type":"message_stop"})"), true, 3);
  CHECK(reply.text == "{\"bpm\": 92}");
  CHECK(reply.usage.input_tokens == 25);
  CHECK(reply.usage.output_tokens == 15);
  CHECK(error_of(anthropic, stream.substr(0, 600), true).error.code == "cut_stream");
  const auto late = error_of(
      anthropic,
      stream +
          event("error", R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})"),
      true);
  CHECK(late.retryable);
}

TEST_CASE("Anthropic: refusals, full budgets and full contexts are told apart") {
  const auto reply = [](const char* stop) {
    return reply_of(anthropic, std::string(R"({"type":"message","content":[],"usage":{},)") + stop + "}",
                    false);
  };
  const auto refused = reply(
      R"("stop_reason":"refusal","stop_details":{"type":"refusal","category":"cyber","explanation":"No."})");
  CHECK(refused.finish == Finish::refusal);
  CHECK(refused.detail == "cyber: No.");
  CHECK(reply(R"("stop_reason":"max_tokens")").finish == Finish::length);
  CHECK(reply(R"("stop_reason":"model_context_window_exceeded")").finish == Finish::length);
  CHECK(reply(R"("stop_reason":"tool_use")").finish == Finish::tool);
  CHECK(reply(R"("stop_reason":"pause_turn")").finish == Finish::other);
}

TEST_CASE("Anthropic: a spent limit is not waited for") {
  const auto error = anthropic.classify(
      429, {},
      R"({"type":"error","error":{"type":"rate_limit_error","message":"x","details":{"error_code":"enforced_spend_limit_reached"}}})");
  CHECK(error.error.code == "quota");
  CHECK(!error.retryable);
}

TEST_CASE("Anthropic: a refused temperature is left out the next time") {
  auto capabilities = default_capabilities("anthropic");
  capabilities.temperature = true;
  CHECK(
      anthropic.adapt(capabilities, 400, R"({"error":{"message":"`temperature` may only be set to 1.0"}})"));
  CHECK(!capabilities.temperature);
}

TEST_CASE(
    "Gemini: streams have an address of their own, and the schema goes by the name that its server knows") {
  auto call = doodle_call("gemini");
  CHECK(gemini.request(call)->url ==
        "http://127.0.0.1:9/v1beta/models/a-model:streamGenerateContent?alt=sse");
  Json config = body(gemini, call)["generationConfig"];
  CHECK(config["responseMimeType"] == "application/json");
  CHECK(config["responseJsonSchema"]["properties"]["bpm"]["maximum"] == 240);
  CHECK(config["seed"] == 7);
  REQUIRE(
      gemini.adapt(call.capabilities, 400,
                   R"({"error":{"message":"Unknown name \"responseJsonSchema\" at 'generation_config'"}})"));
  config = body(gemini, call)["generationConfig"];
  CHECK(config["responseFormat"]["text"]["schema"]["type"] == "object");
  CHECK(!config.contains("responseMimeType"));
}

TEST_CASE("a schema that is too much for a cloud is said in words instead") {
  auto call = doodle_call("gemini");
  const char* const states =
      R"({"error":{"message":"The specified schema produces a constraint that has too many states for serving."}})";
  REQUIRE(gemini.adapt(call.capabilities, 400, states));
  CHECK(!gemini.adapt(call.capabilities, 400, states));
  CHECK(!body(gemini, call)["generationConfig"].contains("responseJsonSchema"));
  CHECK(body(gemini, call)["systemInstruction"].dump().find("JSON Schema") != std::string::npos);
  call = doodle_call("anthropic");
  REQUIRE(anthropic.adapt(call.capabilities, 400,
                          R"({"error":{"message":"Schema is too complex for compilation"}})"));
  CHECK(!body(anthropic, call).contains("output_config"));
}

TEST_CASE("Gemini: thoughts are no answer, and count as output") {
  const auto reply = reply_of(gemini, generated, false);
  CHECK(reply.text == "{\"bpm\": 92}");
  CHECK(reply.usage.output_tokens == 343);
  CHECK(reply.model == "gemini-3.8-flash");
}

TEST_CASE("Gemini: a stream ends with its reason") {
  const std::string stream =
      R"(data: {"candidates":[{"content":{"parts":[{"text":"{\"bpm\":"}]}}]})"
      "\r\n\r\n"
      R"(data: {"candidates":[{"content":{"parts":[{"text":" 92}"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3}})"
      "\r\n\r\n";
  CHECK(reply_of(gemini, stream, true, 2).text == "{\"bpm\": 92}");
  CHECK(error_of(gemini, stream.substr(0, 90), true).error.code == "cut_stream");
}

TEST_CASE("Gemini: blocked questions, filtered answers and empty budgets are told apart") {
  const auto reply = [](const char* text) { return reply_of(gemini, text, false); };
  CHECK(reply(R"({"promptFeedback":{"blockReason":"SAFETY"}})").finish == Finish::filter);
  CHECK(reply(R"({"candidates":[{"finishReason":"RECITATION"}]})").finish == Finish::filter);
  CHECK(reply(R"({"candidates":[{"content":{"role":"model"},"finishReason":"MAX_TOKENS"}]})").finish ==
        Finish::length);
  CHECK(reply(R"({"candidates":[{"finishReason":"NEW_REASON","finishMessage":"why"}]})").detail ==
        "NEW_REASON: why");
}

TEST_CASE("Gemini: an error under the label of a stream, or in a list of one, is an error") {
  const char* const body404 = R"({"error":{"code":404,"status":"NOT_FOUND","message":"no such model"}})";
  CHECK(error_of(gemini, body404, true).error.code == "model_missing");
  CHECK(gemini.classify(404, {}, std::string("[") + body404 + "]").error.message.find("no such model") !=
        std::string::npos);
}

TEST_CASE("Gemini: its own wish to wait is obeyed, a day's quota is not waited for") {
  const auto wait = gemini.classify(
      429, {},
      R"({"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"31s"}]}})");
  CHECK(wait.retry_after == std::chrono::milliseconds(31000));
  const auto spent = gemini.classify(
      429, {},
      R"({"error":{"details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel"}]}]}})");
  CHECK(spent.error.code == "quota");
}

TEST_CASE("Gemini: only models that generate are offered") {
  const auto models = gemini.models(
      R"({"models":[{"name":"models/a","supportedGenerationMethods":["generateContent"]},{"name":"models/b","supportedGenerationMethods":["embedContent"]}]})");
  REQUIRE(models->size() == 1);
  CHECK((*models)[0].name == "a");
}
