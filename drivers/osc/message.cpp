#include "drivers/osc/message.hpp"

#include <array>

#include <oscpack/osc/OscOutboundPacketStream.h>
#include <oscpack/osc/OscReceivedElements.h>

namespace doodled::osc_wire {
namespace {

Argument argument_of(const osc::ReceivedMessageArgument& argument) {
  if (argument.IsInt32()) return argument.AsInt32Unchecked();
  if (argument.IsBool()) return std::int32_t{argument.AsBoolUnchecked()};
  if (argument.IsString()) return std::string(argument.AsStringUnchecked());
  if (argument.IsDouble()) return static_cast<float>(argument.AsDoubleUnchecked());
  return argument.AsFloat();  // throws for anything else
}

void write(osc::OutboundPacketStream& out, const Argument& argument) {
  if (const auto* whole = std::get_if<std::int32_t>(&argument)) out << osc::int32{*whole};
  if (const auto* fraction = std::get_if<float>(&argument)) out << *fraction;
  if (const auto* text = std::get_if<std::string>(&argument)) out << text->c_str();
}

}  // namespace

std::optional<double> Message::number(std::size_t index) const {
  if (index >= arguments.size()) return std::nullopt;
  if (const auto* whole = std::get_if<std::int32_t>(&arguments[index])) return *whole;
  if (const auto* fraction = std::get_if<float>(&arguments[index])) return static_cast<double>(*fraction);
  return std::nullopt;
}

const std::string* Message::text(std::size_t index) const {
  return index < arguments.size() ? std::get_if<std::string>(&arguments[index]) : nullptr;
}

std::vector<std::uint8_t> encode(const Message& message) {
  std::array<char, largest_datagram> buffer;
  try {
    osc::OutboundPacketStream stream(buffer.data(), buffer.size());
    stream << osc::BeginMessage(message.address.c_str());
    for (const auto& argument : message.arguments) write(stream, argument);
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
    const osc::ReceivedMessage received(packet);
    Message message{received.AddressPattern(), {}};
    for (auto argument = received.ArgumentsBegin(); argument != received.ArgumentsEnd(); ++argument)
      message.arguments.push_back(argument_of(*argument));
    return message;
  } catch (const osc::Exception&) {
    return std::nullopt;
  }
}

}  // namespace doodled::osc_wire
