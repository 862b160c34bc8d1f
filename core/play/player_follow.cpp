// The transport when somebody else's leads: starting and stopping with it, and gliding to where it is.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/play/player.hpp"

namespace doodled {
namespace {

// What is off is made up within a beat, and never by more than half the speed.
constexpr double glide_ticks = ticks_per_quarter, most_faster = 1.5, most_slower = 0.5;
// Less than this is no news for devices and displays.
constexpr double smallest_tempo_change = 0.05;

}  // namespace

bool Player::follow(const LeadingLine& leader) noexcept {
  return give({.kind = Command::Kind::follow, .leader = leader});
}

bool Player::lead() noexcept { return give({.kind = Command::Kind::lead}); }

// What waited for the leader begins now.
void Player::follow_nobody() noexcept {
  if (!std::exchange(led_, false)) return;
  for (std::size_t i = 0; i < play_count_; ++i) {
    Performance* play = plays_[i];
    if (play == nullptr || play->starts_at != Seat::never) continue;
    if (!running_) start_transport(*play);
    play->starts_at = static_cast<Tick>(std::ceil(line_.tick));
  }
}

void Player::use(std::vector<Runner*> runners) {
  runners_ = std::move(runners);
  tell_line(LineChange::Kind::tempo, clock_.now());
}

void Player::adopt_runners(std::vector<Runner*>& runners, std::uint32_t version) noexcept {
  std::swap(runners_, runners);
  const TempoLine here = line_.with_tempo(now_, line_.tempo_bpm);
  for (Runner* runner : runners_)
    if (std::find(runners.begin(), runners.end(), runner) == runners.end())
      runner->tell({running_ ? LineChange::Kind::start : LineChange::Kind::tempo, here, now_, 0});
  runners_version_.store(version);
}

void Player::obey_leader(const LeadingLine& leader) noexcept {
  led_ = true;
  if (!leader.running) {
    stop_with(leader);
  } else if (!running_ || leader.started) {
    start_with(leader);
  } else {
    steer(leader.line);
  }
  const double tempo = leader.line.tempo_bpm;
  if (std::abs(tempo - told_tempo_) >= smallest_tempo_change) tell_tempo(std::round(tempo * 100) / 100);
}

// What plays already goes on from where it is; what waits begins with the leader, or at its next boundary.
void Player::start_with(const LeadingLine& leader) noexcept {
  Tick shifted = 0;
  if (running_) shifted = static_cast<Tick>(std::llround(leader.line.tick - line_.tick_at(leader.line.time)));
  shift(shifted);
  running_ = true;
  line_ = leader.line;
  handed_until_ = std::max(handed_until_, line_.time);
  bar_origin_ = 0;
  for (std::size_t i = 0; i < play_count_; ++i) {
    if (plays_[i] == nullptr || plays_[i]->status.load(std::memory_order_relaxed) != PlayStatus::waiting)
      continue;
    plays_[i]->starts_at =
        leader.started ? static_cast<Tick>(std::llround(line_.tick))
                       : boundary_after(earliest_tick(), plays_[i]->request.quantise, bar_origin_, meter_);
  }
  tell_line(LineChange::Kind::start, line_.time, shifted);
}

void Player::stop_with(const LeadingLine& leader) noexcept {
  const bool stops = running_;
  for (std::size_t i = 0; i < play_count_ && stops; ++i) {
    Performance* play = plays_[i];
    if (play == nullptr) continue;
    if (play->status.load(std::memory_order_relaxed) == PlayStatus::waiting)
      play->starts_at = Seat::never;
    else
      stop_now(play->serial);
  }
  if (stops) stopped_tick_ = line_.tick_at(now_);
  running_ = false;
  compact();
  line_ = {now_, line_.tick_at(now_), leader.line.tempo_bpm};
  tell_line(stops ? LineChange::Kind::stop : LineChange::Kind::tempo, now_);
}

// From where nothing has been handed out yet, at the speed that is where the leader is a beat later.
void Player::steer(const TempoLine& leader) noexcept {
  const auto from = std::max(handed_until_, now_);
  double error = leader.tick_at(from) - line_.tick_at(from);
  Tick jump = 0;
  if (std::abs(error) > static_cast<double>(ticks_per_quarter)) {
    jump = static_cast<Tick>(std::llround(error / ticks_per_quarter)) * ticks_per_quarter;
    shift(jump);
    line_.tick += static_cast<double>(jump);
    error -= static_cast<double>(jump);
  }
  const double faster = std::clamp(1 + error / glide_ticks, most_slower, most_faster);
  line_ = line_.with_tempo(from, leader.tempo_bpm * faster);
  tell_line(LineChange::Kind::tempo, from, jump);
}

// The leader counts anew: everything keeps its time and gets another number.
void Player::shift(Tick by) noexcept {
  for (std::size_t i = 0; i < play_count_; ++i) {
    Performance* play = plays_[i];
    if (play == nullptr || play->starts_at == Seat::never) continue;
    play->starts_at += by;
    play->loop_start += by;
    play->splice_at += by;
    play->published_loop_start.store(play->loop_start);
    for (Seat& seat : play->seats)
      if (seat.leaves_at != Seat::never) seat.leaves_at += by;
  }
}

void Player::tell_line(LineChange::Kind kind, Nanoseconds from, Tick shift) noexcept {
  for (Runner* runner : runners_) runner->tell({kind, line_, from, shift});
}

}  // namespace doodled
