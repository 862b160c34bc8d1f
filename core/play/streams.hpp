// Automation and LFO shapes as continuous control: what moves is asked at a grid of ticks, between the
// timeline's own events, and sent where it has changed. Each value is that of its tick, so it stays in phase
// through loops, tempo changes and jumps.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "core/play/lane.hpp"
#include "core/play/tempo_line.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

struct StreamLimits {
  double values_hz = 0;   // of each lane, 0..1000; 0: none
  double total_hz = 1e9;  // of all lanes together, in messages
  // How many messages a value of each parameter takes.
  std::array<std::uint8_t, parameter_count> messages = [] {
    std::array<std::uint8_t, parameter_count> one;
    one.fill(1);
    return one;
  }();
};

class Streams {
 public:
  static constexpr float smallest_move = 1.0F / 16384;

  explicit Streams(StreamLimits limits = {}) : limits_(limits) {}

  void set_limits(StreamLimits limits) noexcept { limits_ = limits; }
  // The timeline that plays from tick `from` of the transport on, and whose tick 0 is at its `origin`. May
  // allocate.
  void use(const Timeline& timeline, Tick origin, Tick from);
  void stop() noexcept { length_ = 0; }
  // The transport counts anew.
  void shift(Tick by) noexcept {
    origin_ += by;
    next_ += by;
  }

  // When the next values are due; max: never.
  Nanoseconds next(const TempoLine& line) const noexcept;
  // What has changed at the grid's last tick that is due, or nothing. Grid points that were missed are left
  // out. At most a few hundred at once; valid until the next call.
  std::span<const TimelineEvent> take(const TempoLine& line, Nanoseconds now) noexcept;
  Nanoseconds due(const TempoLine& line) const noexcept { return line.time_of(at_); }  // of what take() gave
  // The timeline told the device this value by an event of its own.
  void told(std::uint16_t track, Parameter parameter, float value) noexcept;

 private:
  Tick step(double tempo_bpm) const noexcept;

  StreamLimits limits_;
  std::shared_ptr<const std::vector<Lane>> lanes_;
  std::vector<LaneCursor> cursors_;
  std::vector<float> sent_;
  std::vector<TimelineEvent> changed_;
  double messages_ = 1;  // of one value of each lane
  Tick origin_ = 0, length_ = 0;
  Tick next_ = 0, at_ = 0;  // on the transport
};

}  // namespace doodled
