// Ollama and Moondream: what is particular to each.
#include "replies.hpp"
#include "requests.hpp"
#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::llm;

namespace {

const Provider& ollama = *find_provider("ollama");
const Provider& moondream = *find_provider("moondream");

Json body(const Provider& provider, const ModelCall& call) {
  return Json::parse(provider.request(call)->body);
}

}  // namespace

TEST_CASE("Ollama: bare base64, no thinking, room for the context, and the schema in words as well") {
  const Json json = body(ollama, doodle_call("ollama"));
  CHECK(json["messages"][1]["images"] == Json{"/wAQ"});
  CHECK(json["think"] == false);
  CHECK(json["truncate"] == false);
  CHECK(json["options"] ==
        Json{{"num_ctx", 16384}, {"num_predict", 3000}, {"seed", 7}, {"temperature", 0.5}});
  CHECK(json["format"]["properties"]["title"]["maxLength"] == 60);
  CHECK(json["messages"][0]["content"].get<std::string>().find("JSON Schema") != std::string::npos);
}

TEST_CASE("Ollama: an answer is not given more room than the question leaves in the context") {
  auto call = doodle_call("ollama");
  call.max_output_tokens = 16384;
  const auto room = body(ollama, call)["options"]["num_predict"].get<int>();
  CHECK(room < 16384 - 3000);
  CHECK(room > 4096);
  call.capabilities.context_tokens = 65536;
  CHECK(body(ollama, call)["options"]["num_predict"] == 16384);
  const std::string longest(200'000, 'x');
  call.system = longest;
  CHECK(body(ollama, call)["options"]["num_predict"] == 1024);
}

TEST_CASE("Ollama: thinking is asked for in its own words") {
  auto call = doodle_call("ollama");
  call.capabilities.thinking = "true";
  CHECK(body(ollama, call)["think"] == true);
  call.capabilities.thinking = "high";
  CHECK(body(ollama, call)["think"] == "high");
  CHECK(ollama.adapt(call.capabilities, 400, R"({"error":"\"x\" does not support thinking"})"));
  CHECK(body(ollama, call)["think"] == false);
}

TEST_CASE("Ollama: lines make an answer in any cutting; the last one counts") {
  const std::string lines =
      R"({"model":"seer","message":{"role":"assistant","content":"{\"bpm\":"},"done":false})"
      "\n"
      R"({"model":"seer","message":{"role":"assistant","content":" 92}"},"done":false})"
      "\n"
      R"({"model":"seer","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":634,"eval_count":12})"
      "\n";
  for (const std::size_t size : {1, 9, 10000}) {
    const auto reply = reply_of(ollama, lines, true, size);
    CHECK(reply.text == "{\"bpm\": 92}");
    CHECK(reply.usage.input_tokens == 634);
  }
  CHECK(error_of(ollama, lines.substr(0, 100), true).error.code == "cut_stream");
  CHECK(error_of(ollama, lines.substr(0, lines.find('\n') + 1), true).error.code == "cut_stream");
}

TEST_CASE("Ollama: an error line in a 200 is an error; a full budget is a cut-off") {
  CHECK(error_of(ollama, "{\"message\":{\"content\":\"{\"},\"done\":false}\n{\"error\":\"runner crashed\"}\n",
                 true)
            .retryable);
  CHECK(reply_of(ollama, R"({"message":{"content":"{"},"done":true,"done_reason":"length"})", false).finish ==
        Finish::length);
  CHECK(reply_of(ollama, R"({"message":{"content":""},"done":true,"done_reason":"unload"})", false).finish ==
        Finish::other);
}

TEST_CASE("Ollama: an answer among the thoughts is kept apart") {
  const auto reply = reply_of(
      ollama, R"({"message":{"content":"","thinking":"{\"bpm\": 92}"},"done":true,"done_reason":"stop"})",
      false);
  CHECK(reply.text.empty());
  CHECK(reply.thinking == "{\"bpm\": 92}");
}

TEST_CASE("Ollama: models are offered with their digest, and whether they see") {
  const auto models = ollama.models(
      R"({"models":[{"name":"a:1","digest":"d1","capabilities":["vision"]},{"name":"b:1","digest":"d2"}]})");
  REQUIRE(models->size() == 2);
  CHECK((*models)[0].digest == "d1");
  CHECK((*models)[0].vision == true);
  CHECK(!(*models)[1].vision);
  CHECK(ollama.classify(404, {}, R"({"error":"model 'x' not found"})").error.code == "model_missing");
}

TEST_CASE("Moondream: one question with everything in it, about one picture") {
  auto call = doodle_call("moondream");
  call.further = {{Turn::Role::assistant, "{}"}, {Turn::Role::user, "Wrong."}};
  const std::string question = body(moondream, call)["question"].get<std::string>();
  for (const char* words : {"System words.", "User words.", "Wrong.", "JSON Schema"})
    CHECK(question.find(words) != std::string::npos);
  call.picture = nullptr;
  CHECK(moondream.request(call).error().code == "unsupported");
}

TEST_CASE("Moondream: answers under both names, in pieces, and errors in a 200") {
  CHECK(reply_of(moondream, R"({"answer":"yes"})", false).text == "yes");
  CHECK(reply_of(moondream, R"({"result":"yes"})", false).text == "yes");
  CHECK(reply_of(moondream,
                 "data: {\"chunk\":\"ye\"}\n\ndata: {\"chunk\":\"s\"}\n\ndata: {\"completed\":true}\n\n",
                 true, 3)
            .text == "yes");
  CHECK(error_of(moondream, R"({"error":"bad image"})", false).error.message == "bad image");
  CHECK(moondream.classify(503, {}, R"({"detail":"Inference service not running"})").retryable);
}
