#include "core/play/player.hpp"

namespace doodled {

void PublishedTransport::publish(const TempoLine& line, double tempo_bpm, const Meter& meter, bool playing,
                                 bool led) noexcept {
  version_.fetch_add(1);
  time_.store(line.time.count());
  tick_.store(line.tick);
  line_bpm_.store(line.tempo_bpm);
  tempo_bpm_.store(tempo_bpm);
  numerator_.store(meter.numerator);
  denominator_.store(meter.denominator);
  playing_.store(playing);
  led_.store(led);
  version_.fetch_add(1);
}

TransportState PublishedTransport::at(Nanoseconds now) const {
  TransportState state;
  TempoLine line;
  const double asked = asked_bpm_.load();  // first: what was answered since is in what is read below
  for (;;) {
    const auto before = version_.load();
    line = {Nanoseconds{time_.load()}, tick_.load(), line_bpm_.load()};
    state.tempo_bpm = tempo_bpm_.load();
    state.meter = {numerator_.load(), denominator_.load()};
    state.playing = playing_.load();
    state.led = led_.load();
    if (before % 2 == 0 && before == version_.load()) break;
  }
  const double tick = state.playing ? line.tick_at(now) : line.tick;
  if (asked > 0) state.tempo_bpm = asked;
  state.tick = tick > 0 ? static_cast<Tick>(tick) : 0;
  return state;
}

}  // namespace doodled
