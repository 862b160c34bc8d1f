// A Push 2 by Ableton's interface manual 1.1: answers what it is asked, keeps what it is told to light, and
// refuses what the manual does not allow. Its own parsing, so that it shares no mistake with the code it
// tests.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace doodled::fakes {

class FakePush {
 public:
  using Message = std::vector<std::uint8_t>;
  struct Rgb {
    int red = 0, green = 0, blue = 0;
    bool operator==(const Rgb&) const = default;
  };

  FakePush() {
    for (int i = 0; i < 128; ++i) palette[static_cast<std::size_t>(i)] = {i, 127 - i, (i * 7) % 128};
    palette[0] = {};
    factory = palette;
  }

  // A message from the host; what the device answers on the User port.
  std::vector<Message> take(const Message& message) {
    if (message.empty()) return refuse("empty", message);
    if (message[0] == 0xf0) return take_system(message);
    if (mode == 0) return {};  // in Live mode the User port takes no other messages
    if (message.size() != 3) return refuse("size", message);
    if (message[0] >> 4 == 0x9 && message[1] >= 36 && message[1] <= 99) return light(pads, message);
    if (message[0] >> 4 == 0xb) return light(buttons, message);
    return refuse("kind", message);
  }

  bool dark() const {
    for (const auto& [number, value] : pads)
      if (value != 0) return false;
    for (const auto& [number, value] : buttons)
      if (value != 0) return false;
    for (const int value : strip)
      if (value != 0) return false;
    return true;
  }
  // Of the pad in `row` from the top.
  Rgb pad(int row, int column) const {
    const auto found = pads.find(36 + 8 * (7 - row) + column);
    return found == pads.end() ? Rgb{} : palette[static_cast<std::size_t>(found->second)];
  }
  int lit_pads() const {
    int count = 0;
    for (const auto& [number, value] : pads) count += value != 0;
    return count;
  }

  int mode = 0, aftertouch = 0, strip_mode = 0x68, led_brightness = 127, display_brightness = 0;
  bool answers = true;  // false: a device that says nothing at all
  bool tells_palette = true;
  std::map<int, int> pads, buttons;  // note or controller: index
  std::array<int, 31> strip{};
  std::array<Rgb, 128> palette{}, factory{};
  std::vector<std::string> complaints;

 private:
  std::vector<Message> refuse(const std::string& why, const Message& message) {
    std::string text = why + ":";
    for (const auto byte : message) text += " " + std::to_string(byte);
    complaints.push_back(text);
    return {};
  }

  static Message reply(int command, std::vector<int> arguments) {
    Message message{0xf0, 0x00, 0x21, 0x1d, 0x01, 0x01, static_cast<std::uint8_t>(command)};
    for (const int argument : arguments) message.push_back(static_cast<std::uint8_t>(argument));
    message.push_back(0xf7);
    return message;
  }

  std::vector<Message> light(std::map<int, int>& lights, const Message& message) {
    lights[message[1]] = message[2];
    return {};
  }

  std::vector<Message> take_system(const Message& message) {
    for (std::size_t i = 1; i + 1 < message.size(); ++i)
      if (message[i] > 127) return refuse("8 bits", message);
    if (message.back() != 0xf7) return refuse("no end", message);
    if (message == Message{0xf0, 0x7e, 0x7f, 0x06, 0x01, 0xf7} ||
        message == Message{0xf0, 0x7e, 0x01, 0x06, 0x01, 0xf7})
      return identity();
    const Message header{0xf0, 0x00, 0x21, 0x1d, 0x01, 0x01};
    if (message.size() < 8 || !std::equal(header.begin(), header.end(), message.begin()))
      return refuse("header", message);
    return take_command(message[6], {message.begin() + 7, message.end() - 1}, message);
  }

  std::vector<Message> identity() {
    if (!answers) return {};
    return {{0xf0, 0x7e, 0x01, 0x06, 0x02, 0x00, 0x21, 0x1d, 0x67, 0x32, 0x02, 0x00,
             0x01, 0x00, 0x2f, 0x00, 0x73, 0x4d, 0x1f, 0x08, 0x00, 0x01, 0xf7}};
  }

  std::vector<Message> take_command(int command, const std::vector<int>& arguments, const Message& message) {
    const auto expect = [&](std::size_t count) { return arguments.size() == count; };
    switch (command) {
      case 0x03: {
        if (!expect(9)) break;
        const auto value = [&](std::size_t at) { return arguments[at] + 128 * arguments[at + 1]; };
        palette[static_cast<std::size_t>(arguments[0])] = {value(1), value(3), value(5)};
        return {};
      }
      case 0x04: {
        if (!expect(1)) break;
        if (!answers || !tells_palette) return {};
        const auto& [red, green, blue] = palette[static_cast<std::size_t>(arguments[0])];
        return {reply(0x04, {arguments[0], red % 128, red / 128, green % 128, green / 128, blue % 128,
                             blue / 128, 0, 0})};
      }
      case 0x05:
        if (!expect(0)) break;
        return {};
      case 0x06:
        return set(led_brightness, arguments, 127, message);
      case 0x08:
        if (!expect(2) || arguments[1] > 1) break;
        display_brightness = arguments[0] + 128 * arguments[1];
        return {};
      case 0x0a:
        if (!expect(1) || arguments[0] > 2) break;
        mode = arguments[0];
        if (!answers) return {};
        return {reply(0x0a, {mode})};
      case 0x17:
        return set(strip_mode, arguments, 127, message);
      case 0x19:
        if (!expect(16)) break;
        for (std::size_t i = 0; i < strip.size(); ++i)
          strip[i] = i % 2 == 0 ? arguments[i / 2] & 7 : arguments[i / 2] >> 3;
        return {};
      case 0x1e:
        return set(aftertouch, arguments, 2, message);
      default:
        break;
    }
    return refuse("command", message);
  }

  std::vector<Message> set(int& value, const std::vector<int>& arguments, int most, const Message& message) {
    if (arguments.size() != 1 || arguments[0] > most) return refuse("argument", message);
    value = arguments[0];
    return {};
  }
};

}  // namespace doodled::fakes
