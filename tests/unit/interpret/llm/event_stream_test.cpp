#include "core/interpret/llm/wire/event_stream.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace doodled::llm;

namespace {

using Events = std::vector<std::pair<std::string, std::string>>;

// The events of a stream that comes in pieces of `size` bytes.
Events events_of(std::string_view bytes, std::size_t size) {
  Events events;
  EventStream stream;
  const auto take = [&](const EventStream::Event& event) { events.emplace_back(event.name, event.data); };
  for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size())))
    stream.feed(bytes.substr(0, size), take);
  stream.finish(take);
  return events;
}

void check(std::string_view bytes, const Events& expected) {
  for (std::size_t size = 1; size <= bytes.size(); ++size) CHECK(events_of(bytes, size) == expected);
}

}  // namespace

TEST_CASE("an event stream is the same in any cutting") {
  check("event: a\ndata: one\n\ndata: two\n\n", {{"a", "one"}, {"message", "two"}});
}

TEST_CASE("lines end with CR, LF or CR LF, also mixed") {
  check("data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n", {{"message", "1"}, {"message", "2"}, {"message", "3"}});
}

TEST_CASE("several data lines are one text; one space after the colon is not part of it") {
  check("data: a\ndata:b\ndata:  c\ndata\n\n", {{"message", "a\nb\n c\n"}});
}

TEST_CASE("comments, unknown fields and events without data are nothing") {
  check(": OPENROUTER PROCESSING\n\nevent: ping\n\nid: 7\nretry: 10\nfoo: bar\n\ndata: x\n\n",
        {{"message", "x"}});
}

TEST_CASE("a byte order mark before the first line is skipped") {
  check(
      "\xEF\xBB\xBF"
      "data: x\n\n",
      {{"message", "x"}});
}

TEST_CASE("the last event needs no empty line") {
  check("data: x\n\ndata: [DONE]", {{"message", "x"}, {"message", "[DONE]"}});
}

TEST_CASE("a text of several bytes may be cut anywhere") {
  check("data: \xC3\xA9\xE2\x82\xAC\n\n", {{"message", "\xC3\xA9\xE2\x82\xAC"}});
}
