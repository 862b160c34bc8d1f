// How a parameter reaches a device: which message carries it, and which of its numbers stands for what. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/play/sysex_template.hpp"

namespace doodled {

enum class Carrier : std::uint8_t { none, controller, pitch_bend, rpn, nrpn, sysex, osc };

struct ParameterRoute {
  Carrier carrier = Carrier::none;
  int number = 0;     // controller 0..119; rpn, nrpn: 128 * high + low
  bool fine = false;  // 14 bits: controller n (0..31), then n + 32; data entry 6, then 38

  // The device's range on the parameter's own 0..1, which it may exceed: a cutoff from 40 Hz begins at 0.1.
  double from = 0, to = 1;
  std::optional<std::pair<double, double>> ends = {};  // the same in the parameter's unit, as it was written
  // 0..1 to 0..1 by straight lines between points, the first number ascending; empty: one straight line.
  std::vector<std::pair<double, double>> curve = {};
  // The numbers of the message (not of OSC, whose values are real). Lowest above highest: turned round.
  int lowest = 0, highest = 127;
  double osc_lowest = 0, osc_highest = 1;

  std::optional<SysexTemplate> sysex = {};
  std::string osc = {};     // address
  std::string source = {};  // a key of DeviceProfile::sources: where all this is documented
};

// The device's 0..1 for the parameter's 0..1.
double shaped(const ParameterRoute& route, double unit) noexcept;
// The message's number: n numbers share 0..1 in equal parts, min(n - 1, round(n y)). With n = 128 a cutoff of
// 1200 Hz, on the logarithmic 20..20000 Hz, is 76.
int wire_number(const ParameterRoute& route, double unit) noexcept;
float osc_value(const ParameterRoute& route, double unit) noexcept;

}  // namespace doodled
