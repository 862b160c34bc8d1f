#include "drivers/osc/message.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::osc_wire;

TEST_CASE("a message is OSC, to the byte, and reads back") {
  const Message message{"/live/clip_slot/create_clip", {2, 0, 4.0F}};
  const auto bytes = encode(message);
  const std::string expected("/live/clip_slot/create_clip\0,iif\0\0\0\0\0\0\0\2\0\0\0\0\x40\x80\0\0",
                             28 + 8 + 12);
  CHECK(std::string(bytes.begin(), bytes.end()) == expected);
  CHECK(decode(bytes) == message);
  CHECK(decode(encode({"/a", {std::string("names")}}))->arguments.size() == 1);
  CHECK_FALSE(decode(as_bytes("/broken")));
  CHECK_FALSE(decode({}));
  CHECK(encode({"/a", {std::string(1500, 'x')}}).empty());
}
