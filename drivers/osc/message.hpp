// OSC 1.0 messages of numbers and texts, both ways, for drivers whose devices answer.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"

namespace doodled::osc_wire {

// A true or false that comes is 1 or 0.
using Argument = std::variant<std::int32_t, float, std::string>;

struct Message {
  std::string address;
  std::vector<Argument> arguments;
  bool operator==(const Message&) const = default;

  // Argument `index` as a number or a text; nothing where there is none of that kind.
  std::optional<double> number(std::size_t index) const;
  const std::string* text(std::size_t index) const;
};

inline constexpr std::size_t largest_datagram = 1400;

// One datagram. Empty when it would be longer than largest_datagram.
std::vector<std::uint8_t> encode(const Message& message);
// Nothing for what is no single message of these kinds of arguments. Takes any bytes.
std::optional<Message> decode(Bytes datagram);

}  // namespace doodled::osc_wire
