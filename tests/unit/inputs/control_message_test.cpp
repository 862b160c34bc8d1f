#include "core/inputs/control_message.hpp"

#include <doctest/doctest.h>

#include "core/inputs/pickup.hpp"

using namespace doodled;

namespace {

std::optional<ControlMessage> midi(std::vector<std::uint8_t> bytes) { return control_message(bytes); }

std::string word(std::string text) {
  text.push_back('\0');
  while (text.size() % 4 != 0) text.push_back('\0');
  return text;
}

std::string size_of(const std::string& text) {
  return {'\0', '\0', static_cast<char>(text.size() >> 8), static_cast<char>(text.size())};
}

const std::string half{"\x3f\0\0\0", 4};

}  // namespace

TEST_CASE("channel messages say which control moved, and to where") {
  CHECK(midi({0xb2, 74, 127})->from == ControlAddress{ControlKind::controller, 3, 74, {}});
  CHECK(midi({0xb2, 74, 127})->value == 1);
  CHECK(midi({0x90, 60, 0})->value == 0);
  CHECK(midi({0x80, 60, 64})->value == 0);
  CHECK(midi({0xcf, 5})->from == ControlAddress{ControlKind::program, 16, 0, {}});
  CHECK(midi({0xcf, 5})->value == 5);
  CHECK(midi({0xe0, 127, 127})->value == 1);
  CHECK(midi({0xd0, 127})->value == 1);
}

TEST_CASE("what is no whole channel message is passed over") {
  for (const auto& bytes : std::vector<std::vector<std::uint8_t>>{{},
                                                                  {0xb0},
                                                                  {0xb0, 1},
                                                                  {0xb0, 1, 2, 3},
                                                                  {0xb0, 200, 1},
                                                                  {0xf8},
                                                                  {0xf0, 1, 0xf7},
                                                                  {1, 2, 3},
                                                                  {0xa0, 1, 2},
                                                                  {0xc0, 1, 2}})
    CHECK_FALSE(midi(bytes).has_value());
}

TEST_CASE("an OSC message gives its numbers and texts") {
  const auto parsed = parse_osc(
      as_bytes(word("/doodled/param") + word(",ifsT") + std::string("\0\0\0\2", 4) + half + word("x")));
  REQUIRE(parsed.has_value());
  REQUIRE(parsed->size() == 1);
  CHECK(parsed->front().address == "/doodled/param");
  CHECK(parsed->front().numbers == std::vector<double>{2, 0.5, 1});
  CHECK(parsed->front().texts == std::vector<std::string>{"x"});
}

TEST_CASE("bundles in bundles give all their messages, but not without end") {
  const std::string message = word("/a") + word(",");
  std::string packet = message;
  for (int depth = 0; depth < 8; ++depth)
    packet = word("#bundle") + std::string(8, '\0') + size_of(message) + message + size_of(packet) + packet;
  const auto parsed = parse_osc(as_bytes(packet));
  REQUIRE(parsed.has_value());
  CHECK(parsed->size() == 9);
  packet = word("#bundle") + std::string(8, '\0') + size_of(packet) + packet;
  CHECK(parse_osc(as_bytes(packet)).error().code == "malformed_osc");
}

TEST_CASE("damaged packets are refused") {
  const std::string good = word("/doodled/play") + word(",f") + half;
  CHECK(parse_osc(as_bytes(good)).has_value());
  for (std::size_t length = 0; length < good.size(); ++length)
    if (length != 16) CHECK_FALSE(parse_osc(as_bytes(good.substr(0, length))).has_value());
  CHECK_FALSE(parse_osc(as_bytes(word("play") + word(","))).has_value());
  CHECK_FALSE(parse_osc(as_bytes(word("/a") + word(",z"))).has_value());
  CHECK_FALSE(parse_osc(as_bytes(word("/a") + word(",b") + std::string("\x7f\xff\xff\xff", 4))).has_value());
  CHECK_FALSE(parse_osc(as_bytes(word("#bundle") + std::string(8, '\0') + std::string(4, '\0'))).has_value());
}

TEST_CASE("a message without numbers that are numbers has none") {
  const auto parsed = parse_osc(as_bytes(word("/a") + word(",f") + std::string("\x7f\xc0\0\0", 4)));
  REQUIRE(parsed.has_value());
  CHECK(parsed->front().numbers.empty());
}

TEST_CASE("a knob takes over where it passes the value, from either side") {
  Pickup from_below;
  CHECK_FALSE(from_below.has(0.1, 0.5));
  CHECK_FALSE(from_below.has(0.4, 0.5));
  CHECK(from_below.has(0.55, 0.5));
  CHECK(from_below.has(0.9, 0.55));
  Pickup from_above;
  CHECK_FALSE(from_above.has(0.9, 0.5));
  CHECK(from_above.has(0.2, 0.5));
}

TEST_CASE("a knob loses what somebody else turned meanwhile, until it is there again") {
  Pickup pickup;
  CHECK(pickup.has(0.5, 0.5));
  CHECK(pickup.has(0.6, 0.5));
  CHECK_FALSE(pickup.has(0.65, 0.2));
  CHECK_FALSE(pickup.has(0.4, 0.2));
  CHECK(pickup.has(0.15, 0.2));
}
