#include "core/interpret/locks.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/interpret/builtin.hpp"

using namespace doodled;

namespace {

Interpreted built(const std::string& prompt, const std::string& options) {
  const SystemClock clock;
  BuiltinInterpreter builtin(
      [](Bytes, const std::string&, std::stop_token) -> Result<Begun<Seen>> {
        return Error{"unused", "no picture is read"};
      },
      clock);
  std::optional<Interpreted> answer;
  builtin.ask({"prompt", options, prompt, {}, {}}, {[](std::string_view, double) {}, {}, {}},
              [&](Interpreted given) { answer.emplace(std::move(given)); });
  REQUIRE(answer.has_value());
  return *std::move(answer);
}

std::string pointer_at_fault(const char* options) {
  Json json = Json::parse(options);
  const auto locks = take_locks(json);
  REQUIRE_FALSE(locks.has_value());
  return locks.error().problems.at(0).pointer;
}

}  // namespace

TEST_CASE("locks are taken out of the options, which keep the rest") {
  Json options = Json::parse(R"({"bars": 4, "locks": ["the bass", "E minor"]})");
  CHECK(take_locks(options).value() == std::vector<std::string>{"the bass", "E minor"});
  CHECK(options == Json::parse(R"({"bars": 4})"));
  CHECK(take_locks(options).value().empty());
}

TEST_CASE("locks that are no short texts are refused with their place") {
  CHECK(pointer_at_fault(R"({"locks": "the bass"})") == "/options/locks");
  CHECK(pointer_at_fault(R"({"locks": ["the bass", 7]})") == "/options/locks/1");
  CHECK(pointer_at_fault((R"({"locks": [")" + std::string(201, 'x') + R"("]})").c_str()) ==
        "/options/locks/0");
}

TEST_CASE("the builtin interpreter keeps the locks that its words can say, and names the others") {
  const auto answer = built("dreamy", R"({"locks": ["F# dorian", "92 bpm", "the xylophone"]})");
  REQUIRE(answer.accepted.has_value());
  const auto& session = answer.accepted->session;
  CHECK(key_name(session.key) == "F# dorian");
  CHECK(session.tempo_bpm == 92);
  CHECK(std::ranges::any_of(session.evidence, [](const Evidence& evidence) {
    return evidence.rule == "prompt-not-understood" &&
           evidence.reading.find("xylophone") != std::string::npos;
  }));
}
