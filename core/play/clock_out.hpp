// Where the transport is, as a runner knows it, and the clock that devices keep time by: 24 pulses a quarter
// note, each at the time of its own tick, so that none is ever added or lost.
//
// The player tells it of every change of its line; the runner asks what is due. Neither waits or allocates.
#pragma once
#include <optional>
#include <utility>

#include "core/play/driver.hpp"
#include "core/play/spsc_ring.hpp"
#include "core/play/tempo_line.hpp"

namespace doodled {

struct LineChange {
  enum class Kind : std::uint8_t {
    tempo,  // the line goes on as another one
    start,  // the transport starts at line.tick, which is at line.time
    stop
  };
  Kind kind = Kind::tempo;
  TempoLine line;
  Nanoseconds from{};  // when it holds; of a start: line.time
  Tick shift = 0;      // what plays has this much higher numbers on it
};

class ClockOut {
 public:
  static constexpr Tick ticks_per_pulse = ticks_per_quarter / 24;
  static constexpr Tick ticks_per_sixteenth = ticks_per_quarter / 4;
  static constexpr Nanoseconds start_lead{1'000'000};  // from the start message to its first pulse

  // Everything is due `latency` earlier than its tick.
  explicit ClockOut(Nanoseconds latency = {}) : latency_(latency) {}

  // The player's thread. False when the runner has not looked for long; the change is lost then.
  bool tell(const LineChange& change) noexcept { return changes_.push(change); }

  // The runner's thread.
  void set_latency(Nanoseconds latency) noexcept { latency_ = latency; }
  // When take() has something, or a change is to be looked at.
  Nanoseconds next() const noexcept;
  // The next message that is due at `now`.
  std::optional<ClockMessage> take(Nanoseconds now) noexcept;
  // Takes on the changes that hold at `now`, without messages: for runners without a clock.
  void follow(Nanoseconds now) noexcept;
  // The device is there again: it is told where the transport is at the next sixteenth.
  void introduce(Nanoseconds now) noexcept;
  // Of the last change that was taken on.
  const TempoLine& line() const noexcept { return line_; }
  bool running() const noexcept { return running_; }
  // By how much the changes taken on since the last call have shifted what plays.
  Tick take_shift() noexcept { return std::exchange(shift_, 0); }

 private:
  Nanoseconds pulse_due() const noexcept { return line_.time_of(pulse_ * ticks_per_pulse); }
  Nanoseconds start_due() const noexcept { return line_.time_of(*start_) - start_lead; }
  static Nanoseconds holds_from(const LineChange& change) noexcept;
  bool change_comes_first(Nanoseconds now) const noexcept;
  std::optional<ClockMessage> adopt(const LineChange& change) noexcept;
  ClockMessage start_message() noexcept;

  Nanoseconds latency_;
  SpscRing<LineChange> changes_{256};

  // The runner's thread only.
  TempoLine line_;
  bool known_ = false, running_ = false;
  Tick shift_ = 0;
  Tick pulse_ = 0;              // number of the next pulse, on the line
  std::optional<Tick> start_;   // a start that the device is still to be told
  bool position_told_ = false;  // of that start
};

}  // namespace doodled
