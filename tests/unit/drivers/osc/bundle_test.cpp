#include "drivers/osc/bundle.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace doodled;

namespace {

std::string text(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

TEST_CASE("messages of one moment share a datagram, each with its size before it") {
  Packets messages, packets;
  messages.add(as_bytes("/abc"));
  messages.add(as_bytes("/efg\0\0\0\0"));
  osc_out::add_bundled(messages, 1400, packets);
  REQUIRE(packets.size() == 1);
  const std::string expected("#bundle\0\0\0\0\0\0\0\0\1\0\0\0\4/abc\0\0\0\4/efg", 32);
  CHECK(text(packets[0]) == expected);
}

TEST_CASE("a message alone stays a message, and what does not fit begins another datagram") {
  Packets messages, packets;
  messages.add(as_bytes("/alone00"));
  osc_out::add_bundled(messages, 1400, packets);
  REQUIRE(packets.size() == 1);
  CHECK(text(packets[0]) == "/alone00");

  for (int i = 0; i < 99; ++i) messages.add(as_bytes(std::string(40, 'x')));
  packets.clear();
  osc_out::add_bundled(messages, 1400, packets);
  CHECK(packets.size() == 4);
  for (std::size_t i = 0; i < packets.size(); ++i) CHECK(packets[i].size() <= 1400);
}
