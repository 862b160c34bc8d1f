#include "drivers/max/message.hpp"

#include "drivers/osc/message.hpp"

namespace doodled::max_link {

std::vector<std::uint8_t> encode(const char* address, std::initializer_list<std::int32_t> head,
                                 std::span<const std::int32_t> tail) {
  osc_wire::Message message{address, {head.begin(), head.end()}};
  message.arguments.insert(message.arguments.end(), tail.begin(), tail.end());
  return osc_wire::encode(message);
}

std::optional<Message> decode(Bytes datagram) {
  const auto received = osc_wire::decode(datagram);
  if (!received || !received->address.starts_with("/doodled/")) return std::nullopt;
  Message message{received->address, {}, {}};
  for (const auto& argument : received->arguments) {
    if (const auto* word = std::get_if<std::int32_t>(&argument))
      message.words.push_back(*word);
    else if (const auto* number = std::get_if<float>(&argument))
      message.floats.push_back(*number);
    else
      return std::nullopt;
  }
  return message;
}

}  // namespace doodled::max_link
