// OSC 1.0 packets: everything is big-endian and padded to four bytes.
#include <bit>
#include <cmath>

#include "core/inputs/control_message.hpp"

namespace doodled {
namespace {

constexpr int deepest_bundle = 8;
constexpr std::size_t most_messages = 1024;
constexpr std::string_view bundle_mark{"#bundle\0", 8};

Error malformed(const std::string& message) { return {"malformed_osc", message, {}}; }

// Reads from the front. Once something did not fit, `broken` stays set and everything reads as nothing.
class Reader {
 public:
  explicit Reader(Bytes bytes) : left_(bytes) {}

  bool broken() const { return broken_; }
  bool empty() const { return left_.empty(); }

  Bytes take(std::size_t size) {
    if (size > left_.size()) {
      broken_ = true;
      return {};
    }
    const auto taken = left_.first(size);
    left_ = left_.subspan(size);
    return taken;
  }
  void skip(std::size_t size) { (void)take(size); }
  std::uint64_t whole(std::size_t size) {
    std::uint64_t value = 0;
    for (const auto byte : take(size)) value = value << 8 | byte;
    return value;
  }
  // Ended by a zero, and padded.
  std::string text() {
    std::size_t length = 0;
    while (length < left_.size() && left_[length] != 0) ++length;
    if (length == left_.size()) broken_ = true;
    const auto bytes = take(length / 4 * 4 + 4);
    if (broken_) return {};
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)};
  }
  void blob() {
    const auto size = whole(4);
    skip(size <= left_.size() ? (size + 3) / 4 * 4 : left_.size() + 1);
  }

 private:
  Bytes left_;
  bool broken_ = false;
};

void add_number(OscMessage& message, double value) {
  if (std::isfinite(value)) message.numbers.push_back(value);
}

// False for a type that OSC 1.0 does not name.
bool read_argument(char type, Reader& reader, OscMessage& message) {
  switch (type) {
    case 'i':
      add_number(message, static_cast<std::int32_t>(reader.whole(4)));
      return true;
    case 'f':
      add_number(message, std::bit_cast<float>(static_cast<std::uint32_t>(reader.whole(4))));
      return true;
    case 'h':
      add_number(message, static_cast<double>(static_cast<std::int64_t>(reader.whole(8))));
      return true;
    case 'd':
      add_number(message, std::bit_cast<double>(reader.whole(8)));
      return true;
    case 'T':
    case 'F':
      add_number(message, type == 'T' ? 1 : 0);
      return true;
    case 's':
    case 'S':
      message.texts.push_back(reader.text());
      return true;
    case 'b':
      reader.blob();
      return true;
    case 't':
      reader.skip(8);
      return true;
    case 'c':
    case 'r':
    case 'm':
      reader.skip(4);
      return true;
    default:
      return type == 'N' || type == 'I' || type == '[' || type == ']';
  }
}

class Parser {
 public:
  std::vector<OscMessage> messages;

  // What is wrong, or empty.
  std::string packet(Bytes bytes, int depth) {
    if (bytes.size() % 4 != 0) return "its length is no multiple of four";
    if (bytes.size() >= 16 && std::equal(bundle_mark.begin(), bundle_mark.end(), bytes.begin()))
      return depth < deepest_bundle ? bundle(bytes.subspan(16), depth)
                                    : "bundles lie too deep in one another";
    return message(bytes);
  }

 private:
  std::string bundle(Bytes bytes, int depth) {
    Reader reader(bytes);
    while (!reader.empty()) {
      const auto element = reader.take(reader.whole(4));
      if (reader.broken() || element.empty()) return "an element is longer than its bundle, or empty";
      if (auto complaint = packet(element, depth + 1); !complaint.empty()) return complaint;
    }
    return {};
  }

  std::string message(Bytes bytes) {
    if (messages.size() == most_messages) return "it holds too many messages";
    Reader reader(bytes);
    OscMessage message;
    message.address = reader.text();
    if (!message.address.starts_with('/')) return "an address does not begin with /";
    const std::string types = reader.empty() ? "," : reader.text();
    if (!types.starts_with(',')) return "a message has no type tags";
    for (const char type : types.substr(1))
      if (!read_argument(type, reader, message)) return std::string("there is no argument type ") + type;
    if (reader.broken()) return "a message ends too early";
    messages.push_back(std::move(message));
    return {};
  }
};

}  // namespace

Result<std::vector<OscMessage>> parse_osc(Bytes packet) {
  Parser parser;
  if (const auto complaint = packet.empty() ? "it is empty" : parser.packet(packet, 0); !complaint.empty())
    return malformed("this is no OSC packet: " + complaint);
  return std::move(parser.messages);
}

}  // namespace doodled
