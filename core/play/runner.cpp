#include "core/play/runner.hpp"

#include <algorithm>

namespace doodled {
namespace {

bool is_timed(Handout::Kind kind) { return kind != Handout::Kind::begin && kind != Handout::Kind::keep; }

void raise_to(std::atomic<std::uint64_t>& value, std::uint64_t wanted) noexcept {
  auto before = value.load();
  while (before < wanted && !value.compare_exchange_weak(before, wanted)) {
  }
}

}  // namespace

Nanoseconds Runner::step() {
  obey();
  connect();
  const auto due = play_due();
  const auto beat = keep_time();
  const auto moves = stream();
  const auto service = serve();
  return std::min({due, beat, moves, service, next_look()});
}

// Plays what is due; when the next event wants attention.
Nanoseconds Runner::play_due() {
  while (const Handout* next = inbox_.front()) {
    if (quit_.load()) break;
    if (next->play > ended_.load()) {
      if (is_timed(next->kind) && !wait_for(next->due)) return next->due - options_.spin;
      if (clock_out_.next() <= next->due) keep_time();  // of one moment, the pulse goes first
      take(*next);
    }
    inbox_.pop();
    obey();
  }
  catch_up();
  return Nanoseconds::max();
}

// Sends the clock messages that are due; when the next one is.
Nanoseconds Runner::keep_time() {
  if (!settings_.clock) {
    clock_out_.follow(clock_.now());
    return Nanoseconds::max();
  }
  const auto next = clock_out_.next();
  if (next == Nanoseconds::max() || !wait_for(next)) return next - options_.spin;
  while (const auto message = clock_out_.take(clock_.now())) {
    if (!open_) continue;
    packets_.clear();
    driver_->encode_clock(*message, packets_);
    send_unlogged();
  }
  return clock_out_.next() - options_.spin;
}

// Sends what moves, as far as it is due; when there is more.
Nanoseconds Runner::stream() {
  streams_.shift(clock_out_.take_shift());
  if (play_ == 0 || !clock_out_.running()) return Nanoseconds::max();
  const TempoLine& line = clock_out_.line();
  const auto changed = streams_.take(line, clock_.now() + latency());
  if (open_) send_stream(changed, streams_.due(line) - latency());
  const auto next = streams_.next(line);
  return next == Nanoseconds::max() ? next : next - latency();
}

void Runner::send_stream(std::span<const TimelineEvent> changed, Nanoseconds due) {
  std::array<TimelineEvent, 64> events;
  for (std::size_t at = 0; at < changed.size() && open_;) {
    std::size_t count = 0;
    for (; at < changed.size() && count < events.size(); ++at) {
      events[count] = changed[at];
      if (untouched(events[count])) ++count;
    }
    packets_.clear();
    driver_->encode_stream(std::span(events).first(count), packets_);
    if (!send_unlogged()) return;
    packets_sent_.fetch_add(packets_.size(), std::memory_order_relaxed);
    lateness_.add(clock_.now() - due);
  }
}

void Runner::tell(const LineChange& change) noexcept {
  clock_out_.tell(change);
  bell_.ring();
}

bool Runner::wait_for(Nanoseconds due) const noexcept {
  auto now = clock_.now();
  if (due - now > options_.spin) return false;
  while (now < due) now = clock_.now();
  return true;
}

bool Runner::hand_out(const Handout& handout) noexcept {
  if (inbox_.push(handout)) return true;
  overflowed_.store(true);
  dropped_.fetch_add(1, std::memory_order_relaxed);
  return false;
}

void Runner::end_play(std::uint64_t play) noexcept {
  raise_to(ended_, play);
  bell_.ring();
}

bool Runner::touch(const Touch& touch) noexcept {
  const bool given = touches_.push(touch);
  bell_.ring();
  return given;
}

void Runner::obey() {
  obey_stop();
  obey_panic();
  obey_replacement();
  obey_enabled();
  obey_touches();
}

// One that is for a play that has not begun here is kept for it.
void Runner::obey_touches() {
  for (const Touch* next = touches_.front(); next != nullptr; next = touches_.front()) {
    const Touch touch = *next;
    touches_.pop();
    if (touch.play < touched_play_) continue;
    if (touch.play > touched_play_) touched_.forget();
    touched_play_ = touch.play;
    const auto value = touched_.touch(touch);
    if (!value || !open_ || touch.play != play_) continue;
    const bool controller = touch.kind == Touch::Kind::controller || touch.kind == Touch::Kind::let_go;
    TimelineEvent event{tick_, touch.track, ParameterChange{touch.parameter, *value}};
    if (controller) event.body = ControllerChange{touch.controller, *value};
    send_event(event, clock_.now());
  }
}

void Runner::obey_stop() {
  const auto ended = ended_.load();
  if (ended <= finished_.load(std::memory_order_relaxed)) return;
  if (play_ != 0 && play_ <= ended) fall_silent();
  raise_to(finished_, ended);
}

void Runner::obey_panic() {
  const auto panics = panics_.load();
  if (panics == panics_obeyed_) return;
  panics_obeyed_ = panics;
  end_notes();
  if (!open_) return;
  packets_.clear();
  driver_->encode_panic(packets_);
  send_packets(tick_, clock_.now());
  wake();
}

void Runner::take(const Handout& handout) {
  switch (handout.kind) {
    case Handout::Kind::begin:
      return begin(handout);
    case Handout::Kind::event:
      return play_event(handout);
    case Handout::Kind::keep:
      return ledger_.keep(handout.event.track, std::get<NoteOn>(handout.event.body).pitch);
    case Handout::Kind::splice:
      return splice(handout);
    case Handout::Kind::resume:
      if (ledger_.counts(handout.event.track, std::get<NoteOn>(handout.event.body).pitch)) return;
      return play_event(handout);
    case Handout::Kind::end:
      return end(handout.play);
  }
}

void Runner::begin(const Handout& handout) {
  if (play_ != 0) end(play_);
  play_ = handout.play;
  seq_ = 0;
  loop_ = 0;
  tick_ = 0;
  origin_ = handout.due;
  timeline_ = handout.timeline;
  if (touched_play_ < play_) touched_.forget();
  touched_play_ = play_;
  prepare();
  streams_.use(*timeline_, handout.origin, handout.at);
  handout.arrived->store(handout.version);
}

void Runner::splice(const Handout& handout) {
  end_notes();
  timeline_ = handout.timeline;
  prepare();
  streams_.use(*timeline_, handout.origin, handout.at);
  handout.arrived->store(handout.version);
}

void Runner::end(std::uint64_t play) {
  end_notes();
  play_ = 0;
  timeline_ = nullptr;
  streams_.stop();
  raise_to(finished_, play);
}

void Runner::fall_silent() {
  end_notes();
  if (open_ && play_ != 0) send_event({tick_, 0, TransportChange{false, tempo_bpm_}}, clock_.now());
  play_ = 0;
  timeline_ = nullptr;
  streams_.stop();
}

// The player could not hand out everything, so a note-off may be among what was lost.
void Runner::catch_up() {
  if (overflowed_.exchange(false)) end_notes();
}

void Runner::play_event(const Handout& handout) {
  TimelineEvent event = handout.event;
  loop_ = handout.loop;
  tick_ = event.tick;
  if (const auto* change = std::get_if<TransportChange>(&event.body)) tempo_bpm_ = change->tempo_bpm;
  if (const auto* off = std::get_if<NoteOff>(&event.body)) return note_off(event, *off, handout.due);
  if (const auto* on = std::get_if<NoteOn>(&event.body)) return note_on(event, *on, handout.due);
  if (const auto* change = std::get_if<ParameterChange>(&event.body))
    streams_.told(event.track, change->parameter, change->value);
  if (!untouched(event)) return;
  if (!open_) {
    dropped_.fetch_add(1, std::memory_order_relaxed);
  } else {
    send_event(event, handout.due);
  }
}

// False for what is held by hand; what is moved by hand gets its value here.
bool Runner::untouched(TimelineEvent& event) noexcept {
  std::optional<float> value = 0.0F;
  if (auto* change = std::get_if<ParameterChange>(&event.body)) {
    value = touched_.pass(event.track, change->parameter, change->value);
    change->value = value.value_or(0);
  } else if (const auto* control = std::get_if<ControllerChange>(&event.body)) {
    value = touched_.pass(event.track, control->controller, control->value);
  }
  return value.has_value();
}

void Runner::note_on(const TimelineEvent& event, const NoteOn& note, Nanoseconds due) {
  if (!open_ || clock_.now() - due > options_.stale) {
    dropped_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  ledger_.on(event.track, note.pitch);
  sounding_.store(ledger_.sounding(), std::memory_order_relaxed);
  note_begins_ = true;
  send_event(event, due);
  note_begins_ = false;
}

// A note that could not be ended stays in the ledger and is ended after the next opening.
void Runner::note_off(const TimelineEvent& event, const NoteOff& note, Nanoseconds due) {
  if (!open_ || !ledger_.off(event.track, note.pitch)) return;
  (send_event(event, due) ? ended_lately_ : ledger_).on(event.track, note.pitch);
  sounding_.store(open_ ? ledger_.sounding() : 0, std::memory_order_relaxed);
}

void Runner::end_notes() {
  if (!open_) return ledger_.forget_kept();
  release(ledger_);
  sounding_.store(open_ ? ledger_.sounding() : 0, std::memory_order_relaxed);
}

void Runner::release(Ledger& notes) {
  const auto now = clock_.now();
  notes.release([&](std::uint16_t track, std::uint8_t pitch) {
    if (!send_event({tick_, track, NoteOff{pitch}}, now)) return false;
    ended_lately_.on(track, pitch);
    return true;
  });
}

bool Runner::send_event(const TimelineEvent& event, Nanoseconds due) {
  packets_.clear();
  driver_->encode(event, packets_);
  if (!send_packets(event.tick, due)) return false;
  events_sent_.fetch_add(1, std::memory_order_relaxed);
  return true;
}

bool Runner::send_packets(Tick tick, Nanoseconds due) {
  for (std::size_t i = 0; i < packets_.size(); ++i)
    if (!send_packet(packets_[i], tick, due)) return false;
  return true;
}

bool Runner::send_packet(Bytes packet, Tick tick, Nanoseconds due) {
  const auto now = clock_.now();
  if (!guarded(std::chrono::seconds{1}, now, [&] { driver_->send(packet); })) return false;
  pause_ = options_.first_pause;
  packets_sent_.fetch_add(1, std::memory_order_relaxed);
  lateness_.add(now - due);
  record(packet, tick, due, now - due);
  return true;
}

void Runner::record(Bytes packet, Tick tick, Nanoseconds due, Nanoseconds lateness) noexcept {
  if (play_ == 0) return;
  const SentHeader header{.play = play_,
                          .seq = seq_++,
                          .tick = tick,
                          .due = due - origin_,
                          .lateness = lateness,
                          .origin = origin_,
                          .loop = loop_,
                          .note = note_begins_};
  if (!sent_.push(header, packet)) sent_missed_.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace doodled
