// The messages of PROTOCOL.md: an OSC address and 32-bit integers; from the companion also floats.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/ids.hpp"

namespace doodled::max_link {

struct Message {
  std::string address;
  std::vector<std::int32_t> words;
  std::vector<float> floats;
};

// A datagram of `head` and then `tail`, all as OSC integers. Empty when it would be longer than
// osc_wire::largest_datagram.
std::vector<std::uint8_t> encode(const char* address, std::initializer_list<std::int32_t> head,
                                 std::span<const std::int32_t> tail = {});
// Nothing for a datagram that is no message of numbers below '/doodled/'. Takes any bytes.
std::optional<Message> decode(Bytes datagram);

}  // namespace doodled::max_link
