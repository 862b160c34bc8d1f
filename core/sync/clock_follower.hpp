// MIDI clock from outside as a line in time: each pulse is where a straight line through the last ones has
// it, so that the jitter of cables and sound systems does not reach the music. One thread at a time; pure.
#pragma once
#include <array>
#include <optional>

#include "core/play/tempo_line.hpp"

namespace doodled {

class ClockFollower {
 public:
  static constexpr Tick ticks_per_pulse = ticks_per_quarter / 24;

  // The messages, with the time they came at. `pulse` answers where the leader is now when that is news: at
  // its start, every sixteenth, and as soon as its tempo has changed.
  std::optional<LeadingLine> pulse(Nanoseconds at);
  void start();                  // the next pulse is tick 0
  void resume();                 // the next pulse is where position() said, or where it stopped
  void position(int sixteenth);  // while it stands
  std::optional<LeadingLine> stop(Nanoseconds at);

  bool running() const { return running_; }
  // Known after three pulses.
  std::optional<double> tempo_bpm() const;
  // Root mean square of how far the last pulses were from the line, in milliseconds.
  double jitter_ms() const;
  // Nothing came for so long that the leader must have gone.
  bool silent(Nanoseconds now) const;

 private:
  static constexpr std::size_t window = 48;  // two quarter notes
  static constexpr std::size_t fresh = 3;    // pulses that tell a new tempo
  static constexpr std::size_t steady = 24;  // pulses before them that make it news

  struct Fit {
    double offset = 0, period = 0;  // nanoseconds: of the newest pulse after its own time, between two pulses
    double at(double number) const { return offset + period * number; }
  };

  Nanoseconds time(std::size_t back) const;  // 0: the newest
  double number(std::size_t back) const;     // 0 for the newest, negative before
  // Through the last `count` pulses but for the newest `without`.
  Fit fit(std::size_t count, std::size_t without = 0) const;
  double spread(const Fit& fit, std::size_t without = 0) const;  // root mean square, nanoseconds
  void keep(Nanoseconds at);
  Tick step_to(Nanoseconds at);
  bool tempo_changed() const;
  LeadingLine line(bool started) const;

  std::array<Nanoseconds, window> times_{};
  std::array<Tick, window> numbers_{};  // of the pulses since the first one; a lost one leaves a gap
  std::size_t next_ = 0, count_ = 0;
  Tick number_ = 0;                  // of the newest pulse
  Tick pulse_ = -1, resume_at_ = 0;  // since the start: the newest, and the one that comes next after resume
  bool running_ = false, starting_ = false;
  int since_told_ = 0;
  Tick presumed_lost_ = 0;  // of the last quarter note, and not come late since
  int since_presumed_ = 0;
};

}  // namespace doodled
