// A tempo from taps: the mean of the last intervals. A pause of two seconds, or an interval that is far from
// the others, begins anew.
#pragma once
#include <array>
#include <cstddef>
#include <optional>

#include "core/base/bell.hpp"

namespace doodled {

class TapTempo {
 public:
  // Quarter notes a minute from the second tap on, 20..400.
  std::optional<double> tap(Nanoseconds now);

 private:
  static constexpr std::size_t most = 8;
  std::array<Nanoseconds, most> taps_{};
  std::size_t count_ = 0;
};

}  // namespace doodled
