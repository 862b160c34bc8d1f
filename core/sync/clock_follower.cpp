#include "core/sync/clock_follower.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

namespace doodled {
namespace {

constexpr Nanoseconds shortest_pause{500'000'000};
constexpr int pulses_between_news = 6;

double nanoseconds(Nanoseconds time) { return static_cast<double>(time.count()); }

double bpm_of(double period) { return std::clamp(60e9 / (24 * period), min_tempo_bpm, max_tempo_bpm); }

}  // namespace

Nanoseconds ClockFollower::time(std::size_t back) const {
  return times_[(next_ + window - 1 - back) % window];
}

void ClockFollower::keep(Nanoseconds at) {
  times_[next_] = at;
  numbers_[next_] = number_;
  next_ = (next_ + 1) % window;
  count_ = std::min(window, count_ + 1);
}

double ClockFollower::number(std::size_t back) const {
  return static_cast<double>(numbers_[(next_ + window - 1 - back) % window] - number_);
}

// Least squares, as seen from the newest pulse.
ClockFollower::Fit ClockFollower::fit(std::size_t count, std::size_t without) const {
  double n = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (std::size_t back = without; back < count; ++back) {
    const double x = number(back), y = nanoseconds(time(back) - time(0));
    n += 1, sum_x += x, sum_y += y, sum_xx += x * x, sum_xy += x * y;
  }
  const double squares = n * sum_xx - sum_x * sum_x;
  if (squares <= 0) return {};
  const double period = (n * sum_xy - sum_x * sum_y) / squares;
  return {(sum_y - period * sum_x) / n, period};
}

double ClockFollower::spread(const Fit& line, std::size_t without) const {
  double sum = 0;
  for (std::size_t back = without; back < count_; ++back) {
    const double off = nanoseconds(time(back) - time(0)) - line.at(number(back));
    sum += off * off;
  }
  return std::sqrt(sum / static_cast<double>(count_ - without));
}

// How many periods the pulse at `at` is after the newest, by the line. One that comes two or three later,
// though the clock was steady: those between were lost on the way, and their time passed all the same. When
// they come after all, late and in a bunch, they are what was counted already.
Tick ClockFollower::step_to(Nanoseconds at) {
  if (starting_ || count_ < steady || ++since_presumed_ > static_cast<int>(steady)) presumed_lost_ = 0;
  if (starting_ || count_ < steady) return 1;
  const auto line = fit(count_);
  if (!(line.period > 0)) return 1;  // all at once
  const double periods = (nanoseconds(at - time(0)) - line.offset) / line.period;
  const double whole = std::round(periods);
  if (presumed_lost_ > 0 && whole < 1) {
    --presumed_lost_;
    return 0;
  }
  if (whole < 2 || whole > 3 || std::abs(periods - whole) >= 0.2) return 1;
  presumed_lost_ += static_cast<Tick>(whole) - 1;
  since_presumed_ = 0;
  return static_cast<Tick>(whole);
}

// The last few pulses are together further from the line through those before than jitter explains, each
// further than the one before it: a pulse that was held up on the way is alone.
bool ClockFollower::tempo_changed() const {
  if (count_ < fresh + steady) return false;
  const auto before = fit(count_, fresh);
  std::array<double, fresh> off{};  // newest first
  for (std::size_t back = 0; back < fresh; ++back)
    off[back] = nanoseconds(time(back) - time(0)) - before.at(number(back));
  const double mean = std::accumulate(off.begin(), off.end(), 0.0) / fresh;
  const double sign = mean < 0 ? -1 : 1;
  const bool grows = std::ranges::is_sorted(off, std::greater{}, [&](double one) { return sign * one; });
  return grows && off.back() / mean > 0.25 && std::abs(mean) > std::max(2e6, 5 * spread(before, fresh));
}

std::optional<LeadingLine> ClockFollower::pulse(Nanoseconds at) {
  if (count_ > 0 && at - time(0) > shortest_pause) count_ = 0;
  const Tick step = step_to(at);
  number_ += step;
  keep(at);
  if (tempo_changed()) {
    count_ = fresh;
    since_told_ = pulses_between_news;
  }
  if (!running_) return std::nullopt;
  const bool started = std::exchange(starting_, false);
  pulse_ = started ? resume_at_ : pulse_ + step;
  if (!started && ++since_told_ < pulses_between_news) return std::nullopt;
  since_told_ = 0;
  return line(started);
}

void ClockFollower::start() {
  resume_at_ = 0;
  running_ = starting_ = true;
}

void ClockFollower::resume() { running_ = starting_ = true; }

void ClockFollower::position(int sixteenth) { resume_at_ = Tick{sixteenth} * 6; }

std::optional<LeadingLine> ClockFollower::stop(Nanoseconds at) {
  if (!running_) return std::nullopt;
  running_ = starting_ = false;
  resume_at_ = pulse_ + 1;
  auto standing = line(false);
  standing.running = false;
  standing.line.time = at;
  return standing;
}

LeadingLine ClockFollower::line(bool started) const {
  LeadingLine leading;
  const auto fitted = count_ >= fresh ? fit(count_) : Fit{};
  leading.line.time = time(0) + Nanoseconds{std::llround(fitted.offset)};
  leading.line.tick = static_cast<double>(pulse_ * ticks_per_pulse);
  leading.line.tempo_bpm = tempo_bpm().value_or(120);
  leading.running = running_;
  leading.started = started;
  return leading;
}

std::optional<double> ClockFollower::tempo_bpm() const {
  if (count_ < fresh) return std::nullopt;
  const double period = fit(count_).period;
  return period > 0 ? std::optional(bpm_of(period)) : std::nullopt;
}

double ClockFollower::jitter_ms() const { return count_ < fresh ? 0 : spread(fit(count_)) / 1e6; }

bool ClockFollower::silent(Nanoseconds now) const { return count_ == 0 || now - time(0) > shortest_pause; }

}  // namespace doodled
