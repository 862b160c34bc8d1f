#include "core/interpret/llm/part_watch.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace doodled::llm;

TEST_CASE("each part is told once, when it begins, in any cutting") {
  const std::string_view text =
      R"({"seen": "a \"key\": x", "title": "bpm", "key": {"tonic": "C"}, "bpm": 90, "voices": [{"notes": [1]}, {"notes": [2]}]})";
  for (std::size_t size = 1; size < text.size(); ++size) {
    PartWatch watch;
    std::vector<std::string> told;
    for (std::size_t at = 0; at < text.size(); at += size)
      if (const auto part = watch.feed(text.substr(at, size))) told.push_back(*part);
    CHECK(told.front().starts_with("the "));
    CHECK(told.back() == "the melody");
    if (size == 1)
      CHECK(told == std::vector<std::string>{"the picture", "the key", "the tempo", "the melody"});
  }
}
