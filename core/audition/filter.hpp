// A state-variable filter of two poles, trapezoidal integration, stable while it is moved.
// Source: Zavalishin, "The Art of VA Filter Design", 2012, section 4.
#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/music/session.hpp"

namespace doodled::audition {

class StateVariableFilter {
 public:
  // cutoff in Hz, clamped below half the rate; resonance 0..1.
  void tune(double cutoff, double resonance, double rate) {
    g_ = std::tan(std::numbers::pi * std::clamp(cutoff, 10.0, 0.45 * rate) / rate);
    k_ = 2 - 1.95 * std::clamp(resonance, 0.0, 1.0);
    scale_ = 1 / (1 + g_ * (g_ + k_));
  }

  double operator()(double input, FilterType type) {
    const double high = (input - (k_ + g_) * band_ - low_) * scale_;
    const double band = g_ * high + band_, low = g_ * band + low_;
    band_ = g_ * high + band;
    low_ = g_ * band + low;
    switch (type) {
      case FilterType::lowpass:
        return low;
      case FilterType::highpass:
        return high;
      case FilterType::bandpass:
        return band * k_;
      case FilterType::notch:
        return low + high;
    }
    return low;
  }

 private:
  double g_ = 0, k_ = 2, scale_ = 1;
  double band_ = 0, low_ = 0;  // states of the two integrators
};

}  // namespace doodled::audition
