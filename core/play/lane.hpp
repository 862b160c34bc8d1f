// One parameter of one track over a whole timeline, as a function of the tick: a resting value, automation
// that replaces it, LFO shapes that add to it. The same tick has the same value in every loop, at every tempo
// and after every jump.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "core/music/session.hpp"

namespace doodled {

// Automation that holds from a tick until another; its own tick 0 is at `origin`.
struct LaneSpan {
  Tick from = 0, until = 0, origin = 0;
  std::shared_ptr<const Automation> automation;
};

struct LaneWheel {
  std::shared_ptr<const LfoShape> lfo;
  double cycle = 3840;  // ticks
  // -1..1
  double at(Tick tick) const noexcept;
};

struct Lane {
  std::uint16_t track = 0;
  Parameter parameter = Parameter::cutoff;
  double rest = 0.5;
  std::vector<LaneSpan> spans;  // ascending, none over another
  std::vector<LaneWheel> wheels;

  bool moves() const { return !spans.empty() || !wheels.empty(); }
};

// Of spans that lie over one another, the one that begins last holds where they do.
std::vector<LaneSpan> disjoint(std::vector<LaneSpan> spans);

// Follows a lane. Quick at ascending ticks, right at any. Never allocates.
class LaneCursor {
 public:
  // 0..1
  double at(const Lane& lane, Tick tick) noexcept;

 private:
  double automated(const LaneSpan& span, Tick tick) noexcept;

  std::size_t span_ = 0, point_ = 0;
  Tick last_ = 0;
};

}  // namespace doodled
