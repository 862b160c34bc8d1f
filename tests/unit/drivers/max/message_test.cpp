#include "drivers/max/message.hpp"

#include <doctest/doctest.h>

#include "core/base/random.hpp"
#include "drivers/max/crc32.hpp"
#include "drivers/max/transfer.hpp"

using namespace doodled;
using namespace doodled::max_link;

TEST_CASE("the checksum is the one of zlib and Ethernet, of bytes and of words") {
  CHECK(crc32(as_bytes("123456789")) == static_cast<std::int32_t>(0xcbf43926U));
  const std::vector<std::int32_t> words{0x31323334, 0x35363738};
  CHECK(crc32(std::span(words)) == crc32(as_bytes("12345678")));
  CHECK(to_words("12345678") == words);
  CHECK(to_words("1") == std::vector<std::int32_t>{0x31000000});
  CHECK(to_words("\xff\xff\xff\xff") == std::vector<std::int32_t>{-1});
}

TEST_CASE("a message is OSC 1.0 to the byte") {
  CHECK(to_hex(encode("/doodled/max/bye", {-2})) ==
        "2f646f6f646c65642f6d61782f62796500000000"  // the address, padded
        "2c690000"                                  // ,i
        "fffffffe");
}

TEST_CASE("a part of a document is 1,320 bytes at most") {
  const std::vector<std::int32_t> words(Transfer::words_a_part, -1);
  CHECK(encode("/doodled/max/part", {1, 2, 3}, words).size() == 1320);
  CHECK(encode("/doodled/max/part", {1, 2, 3}, std::vector<std::int32_t>(400)).empty());
}

TEST_CASE("numbers come back as they were sent; text, foreign addresses and bundles are not ours") {
  const auto message = decode(encode("/doodled/max/ack", {1, -5, 7}));
  REQUIRE(message.has_value());
  CHECK(message->address == "/doodled/max/ack");
  CHECK(message->words == std::vector<std::int32_t>{1, -5, 7});
  CHECK_FALSE(decode(encode("/live/test", {1})).has_value());
  CHECK_FALSE(decode(as_bytes({"/doodled/a\0\0,s\0\0abc\0", 20})).has_value());
  CHECK_FALSE(decode(as_bytes({"#bundle\0\0\0\0\0\0\0\0\1", 16})).has_value());
}

TEST_CASE("any bytes are taken without harm") {
  Random random(3);
  const auto whole = encode("/doodled/max/hello", {1, 2, 3, 4});
  int taken = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto bytes = whole;
    bytes.resize(static_cast<std::size_t>(random.unit() * 60));
    for (int k = 0; k < 3 && !bytes.empty(); ++k)
      bytes[static_cast<std::size_t>(random.unit() * static_cast<double>(bytes.size()))] =
          static_cast<std::uint8_t>(random.unit() * 256);
    const auto message = decode(bytes);
    if (!message) continue;
    ++taken;
    CHECK(message->address.starts_with("/doodled/"));
  }
  CHECK(taken > 0);
  CHECK(taken < 20'000);
}
