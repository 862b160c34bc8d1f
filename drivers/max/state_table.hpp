// What the companion has to believe: playing or not, the tempo, and the last value of each parameter of each
// track, with sixteen bits. Written by the runner's thread as events leave; no allocation, no locks.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/play/timeline.hpp"

namespace doodled::max_link {

class StateTable {
 public:
  static constexpr std::size_t tracks = 64;

  // With the start of a session the values of the one before count no more.
  void record(const TimelineEvent& event) noexcept;
  // playing, thousandths of a beat a minute, `revision`, then track, parameter and value for each that was
  // set, in that order.
  std::vector<std::int32_t> words(std::int32_t revision) const;

 private:
  bool playing_ = false;
  std::int32_t tempo_ = 0;
  std::array<std::array<std::int32_t, parameter_count>, tracks> values_ = cleared();
  static std::array<std::array<std::int32_t, parameter_count>, tracks> cleared() noexcept;
};

}  // namespace doodled::max_link
