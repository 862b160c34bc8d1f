#include "core/interpret/llm/conversation.hpp"

#include "answers.hpp"
#include "requests.hpp"
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace doodled;
using namespace doodled::llm;

namespace {

InterpretRequest wish(std::string mode = "doodle", std::string options = "{}") {
  return {std::move(mode), std::move(options), "Make it warm.", std::string(64, 'b'), {}};
}

ModelSettings settings() {
  ModelSettings settings;
  settings.interpreter = "local";
  settings.kind = "compatible";
  settings.endpoint = {"http://127.0.0.1:9", Secret("the-key")};
  settings.model = "asked";
  settings.capabilities = default_capabilities("compatible");
  return settings;
}

Conversation begun(InterpretRequest request = wish()) {
  auto conversation = Conversation::begin(request, settings(), small_picture());
  REQUIRE_MESSAGE(conversation.has_value(), conversation.error().message);
  return *std::move(conversation);
}

ModelReply said(std::string text, Finish finish = Finish::stop) {
  ModelReply reply;
  reply.text = std::move(text);
  reply.finish = finish;
  reply.model = "reported";
  reply.usage = {100, 20, 0, 0, std::nullopt, true};
  return reply;
}

const Accepted& accepted(const Step& step) {
  if (const auto* failed = std::get_if<Failed>(&step)) FAIL(failed->error.message);
  REQUIRE(std::holds_alternative<llm::Answered>(step));
  return std::get<llm::Answered>(step).accepted;
}

std::string again(const Step& step) {
  REQUIRE(std::holds_alternative<AskAgain>(step));
  return std::get<AskAgain>(step).reason;
}

const Error& failure(const Step& step) {
  REQUIRE(std::holds_alternative<Failed>(step));
  return std::get<Failed>(step).error;
}

}  // namespace

TEST_CASE("an answer that fits becomes an accepted session, which says who made it") {
  auto conversation = begun();
  const auto step = conversation.take(said(answer_for("doodle").dump()));
  const auto& session = accepted(step).session;
  CHECK(session.provenance.interpreter == "local");
  CHECK(session.provenance.interpreter_version == "doodle-1 reported");
  CHECK(session.provenance.image_sha256 == std::string(64, 'b'));
  CHECK(conversation.attempts().size() == 1);
}

TEST_CASE("words that are too long are cut, and nothing is asked again for them") {
  auto answer = answer_for("doodle");
  answer["title"] = std::string(80, 'x');
  auto conversation = begun();
  CHECK(accepted(conversation.take(said(answer.dump()))).session.title.size() < 80);
  CHECK(conversation.attempts().front().repairs == std::vector<std::string>{"shortened_text"});
}

TEST_CASE("the first request is built once, and is kept as it was sent") {
  auto conversation = begun();
  const auto sent = conversation.next_request(small_picture());
  REQUIRE(sent.has_value());
  CHECK(sent->body.find("/wAQ") != std::string::npos);
  const auto again = conversation.next_request(small_picture());
  REQUIRE(again.has_value());
  CHECK(again->body == sent->body);
  conversation.take(said("no answer"));
  const auto record = conversation.record();
  CHECK(record.request.find("/wAQ") == std::string::npos);
  const Json kept = Json::parse(record.request);
  CHECK(kept["body"]["messages"].size() == 2);
  CHECK(kept["attempts"].size() == 1);
}

TEST_CASE("what had to be repaired is named in the session and in the record") {
  auto conversation = begun();
  const auto step = conversation.take(said("```json\n" + answer_for("doodle").dump() + "\n```"));
  CHECK(accepted(step).session.provenance.transforms ==
        std::vector<std::string>{"answer read with repair: fence"});
  CHECK(Json::parse(conversation.record().request)["attempts"][0]["repairs"] == Json{"fence"});
}

TEST_CASE("a cut-off answer is asked for again with twice the room, once") {
  auto conversation = begun();
  const int budget = conversation.call().max_output_tokens;
  CHECK(again(conversation.take(said("{\"seen\": \"a", Finish::length))) == "cut_off");
  CHECK(conversation.call().max_output_tokens == 2 * budget);
  CHECK(conversation.call().further.empty());
  CHECK(failure(conversation.take(said("{\"seen\": \"a", Finish::length))).code == "cut_off");
}

TEST_CASE("an answer that ends in its middle is cut off whatever the provider says, and never closed") {
  auto conversation = begun();
  const std::string whole = answer_for("doodle").dump();
  CHECK(again(conversation.take(said(whole.substr(0, whole.size() - 1)))) == "cut_off");
}

TEST_CASE(
    "an answer that breaks the schema is sent back once with its violations, then the job fails with them") {
  auto conversation = begun();
  Json wrong = answer_for("doodle");
  wrong["bpm"] = 1000;
  wrong.erase("key");
  CHECK(again(conversation.take(said(wrong.dump()))) == "violations");
  const auto& further = conversation.call().further;
  REQUIRE(further.size() == 2);
  CHECK(further[0].text == wrong.dump());
  CHECK(further[1].text.find("/bpm") != std::string::npos);
  CHECK(conversation.call().picture != nullptr);
  const auto step = conversation.take(said(wrong.dump()));
  CHECK(failure(step).code == "invalid_answer");
  CHECK(failure(step).problems.size() >= 2);
}

TEST_CASE("after a complaint a good answer is taken") {
  auto conversation = begun();
  CHECK(again(conversation.take(said("I see a cat."))) == "violations");
  accepted(conversation.take(said(answer_for("doodle").dump())));
  CHECK(conversation.usage().input_tokens == 200);
}

TEST_CASE("a refusal, a filter and a wish for tools end it, with the model's words") {
  auto refusal = said("", Finish::refusal);
  refusal.detail = "I won't.";
  const auto step = begun().take(refusal);
  CHECK(failure(step).code == "refused");
  CHECK(failure(step).message.find("I won't.") != std::string::npos);
  CHECK(failure(begun().take(said("", Finish::filter))).code == "filtered");
  CHECK(failure(begun().take(said("", Finish::tool))).code == "no_answer");
}

TEST_CASE("an empty answer is asked for once more; one that hides in the thinking is found") {
  auto conversation = begun();
  CHECK(again(conversation.take(said(" \n"))) == "empty");
  auto hidden = said("");
  hidden.thinking = answer_for("doodle").dump();
  accepted(conversation.take(hidden));
  CHECK(conversation.attempts().back().repairs == std::vector<std::string>{"from_thinking"});
}

TEST_CASE("what the job fixes is said to the model and holds whatever it answers") {
  auto conversation = begun(wish(
      "doodle",
      R"({"key": "F# dorian", "tempo_bpm": 99, "bars": 3, "device": "mpc", "style": "techno", "meter": "7/8", "locks": ["the bass"]})"));
  const auto& user = conversation.call().user;
  for (const char* words : {"Make it warm.", "F# dorian", "99 beats", "3 bars", "played on: mpc", "techno",
                            "14 sixteenths", "the bass", "640 x 480"}) {
    CAPTURE(user);
    CHECK(user.find(words) != std::string::npos);
  }
  const auto step = conversation.take(said(answer_for("doodle").dump()));
  const auto& session = accepted(step).session;
  CHECK(session.tempo_bpm == 99);
  CHECK(key_name(session.key) == key_name(*key_from_name("F# dorian")));
  CHECK(session.arrangement[0].bars == 3);
}

TEST_CASE("what can't be asked is refused before the queue, with the field") {
  const auto code = [](InterpretRequest request, ModelSettings asked) {
    return check(request, asked).error();
  };
  auto blind = settings();
  blind.capabilities.vision = false;
  CHECK(code(wish("drums"), settings()).code == "unknown_mode");
  CHECK(code(wish("doodle", R"({"tempo": "fast"})"), settings()).problems[0].pointer == "/options/tempo");
  CHECK(code(wish("doodle", R"({"device": 3})"), settings()).problems[0].pointer == "/options/device");
  CHECK(code(wish(), blind).code == "unsupported");
  auto without = wish();
  without.image_sha256.clear();
  CHECK(code(without, settings()).code == "image_required");
  without.mode = "prompt";
  CHECK(check(without, settings()).has_value());
  without.prompt.clear();
  CHECK(code(without, settings()).code == "prompt_required");
  CHECK(code(wish("narrow"), settings()).code == "unknown_mode");
}

TEST_CASE("the record holds everything asked and answered but no key and no picture") {
  auto conversation = begun();
  conversation.take(said("the-key is my secret"));
  accepted(conversation.take(said(answer_for("doodle").dump())));
  const auto record = conversation.record();
  const Json request = Json::parse(record.request);
  CHECK(record.request.find("the-key") == std::string::npos);
  CHECK(record.request.find("/wAQ") == std::string::npos);
  CHECK(request["image"]["sha256"] == std::string(64, 'a'));
  CHECK(request["attempts"].size() == 2);
  CHECK(request["attempts"][0]["answer"] == "*** is my secret");
  CHECK(request["attempts"][0]["violations"].size() == 1);
  CHECK(request["body"]["model"] == "asked");
  CHECK(record.answer == answer_for("doodle").dump());
  CHECK(record.model == "reported");
  CHECK(record.prompt_version.starts_with("doodle-1 sha256:"));
}

TEST_CASE("the stored answer alone gives the same session again") {
  auto conversation = begun();
  const auto step = conversation.take(said(answer_for("doodle").dump()));
  const auto record = conversation.record();
  const auto session = session_from_answer(wish(), record.answer, {"local", record.model});
  REQUIRE(session.has_value());
  CHECK(accept(*session)->document == accepted(step).document);
}

TEST_CASE("the cache's key changes with picture, words, model, options and seed, and with nothing else") {
  const auto key = begun().cache_key();
  CHECK(key == begun().cache_key());
  CHECK(key != begun(wish("doodle", R"({"seed": 2})")).cache_key());
  CHECK(key != begun(wish("lfo")).cache_key());
  auto other = settings();
  other.endpoint.key = Secret("another");
  CHECK(key == Conversation::begin(wish(), other, small_picture())->cache_key());
  other.model = "other";
  CHECK(key != Conversation::begin(wish(), other, small_picture())->cache_key());
}

TEST_CASE("a model that can state only facts is asked for no more, whatever the mode is") {
  auto moondream = settings();
  moondream.kind = "moondream";
  moondream.capabilities = default_capabilities("moondream");
  auto conversation = *Conversation::begin(wish("photo"), moondream, small_picture());
  CHECK(conversation.call().schema_name == "narrow");
  accepted(conversation.take(said(answer_for("narrow").dump())));
  CHECK(session_from_answer(wish("photo"), answer_for("narrow").dump(), {"local", "moondream"}).has_value());
}
