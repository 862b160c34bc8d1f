// The two Pushes: what tells them apart on USB, in MIDI port names and in an identity reply.
// Push 2: Ableton's interface manual 1.1. Push 3: measured by others, see the README; nothing of it was tried
// here.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace doodled::push {

enum class Model : std::uint8_t { push2 = 2, push3 = 3 };

inline constexpr std::uint16_t usb_vendor = 0x2982;
constexpr std::uint16_t usb_product(Model model) { return model == Model::push2 ? 0x1967 : 0x1969; }

// live: where Live keeps its own hands. user: ours, for pads, buttons and lights. external: the DIN/TRS
// sockets of a Push 3.
enum class PortRole : std::uint8_t { live, user, external };

struct PortName {
  Model model;
  PortRole role;
  bool operator==(const PortName&) const = default;
};

// What a port is by its name as RtMidi, ALSA or JACK shows it; nothing for a port of no Push. Names without a
// role word (older kernels: 'Ableton Push 2:Ableton Push 2 MIDI 1 24:0') are told by their number, counted
// from 0 in ALSA's 'client:port' and from 1 in 'MIDI n'; without any number it is the Live port.
std::optional<PortName> port_named(std::string_view name);

// The words by which ports tell their role, in the order that ports without words have; the index of one is
// that of its PortRole.
std::vector<std::string> port_roles();

std::string_view to_string(Model model);
std::string_view to_string(PortRole role);

}  // namespace doodled::push
