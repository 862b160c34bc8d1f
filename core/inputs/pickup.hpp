// Soft take-over: a knob does nothing until it passes where its macro stands, so that nothing jumps.
#pragma once
#include <cmath>
#include <optional>

namespace doodled {

class Pickup {
 public:
  static constexpr double near = 2.0 / 127;

  // The knob stands at `knob`, what it turns at `now` (both 0..1). Whether it has it in hand.
  bool has(double knob, double now) {
    const bool moved_by_others = given_ && std::abs(*given_ - now) > near;
    if (moved_by_others) holds_ = false;
    const bool passed = last_ && (*last_ - now) * (knob - now) <= 0;
    holds_ = holds_ || passed || std::abs(knob - now) <= near;
    last_ = knob;
    given_ = holds_ ? std::optional(knob) : std::nullopt;
    return holds_;
  }

 private:
  std::optional<double> last_, given_;
  bool holds_ = false;
};

}  // namespace doodled
