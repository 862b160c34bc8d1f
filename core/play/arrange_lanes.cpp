#include "core/play/arrange_lanes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace doodled {
namespace {

constexpr Tick finest_grid = ticks_per_quarter / 16;
constexpr Tick most_parameter_events = 400000;
constexpr double smallest_move = 1.0 / 1024;

// The parameters that a patch sets, with their values on the 0..1 scale.
std::vector<std::pair<Parameter, double>> patch_values(const Patch& patch) {
  using P = Parameter;
  return {
      {P::cutoff, to_unit(P::cutoff, patch.filter.cutoff_hz)},
      {P::resonance, patch.filter.resonance},
      {P::attack, to_unit(P::attack, patch.envelope.attack_ms)},
      {P::decay, to_unit(P::decay, patch.envelope.decay_ms)},
      {P::sustain, patch.envelope.sustain},
      {P::release, to_unit(P::release, patch.envelope.release_ms)},
      {P::drive, patch.drive},
      {P::noise, patch.noise},
      {P::detune, to_unit(P::detune, patch.oscillators.empty() ? 0 : patch.oscillators.front().detune_cents)},
      {P::reverb, patch.reverb},
      {P::delay, patch.delay}};
}

double between(double low, double high, double part, Interpolation interpolation) {
  if (interpolation == Interpolation::step) return low;
  if (interpolation == Interpolation::smooth) part = (1 - std::cos(part * std::numbers::pi)) / 2;
  return low * (1 - part) + high * part;
}

// An LFO with the length of its cycle worked out.
struct Wheel {
  const LfoShape* lfo;
  double cycle;  // ticks

  double at(Tick tick) const {
    const auto& samples = lfo->samples;
    const auto size = samples.size();
    const double position = std::fmod(static_cast<double>(tick), cycle) / cycle * static_cast<double>(size);
    const auto index = static_cast<std::size_t>(position);
    const double sample = between(samples[index % size], samples[(index + 1) % size],
                                  position - std::floor(position), lfo->interpolation);
    return (lfo->unipolar ? (sample + 1) / 2 : sample / 2) * lfo->depth;
  }
};

// One automation in force from a tick until another.
struct Span {
  Tick from, until;
  const Automation* automation;
};

// One parameter of one track over the whole timeline: a resting value, automation that replaces it, LFOs that
// add to it. Asked at ascending ticks.
class Lane {
 public:
  double rest = 0.5;
  bool set_at_start = false;
  std::vector<Span> spans;
  std::vector<Wheel> lfos;

  bool moves() const { return !spans.empty() || !lfos.empty(); }

  void sort() { std::ranges::stable_sort(spans, {}, &Span::from); }

  double at(Tick tick) {
    if (tick >= next_change_) choose_span(tick);
    double value = active_.empty() ? rest : automated(tick - active_.back()->from);
    for (const auto& lfo : lfos) value += lfo.at(tick);
    return std::clamp(value, 0.0, 1.0);
  }

 private:
  // Of the spans that hold at a tick the last one counts.
  void choose_span(Tick tick) {
    while (next_ < spans.size() && spans[next_].from <= tick) active_.push_back(&spans[next_++]);
    std::erase_if(active_, [&](const Span* span) { return span->until <= tick; });
    next_change_ = next_ < spans.size() ? spans[next_].from : std::numeric_limits<Tick>::max();
    if (!active_.empty()) next_change_ = std::min(next_change_, active_.back()->until);
    point_ = 0;
  }

  // `tick` counts from the start of the span.
  double automated(Tick tick) {
    const auto& points = active_.back()->automation->points;
    while (point_ < points.size() && points[point_].tick <= tick) ++point_;
    if (point_ == 0) return points.front().value;
    const auto& before = points[point_ - 1];
    if (point_ == points.size()) return before.value;
    const auto& after = points[point_];
    const double part =
        static_cast<double>(tick - before.tick) / static_cast<double>(after.tick - before.tick);
    return between(before.value, after.value, part, active_.back()->automation->interpolation);
  }

  std::size_t next_ = 0, point_ = 0;
  Tick next_change_ = 0;
  std::vector<const Span*> active_;
};

class LanePlacer {
 public:
  LanePlacer(const Session& session, Tick length, std::vector<TimelineEvent>& events)
      : session_(session), length_(length), events_(events) {}

  void run() {
    automate();
    start_values();
    const Tick step = grid();
    events_.reserve(events_.size() + lanes_.size() + static_cast<std::size_t>(length_ / step * moving()));
    for (auto& [key, lane] : lanes_) emit(key, lane, step);
  }

 private:
  using LaneKey = std::pair<std::uint16_t, Parameter>;

  std::uint16_t index_of(std::string_view track) const {
    return static_cast<std::uint16_t>(std::ranges::find(session_.tracks, track, &Track::id) -
                                      session_.tracks.begin());
  }

  void automate() {
    Tick from = 0;
    for (const auto& section : session_.arrangement) {
      const Tick until = from + section.bars * session_.meter.bar();
      for (const auto& part : section.parts) automate_part(part, from, until);
      from = until;
    }
  }

  void automate_part(const SectionPart& part, Tick from, Tick until) {
    const auto index = index_of(part.track);
    const auto& patterns = session_.tracks[index].patterns;
    const auto& pattern = *std::ranges::find(patterns, part.pattern, &Pattern::id);
    if (pattern.automation.empty()) return;
    for (Tick at = from; at < until; at += pattern.length)
      for (const auto& automation : pattern.automation)
        lanes_[{index, automation.parameter}].spans.push_back(
            {at, std::min(until, at + pattern.length), &automation});
  }

  void start_values() {
    for (std::uint16_t index = 0; index < session_.tracks.size(); ++index) {
      const auto& patch = session_.tracks[index].patch;
      if (!patch) continue;
      for (const auto& [parameter, value] : patch_values(*patch)) rest({index, parameter}, value);
    }
    for (const auto& macro : session_.macros) start_macro(macro);
    for (const auto& lfo : session_.lfos) {
      const double cycle =
          lfo.seconds > 0 ? lfo.seconds * 1e9 / tick_ns(session_.tempo_bpm) : static_cast<double>(lfo.cycle);
      lanes_[{index_of(lfo.track), lfo.parameter}].lfos.push_back({&lfo, cycle});
    }
  }

  void rest(LaneKey key, double value) {
    auto& lane = lanes_[key];
    lane.rest = std::clamp(value, 0.0, 1.0);
    lane.set_at_start = true;
  }

  void start_macro(const Macro& macro) {
    const auto track = macro.track.empty() ? std::uint16_t{0} : index_of(macro.track);
    if (macro.cc)
      add(0, track, ControllerChange{static_cast<std::uint8_t>(*macro.cc), static_cast<float>(macro.value)});
    if (const auto parameter = parameter_from_name(macro.id)) rest({track, *parameter}, macro.value);
    for (const auto& target : macro.targets) {
      const LaneKey key{index_of(target.track), target.parameter};
      const auto found = lanes_.find(key);
      const double base = found != lanes_.end() && found->second.set_at_start ? found->second.rest : 0.5;
      rest(key, base + target.amount * (macro.value - 0.5));
    }
  }

  Tick moving() const {
    return std::ranges::count_if(lanes_, [](const auto& entry) { return entry.second.moves(); });
  }

  Tick grid() const {
    Tick step = finest_grid;
    while (length_ / step * moving() > most_parameter_events) step *= 2;
    return step;
  }

  void emit(const LaneKey& key, Lane& lane, Tick step) {
    lane.sort();
    double sent = -1;
    const Tick end = lane.moves() ? length_ : 1;
    for (Tick tick = 0; tick < end; tick += step) {
      const double value = lane.at(tick);
      if (std::abs(value - sent) < smallest_move) continue;
      add(tick, key.first, ParameterChange{key.second, static_cast<float>(value)});
      sent = value;
    }
  }

  void add(Tick tick, std::uint16_t track, EventBody body) { events_.push_back({tick, track, body}); }

  const Session& session_;
  Tick length_;
  std::vector<TimelineEvent>& events_;
  std::map<LaneKey, Lane> lanes_;
};

}  // namespace

void place_lanes(const Session& session, Tick length, std::vector<TimelineEvent>& events) {
  LanePlacer(session, length, events).run();
}

}  // namespace doodled
