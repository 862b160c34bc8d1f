#include "core/play/clock_out.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace doodled {
namespace {

Tick next_multiple(double tick, Tick unit) {
  return static_cast<Tick>(std::ceil(tick / static_cast<double>(unit) - 1e-6));
}

}  // namespace

Nanoseconds ClockOut::holds_from(const LineChange& change) noexcept {
  return change.kind == LineChange::Kind::start ? change.from - start_lead : change.from;
}

Nanoseconds ClockOut::next() const noexcept {
  Nanoseconds due = Nanoseconds::max();
  if (known_) due = start_ ? std::min(start_due(), pulse_due()) : pulse_due();
  if (const LineChange* change = changes_.front()) due = std::min(due, holds_from(*change));
  return due == Nanoseconds::max() ? due : due - latency_;
}

// Pulses that the line so far still owes come before it.
bool ClockOut::change_comes_first(Nanoseconds now) const noexcept {
  const LineChange* change = changes_.front();
  if (change == nullptr || holds_from(*change) > now) return false;
  return !known_ || pulse_due() >= holds_from(*change);
}

std::optional<ClockMessage> ClockOut::take(Nanoseconds now) noexcept {
  now += latency_;
  while (change_comes_first(now)) {
    const LineChange change = *changes_.front();
    changes_.pop();
    if (const auto message = adopt(change)) return message;
  }
  if (!known_) return std::nullopt;
  if (start_ && start_due() <= now && start_due() <= pulse_due()) return start_message();
  if (pulse_due() > now) return std::nullopt;
  ++pulse_;
  return ClockMessage{ClockMessage::Kind::pulse, 0};
}

std::optional<ClockMessage> ClockOut::adopt(const LineChange& change) noexcept {
  const bool was_running = std::exchange(running_, change.kind == LineChange::Kind::start ||
                                                       (running_ && change.kind != LineChange::Kind::stop));
  line_ = change.line;
  shift_ += change.shift;
  const Tick pulse = next_multiple(line_.tick_at(change.from), ticks_per_pulse);
  // What is only rounding must not send a pulse twice or leave one out.
  const bool goes_on = known_ && std::abs(pulse - pulse_) <= 1 && change.kind != LineChange::Kind::start;
  if (!goes_on) pulse_ = pulse;
  known_ = true;
  if (change.kind == LineChange::Kind::start) {
    start_ = next_multiple(line_.tick, ticks_per_sixteenth) * ticks_per_sixteenth;
    position_told_ = *start_ == 0;
  }
  if (change.kind != LineChange::Kind::stop) return std::nullopt;
  start_.reset();
  return was_running ? std::optional(ClockMessage{ClockMessage::Kind::stop, 0}) : std::nullopt;
}

ClockMessage ClockOut::start_message() noexcept {
  if (!std::exchange(position_told_, true))
    return {ClockMessage::Kind::position, static_cast<std::int32_t>(*start_ / ticks_per_sixteenth % 16384)};
  const bool from_zero = *start_ == 0;
  start_.reset();
  return {from_zero ? ClockMessage::Kind::start : ClockMessage::Kind::resume, 0};
}

void ClockOut::follow(Nanoseconds now) noexcept {
  now += latency_;
  for (const LineChange* change = changes_.front(); change != nullptr && change->from <= now;
       change = changes_.front()) {
    line_ = change->line;
    shift_ += change->shift;
    known_ = true;
    running_ =
        change->kind == LineChange::Kind::start || (running_ && change->kind != LineChange::Kind::stop);
    changes_.pop();
  }
}

void ClockOut::introduce(Nanoseconds now) noexcept {
  if (!running_) return;
  const double soon = line_.tick_at(now + latency_ + 2 * start_lead);
  pulse_ = next_multiple(line_.tick_at(now + latency_), ticks_per_pulse);
  start_ = std::max<Tick>(0, next_multiple(soon, ticks_per_sixteenth)) * ticks_per_sixteenth;
  position_told_ = false;
}

}  // namespace doodled
