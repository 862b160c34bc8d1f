#include "core/interpret/llm/reading/read_answer.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::llm;

namespace {

struct Row {
  const char* text;
  const char* value;    // what it is, as JSON
  const char* repairs;  // joined by blanks
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

const Row readable[] = {
    {R"({"a": 1})", R"({"a": 1})", ""},
    {" \n{\"a\": 1}\n ", R"({"a": 1})", ""},
    {"\xEF\xBB\xBF{\"a\": 1}", R"({"a": 1})", ""},
    {"```json\n{\"a\": 1}\n```", R"({"a": 1})", "fence"},
    {"Here it is:\n```json\n{\"a\": 1}\n```\nEnjoy, it is in C: a fine key.", R"({"a": 1})", "fence prose"},
    {"Sure! {\"a\": 1} Have fun.", R"({"a": 1})", "prose"},
    {"A set {x} of things:\n```\n{\"a\": 1}\n```", R"({"a": 1})", "fence"},
    {"<think>maybe {\"a\": 2}?</think>\n{\"a\": 1}", R"({"a": 1})", "thinking"},
    {"I think it is 1.\n</think>\n{\"a\": 1}", R"({"a": 1})", "thinking"},
    {R"({"a": "</think>"})", R"({"a": "</think>"})", ""},
    {R"("{\"a\": 1}")", R"({"a": 1})", "double_encoded"},
    {R"([{"type": "thinking", "thinking": "x"}, {"type": "text", "text": "{\"a\":"}, {"type": "text", "text": "1}"}])",
     R"({"a": 1})", "parts"},
    {R"({"a": [1, 2,], })", R"({"a": [1, 2]})", "trailing_comma"},
    {R"({'a': 'b', c: "d"})", R"({"a": "b", "c": "d"})", "quotes unquoted_key"},
    {"{“a”: ‘b’}", R"({"a": "b"})", "quotes"},
    {R"({"a": "say "hi" now", "b": "v"alu"e"})", R"({"a": "say \"hi\" now", "b": "v\"alu\"e"})",
     "inner_quotes"},
    {R"({"a": saw, "b": [sine,  square]})", R"({"a": "saw", "b": ["sine", "square"]})", "unquoted_text"},
    {R"({, "a": 1})", R"({"a": 1})", "extra_comma"},
    {"{\"a\": 1\nb: 2}", R"({"a": 1, "b": 2})", "missing_comma unquoted_key"},
    {R"({"a": True, "b": None, "c": FALSE})", R"({"a": true, "b": null, "c": false})", "literal"},
    {"{\"a\": 1 // one\n, /* two */ \"b\": 2}", R"({"a": 1, "b": 2})", "comment"},
    {"{\"a\": 1\n\"b\": [1\n2]}", R"({"a": 1, "b": [1, 2]})", "missing_comma"},
    {R"({"a": .5, "b": 5., "c": +5})", R"({"a": 0.5, "b": 5.0, "c": 5})", "number"},
    {R"({"a": 1, "a": 1})", R"({"a": 1})", "duplicate_key"},
    {"{\"a\": \"b\tc\n\"}", R"({"a": "b\tc\n"})", "control_character"},
    {R"({"a": "it\'s \u00e9 \ud83c\udfb9", 'b': 1})", "{\"a\": \"it's é \xF0\x9F\x8E\xB9\", \"b\": 1}",
     "escape quotes"},
    {"{\"a\":\u00A01, }", R"({"a": 1})", "space trailing_comma"},
};

struct Refused {
  const char* text;
  const char* code;
};

const Refused refused[] = {
    {"", "malformed_answer"},
    {"I can't see a picture.", "malformed_answer"},
    {"[1, 2]", "malformed_answer"},
    {R"([{"a": 1}])", "malformed_answer"},
    {R"({"a": 1}{"a": 2})", "malformed_answer"},
    {R"({"a": 1}, "b": 2})", "malformed_answer"},
    {R"({"a": 1, "a": 2})", "malformed_answer"},
    {R"({"a": NaN})", "malformed_answer"},
    {R"({"a": -Infinity})", "malformed_answer"},
    {R"({"a": 1e999})", "malformed_answer"},
    {R"({"a": 05})", "malformed_answer"},
    {R"({"a": "say "hi, now"})", "malformed_answer"},
    {R"({"a": "say "hi", now"})", "malformed_answer"},
    {R"({"a": "see {"b": 1, "c" d}"})", "malformed_answer"},
    {R"({"a": b c})", "malformed_answer"},
    {R"({"a": tru})", "malformed_answer"},
    {R"({"a": NaNs})", "malformed_answer"},
    {R"({,})", "malformed_answer"},
    {R"({"a" 1})", "malformed_answer"},
    {R"({"a": "\ud800"})", "malformed_answer"},
    {"{\"a\": \"\xFF\"}", "malformed_answer"},
    {R"({"a": 1)", "cut_off"},
    {R"({"a": [1, 2)", "cut_off"},
    {R"({"a": [1, 2],)", "cut_off"},
    {R"({"a": "b)", "cut_off"},
    {R"({"a": tru)", "cut_off"},
    {R"({"a": 12)", "cut_off"},
    {R"({"a)", "cut_off"},
    {"{", "cut_off"},
    {"```json\n{\"a\": 1,", "cut_off"},
    {"<think>hmm", "cut_off"},
};

// Of DOODLED_CORPUS, else ../shared/corpus beside the source.
std::ifstream corpus() {
  const char* set = std::getenv("DOODLED_CORPUS");
  const std::string folder = set ? set : DOODLED_SOURCE_DIR "/../shared/corpus";
  return std::ifstream(folder + "/llm/repairs.jsonl");
}

}  // namespace

TEST_CASE("slips that can mean one thing are read, and named") {
  for (const auto& row : readable) {
    CAPTURE(row.text);
    const auto answer = read_answer(row.text);
    REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
    CHECK(answer->value == Json::parse(row.value));
    CHECK(joined(answer->repairs) == row.repairs);
  }
}

TEST_CASE("what could mean two things is refused, and what is cut off is called so") {
  for (const auto& row : refused) {
    CAPTURE(row.text);
    const auto answer = read_answer(row.text);
    REQUIRE(!answer.has_value());
    CHECK(answer.error().code == row.code);
  }
}

TEST_CASE("a complete answer cut anywhere is never read as a smaller one") {
  const std::string whole = R"({"a": [1, 23, {"b": "c\n"}], 'd': true, "e": null,})";
  REQUIRE(read_answer(whole).has_value());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(!read_answer(whole.substr(0, size)).has_value());
  }
}

TEST_CASE("an answer is limited in size and depth") {
  CHECK(!read_answer("{\"a\": \"" + std::string(most_answer_bytes, 'x') + "\"}").has_value());
  const std::string deep = "{\"a\": " + std::string(40, '[') + std::string(40, ']') + "}";
  CHECK(!read_answer(deep).has_value());
  CHECK(!read_answer("x " + deep).has_value());
}

TEST_CASE("other people's damaged answers become what they expect, or are refused: never a third value") {
  auto file = corpus();
  if (!file) {
    MESSAGE("no corpus: set DOODLED_CORPUS");
    return;
  }
  int read = 0, lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    const Json row = Json::parse(line);
    const auto answer = read_answer(row["input"].get<std::string>());
    if (!answer) continue;
    ++read;
    CAPTURE(line);
    CHECK(!row["nothing"].get<bool>());
    CHECK(answer->value == row["expected"]);
  }
  MESSAGE(read << " of " << lines << " read");
  CHECK(lines > 200);
  CHECK(read >= 40);
}
