#include "drivers/max/message.hpp"

#include <array>

#include <oscpack/osc/OscOutboundPacketStream.h>
#include <oscpack/osc/OscReceivedElements.h>

namespace doodled::max_link {
namespace {

Message message_of(const osc::ReceivedMessage& received) {
  Message message;
  message.address = received.AddressPattern();
  for (auto argument = received.ArgumentsBegin(); argument != received.ArgumentsEnd(); ++argument) {
    if (argument->IsInt32())
      message.words.push_back(argument->AsInt32Unchecked());
    else
      message.floats.push_back(argument->AsFloat());  // throws for anything else
  }
  return message;
}

}  // namespace

std::vector<std::uint8_t> encode(const char* address, std::initializer_list<std::int32_t> head,
                                 std::span<const std::int32_t> tail) {
  std::array<char, largest_datagram> buffer;
  try {
    osc::OutboundPacketStream stream(buffer.data(), buffer.size());
    stream << osc::BeginMessage(address);
    for (const auto word : head) stream << osc::int32{word};
    for (const auto word : tail) stream << osc::int32{word};
    stream << osc::EndMessage;
    const auto bytes = as_bytes({stream.Data(), stream.Size()});
    return {bytes.begin(), bytes.end()};
  } catch (const osc::Exception&) {
    return {};
  }
}

std::optional<Message> decode(Bytes datagram) {
  try {
    const osc::ReceivedPacket packet(reinterpret_cast<const char*>(datagram.data()), datagram.size());
    if (!packet.IsMessage()) return std::nullopt;
    auto message = message_of(osc::ReceivedMessage(packet));
    if (!message.address.starts_with("/doodled/")) return std::nullopt;
    return message;
  } catch (const osc::Exception&) {
    return std::nullopt;
  }
}

}  // namespace doodled::max_link
