// What a kind of driver can do with its device.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace doodled {

enum class Capability : std::uint8_t {
  notes,
  mpe,      // expression of single notes, each on a channel of its own
  cc,       // controllers
  nrpn,     // registered and non-registered parameters
  sysex,    // system exclusive messages, both ways or one
  osc,      // Open Sound Control
  pads,     // notes stand for pads, or lights under them
  display,  // shows pictures
  input,    // says what is done at the device (DriverHost::did)
  clock     // takes MIDI clock or another beat
};
inline constexpr int capability_count = static_cast<int>(Capability::clock) + 1;
std::string_view to_string(Capability capability);

class Capabilities {
 public:
  constexpr Capabilities() = default;
  constexpr Capabilities(std::initializer_list<Capability> all) {
    for (const auto one : all) bits_ = static_cast<std::uint16_t>(bits_ | bit(one));
  }
  constexpr bool has(Capability one) const { return (bits_ & bit(one)) != 0; }
  constexpr Capabilities without(Capability one) const {
    Capabilities less = *this;
    less.bits_ = static_cast<std::uint16_t>(less.bits_ & ~bit(one));
    return less;
  }
  constexpr bool operator==(const Capabilities&) const = default;
  // In the order of the enumeration.
  std::vector<std::string_view> names() const;

 private:
  static constexpr std::uint16_t bit(Capability one) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(one));
  }
  std::uint16_t bits_ = 0;
};

}  // namespace doodled
