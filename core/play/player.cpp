#include "core/play/player.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace doodled {
namespace {

bool is_waiting(const Performance& performance) {
  return performance.status.load(std::memory_order_relaxed) == PlayStatus::waiting;
}

bool has_seats(const Performance& performance) {
  return std::any_of(performance.seats.begin(), performance.seats.end(),
                     [](const Seat& seat) { return seat.taken.load(); });
}

bool made_by_player(const TimelineEvent& event) {
  return std::holds_alternative<SessionStart>(event.body) ||
         std::holds_alternative<TransportChange>(event.body);
}

double own_tempo(const Performance& performance) {
  return performance.request.tempo_bpm.value_or(performance.timeline->tempo_bpm);
}

}  // namespace

Player::Player(const Clock& clock, PlayerOptions options) : clock_(clock), options_(options) {}

Nanoseconds Player::step() {
  now_ = clock_.now();
  while (const Command* command = commands_.front()) {
    obey(*command);
    commands_.pop();
  }
  if (running_) {
    const auto horizon = now_ + options_.lookahead + margin();
    for (std::size_t i = 0; i < play_count_; ++i)
      if (plays_[i] != nullptr && !is_waiting(*plays_[i])) hand_out(*plays_[i], horizon);
    begin_due(horizon);
    handed_until_ = std::max(handed_until_, horizon);
    stop_transport_when_idle();
  }
  published_.publish(running_ ? line_ : TempoLine{now_, stopped_tick_, told_tempo_}, told_tempo_, meter_,
                     running_, led_);
  published_.answer(std::exchange(obeyed_tempo_, 0));
  tell_watcher();
  ring_runners();
  return running_ ? now_ + options_.stride : Nanoseconds::max();
}

// Everything that is due by `horizon`, in the timeline's order; a splice comes before the events of its tick.
void Player::hand_out(Performance& play, Nanoseconds horizon) noexcept {
  for (;;) {
    const auto& events = play.timeline->events;
    const bool at_end = play.next_event == events.size();
    const Tick at = play.loop_start + (at_end ? play.timeline->length : events[play.next_event].tick);
    const bool splice_first =
        play.next_timeline != nullptr && play.splice_at <= at && !(at_end && play.splice_at == at);
    if (line_.time_of(splice_first ? play.splice_at : at) > horizon) return;
    if (splice_first) {
      if (!do_splice(play)) return;
    } else if (at_end) {
      if (!turn_over(play)) return;
    } else {
      const auto& event = events[play.next_event++];
      if (!made_by_player(event)) emit(play, event, at);
    }
  }
}

bool Player::turn_over(Performance& play) noexcept {
  const auto next_loop = play.loop.load(std::memory_order_relaxed) + 1;
  const Tick end = play.loop_start + play.timeline->length;
  if (play.request.loops > 0 && next_loop == static_cast<std::uint32_t>(play.request.loops)) {
    finish(play, end, PlayStatus::finished);
    return false;
  }
  play.loop.store(next_loop);
  play.loop_start = end;
  play.published_loop_start.store(end);
  play.next_event = 0;
  return true;
}

void Player::begin_due(Nanoseconds horizon) noexcept {
  for (std::size_t i = 0; i < play_count_; ++i) {
    Performance* play = plays_[i];
    if (play == nullptr || !is_waiting(*play) || play->starts_at == Seat::never) continue;
    if (line_.time_of(play->starts_at) > horizon) continue;
    begin(*play);
    hand_out(*play, horizon);
  }
}

void Player::begin(Performance& play) noexcept {
  take_over(play);
  const bool alone =
      std::none_of(plays_.begin(), plays_.begin() + static_cast<std::ptrdiff_t>(play_count_),
                   [](const Performance* other) { return other != nullptr && !is_waiting(*other); });
  if (alone) meter_ = play.timeline->meter;
  if (alone && !led_) {
    line_ = {line_.time_of(play.starts_at), static_cast<double>(play.starts_at), own_tempo(play)};
    told_tempo_ = line_.tempo_bpm;
    tell_line(LineChange::Kind::tempo, line_.time);
  }
  const Tick length = play.timeline->length;
  const Tick asked = play.request.join ? play.starts_at : play.request.position;
  const Tick position = (asked % length + length) % length;
  play.loop_start = play.starts_at - position;
  if (alone && !led_) bar_origin_ = play.loop_start;
  play.published_loop_start.store(play.loop_start);
  play.length.store(length);
  play.status.store(PlayStatus::playing);
  plan_next(play);
  emit(play, {position, 0, SessionStart{play.request.session_number}}, play.starts_at);
  emit(play, {position, 0, TransportChange{true, static_cast<float>(told_tempo_)}}, play.starts_at);
  if (position > 0) begin_inside(play);
}

// Ends whatever plays on the devices of `play` where it starts.
void Player::take_over(Performance& play) noexcept {
  for (std::size_t i = 0; i < play_count_; ++i) {
    Performance* other = plays_[i];
    if (other == nullptr || other == &play || is_waiting(*other)) continue;
    for (Seat& seat : other->seats)
      if (seat.taken && seat.leaves_at <= play.starts_at) end_seat(*other, seat, seat.leaves_at);
    if (!has_seats(*other)) retire(*other, PlayStatus::replaced);
  }
}

void Player::finish(Performance& play, Tick at, PlayStatus status) noexcept {
  const auto tempo = static_cast<float>(told_tempo_);
  emit(play, {play.timeline->length, 0, TransportChange{false, tempo}}, at);
  ended_at_ = line_.time_of(at);
  for (Seat& seat : play.seats)
    if (seat.taken) end_seat(play, seat, std::min(at, seat.leaves_at));
  retire(play, status);
}

// The last touch: once the status says that it is over, the rack may free the play.
void Player::retire(Performance& play, PlayStatus status) noexcept {
  for (auto& slot : plays_)
    if (slot == &play) slot = nullptr;
  play.status.store(status);
}

void Player::emit(Performance& play, const TimelineEvent& event, Tick at) noexcept {
  Handout handout;
  handout.event = event;
  emit_all(play, handout, at);
}

void Player::emit_all(Performance& play, const Handout& handout, Tick at) noexcept {
  for (Seat& seat : play.seats) emit_to(play, seat, handout, at);
}

void Player::emit_to(Performance& play, Seat& seat, Handout handout, Tick at) noexcept {
  if (!seat.taken || at >= seat.leaves_at) return;
  ring_later(*seat.runner);
  if (!seat.begun && !begin_seat(play, seat)) return;
  handout.play = play.serial;
  handout.loop = play.loop.load(std::memory_order_relaxed);
  handout.due = line_.time_of(at) - seat.runner->latency();
  handout.arrived = &seat.arrived;
  seat.runner->hand_out(handout);
}

bool Player::begin_seat(Performance& play, Seat& seat) noexcept {
  Handout handout;
  handout.kind = Handout::Kind::begin;
  handout.play = play.serial;
  handout.due = line_.time_of(play.starts_at) - seat.runner->latency();
  handout.timeline = play.timeline;
  handout.origin = play.loop_start;
  handout.at = play.starts_at;
  handout.arrived = &seat.arrived;
  handout.version = play.version;
  seat.begun = seat.runner->hand_out(handout);
  return seat.begun;
}

// A runner that cannot even take this is told without the ring; it then drops what it still holds.
void Player::end_seat(Performance& play, Seat& seat, Tick at) noexcept {
  seat.taken = false;
  if (!seat.begun) return;
  Handout handout;
  handout.kind = Handout::Kind::end;
  handout.play = play.serial;
  handout.due = line_.time_of(at) - seat.runner->latency();
  if (!seat.runner->hand_out(handout)) seat.runner->end_play(play.serial);
  ring_later(*seat.runner);
}

void Player::ring_later(Runner& runner) noexcept {
  const auto end = to_ring_.begin() + static_cast<std::ptrdiff_t>(to_ring_count_);
  if (std::find(to_ring_.begin(), end, &runner) != end || to_ring_count_ == to_ring_.size()) return;
  to_ring_[to_ring_count_++] = &runner;
}

void Player::tell_watcher() noexcept {
  const bool tempo_changed = !led_ && told_tempo_ != watched_tempo_;
  if (running_ == told_running_ && led_ == told_led_ && !tempo_changed) return;
  told_running_ = running_;
  told_led_ = led_;
  watched_tempo_ = told_tempo_;
  if (vigil_ != nullptr) vigil_->ring();
}

void Player::ring_runners() noexcept {
  for (std::size_t i = 0; i < to_ring_count_; ++i) to_ring_[i]->bell().ring();
  to_ring_count_ = 0;
}

void Player::compact() noexcept {
  const auto end =
      std::remove(plays_.begin(), plays_.begin() + static_cast<std::ptrdiff_t>(play_count_), nullptr);
  play_count_ = static_cast<std::size_t>(end - plays_.begin());
}

void Player::stop_transport_when_idle() noexcept {
  compact();
  if (play_count_ > 0 || led_) return;
  running_ = false;
  // The last play was handed out to its end, which is a little ahead.
  const auto at = std::max(now_, ended_at_);
  line_ = line_.with_tempo(at, line_.tempo_bpm);
  stopped_tick_ = line_.tick;
  tell_line(LineChange::Kind::stop, at);
}

}  // namespace doodled
