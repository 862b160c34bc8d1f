// What the player is asked to do: the asking side, and the obeying on the player's thread.
#include <algorithm>
#include <cmath>

#include "core/play/player.hpp"

namespace doodled {

bool Player::give(const Command& command) noexcept {
  const bool given = commands_.push(command);
  bell_.ring();
  return given;
}

bool Player::start(Performance& performance) noexcept {
  return give({.kind = Command::Kind::start, .performance = &performance});
}

bool Player::stop(Performance& performance) noexcept {
  return give({.kind = Command::Kind::stop, .serial = performance.serial});
}

bool Player::leave(Runner& runner) noexcept {
  return give({.kind = Command::Kind::leave, .runner = &runner});
}

bool Player::splice(Performance& performance, const Timeline& timeline, std::uint32_t version,
                    Quantise boundary) noexcept {
  return give({.kind = Command::Kind::splice,
               .boundary = boundary,
               .serial = performance.serial,
               .timeline = &timeline,
               .version = version});
}

bool Player::splice_at(Performance& performance, const Timeline& timeline, std::uint32_t version,
                       Tick at) noexcept {
  return give({.kind = Command::Kind::splice,
               .boundary = Quantise::bar,
               .serial = performance.serial,
               .timeline = &timeline,
               .version = version,
               .at = at});
}

bool Player::set_tempo(double tempo_bpm) noexcept {
  published_.ask(tempo_bpm);
  const bool given = give({.kind = Command::Kind::set_tempo, .tempo_bpm = tempo_bpm});
  if (!given) published_.answer(tempo_bpm);
  return given;
}

bool Player::change_runners(std::vector<Runner*>& runners, std::uint32_t version) noexcept {
  return give({.kind = Command::Kind::runners, .version = version, .runners = &runners});
}

void Player::obey(const Command& command) noexcept {
  switch (command.kind) {
    case Command::Kind::start:
      return enlist(*command.performance);
    case Command::Kind::stop:
      return stop_now(command.serial);
    case Command::Kind::leave:
      return vacate(*command.runner);
    case Command::Kind::splice:
      return plan_splice(command);
    case Command::Kind::runners:
      return adopt_runners(*command.runners, command.version);
    case Command::Kind::set_tempo:
      return change_tempo(command.tempo_bpm);
    case Command::Kind::follow:
      return obey_leader(command.leader);
    case Command::Kind::lead:
      return follow_nobody();
  }
}

// A waiting play loses its devices to one that came later; a playing one keeps them until that starts.
void Player::enlist(Performance& play) noexcept {
  play.timeline = play.request.timeline.get();
  play.length.store(play.timeline->length);
  const bool stood = !running_ && !led_;
  if (stood) start_transport(play);
  play.starts_at = stood      ? static_cast<Tick>(line_.tick)
                   : running_ ? boundary_after(earliest_tick(), play.request.quantise, bar_origin_, meter_)
                              : Seat::never;  // until the leader starts
  for (std::size_t i = 0; i < play_count_; ++i)
    if (plays_[i] != nullptr) give_up_seats(*plays_[i], play);
  compact();
  plays_[play_count_++] = &play;
}

void Player::give_up_seats(Performance& play, const Performance& successor) noexcept {
  const bool waiting = play.status.load(std::memory_order_relaxed) == PlayStatus::waiting;
  bool empty = true;
  for (Seat& seat : play.seats) {
    const bool wanted = std::any_of(successor.seats.begin(), successor.seats.end(),
                                    [&](const Seat& other) { return other.runner == seat.runner; });
    if (wanted && waiting) seat.taken = false;
    if (wanted && !waiting) seat.leaves_at = successor.starts_at;
    empty = empty && !seat.taken;
  }
  if (empty) retire(play, PlayStatus::replaced);
}

Performance* Player::find(std::uint64_t serial) noexcept {
  for (std::size_t i = 0; i < play_count_; ++i)
    if (plays_[i] != nullptr && plays_[i]->serial == serial) return plays_[i];
  return nullptr;
}

void Player::start_transport(const Performance& first) noexcept {
  running_ = true;
  handed_until_ = now_ + options_.lead_in + margin();
  const double tempo = first.request.tempo_bpm.value_or(first.timeline->tempo_bpm);
  line_ = {handed_until_, static_cast<double>(first.request.position), tempo};
  told_tempo_ = tempo;
  meter_ = first.timeline->meter;
  bar_origin_ = 0;
  tell_line(LineChange::Kind::start, line_.time);
}

void Player::stop_now(std::uint64_t serial) noexcept {
  Performance* play = find(serial);
  if (play == nullptr) return;
  call_off(*play);
  for (Seat& seat : play->seats) {
    if (seat.taken && seat.begun) seat.runner->end_play(serial);
    seat.taken = false;
  }
  retire(*play, PlayStatus::stopped);
}

// Whoever would have made room for `waiting` stays.
void Player::call_off(const Performance& waiting) noexcept {
  if (waiting.status.load(std::memory_order_relaxed) != PlayStatus::waiting) return;
  for (const Seat& given_back : waiting.seats)
    for (std::size_t i = 0; i < play_count_; ++i) {
      if (plays_[i] == nullptr) continue;
      for (Seat& seat : plays_[i]->seats)
        if (given_back.taken && seat.runner == given_back.runner) seat.leaves_at = Seat::never;
    }
}

void Player::vacate(Runner& runner) noexcept {
  for (std::size_t i = 0; i < play_count_; ++i) {
    if (plays_[i] == nullptr) continue;
    Performance& play = *plays_[i];
    bool left = false, empty = true;
    for (Seat& seat : play.seats) {
      if (seat.taken && seat.runner == &runner) {
        if (seat.begun) runner.end_play(play.serial);
        seat.taken = false;
        left = true;
      }
      empty = empty && !seat.taken;
    }
    if (left && empty) retire(play, PlayStatus::stopped);
  }
}

void Player::plan_splice(const Command& command) noexcept {
  Performance* found = find(command.serial);
  if (found == nullptr) return;
  Performance& play = *found;
  play.next_planned = play.request.splices.size();
  if (!command.at && play.status.load(std::memory_order_relaxed) == PlayStatus::waiting) {
    play.timeline = command.timeline;
    play.version = command.version;
    return;
  }
  play.next_timeline = command.timeline;
  play.next_version = command.version;
  const Tick wanted = command.at ? play.starts_at + *command.at : earliest_tick();
  play.splice_at = wanted;
  if (!command.at || wanted < earliest_tick())
    play.splice_at = boundary_after(earliest_tick(), command.boundary, play.loop_start, play.timeline->meter);
}

// From where nothing has been handed out yet, so that what is on its way keeps its time.
void Player::change_tempo(double tempo_bpm) noexcept {
  obeyed_tempo_ = tempo_bpm;
  if (led_) return;
  const auto from = running_ ? std::max(handed_until_, now_) : now_;
  line_ = line_.with_tempo(from, tempo_bpm);
  tell_line(LineChange::Kind::tempo, from);
  tell_tempo(tempo_bpm);
}

void Player::tell_tempo(double tempo_bpm) noexcept {
  told_tempo_ = tempo_bpm;
  if (!running_) return;
  const auto at = static_cast<Tick>(std::ceil(line_.tick_at(std::max(handed_until_, now_))));
  for (std::size_t i = 0; i < play_count_; ++i) {
    Performance* play = plays_[i];
    if (play == nullptr || play->status.load(std::memory_order_relaxed) != PlayStatus::playing) continue;
    const Tick position = std::clamp<Tick>(at - play->loop_start, 0, play->timeline->length);
    emit(*play, {position, 0, TransportChange{true, static_cast<float>(tempo_bpm)}}, at);
  }
}

Tick Player::earliest_tick() const noexcept {
  return static_cast<Tick>(std::ceil(line_.tick_at(std::max(handed_until_, now_)) - 1e-6));
}

Tick Player::boundary_after(Tick earliest, Quantise quantise, Tick origin,
                            const Meter& meter) const noexcept {
  Tick unit = 1;
  if (quantise == Quantise::step) unit = ticks_per_step;
  if (quantise == Quantise::beat) unit = meter.beat();
  if (quantise == Quantise::bar) unit = meter.bar();
  if (earliest <= origin) return origin;
  return origin + (earliest - origin + unit - 1) / unit * unit;
}

}  // namespace doodled
