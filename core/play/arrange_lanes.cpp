#include "core/play/arrange_lanes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

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

class LanePlacer {
 public:
  LanePlacer(const Session& session, Tick length, std::vector<TimelineEvent>& events)
      : session_(session), length_(length), events_(events) {}

  // The lanes that move.
  std::vector<Lane> run() {
    automate();
    start_values();
    const Tick step = grid();
    events_.reserve(events_.size() + lanes_.size() + static_cast<std::size_t>(length_ / step * moving()));
    std::vector<Lane> lanes;
    for (auto& [key, lane] : lanes_) {
      lane.track = key.first;
      lane.parameter = key.second;
      lane.spans = disjoint(std::move(lane.spans));
      emit(lane, step);
      if (lane.moves()) lanes.push_back(std::move(lane));
    }
    return lanes;
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
    for (const auto& automation : pattern.automation) {
      const auto shared = std::make_shared<const Automation>(automation);
      auto& spans = lanes_[{index, automation.parameter}].spans;
      for (Tick at = from; at < until; at += pattern.length)
        spans.push_back({at, std::min(until, at + pattern.length), at, shared});
    }
  }

  void start_values() {
    const auto count = static_cast<std::uint16_t>(session_.tracks.size());
    for (std::uint16_t index = 0; index < count; ++index) {
      const auto& patch = session_.tracks[index].patch;
      if (!patch) continue;
      for (const auto& [parameter, value] : patch_values(*patch)) rest({index, parameter}, value);
    }
    for (const auto& macro : session_.macros) start_macro(macro);
    for (const auto& lfo : session_.lfos) {
      const double cycle =
          lfo.seconds > 0 ? lfo.seconds * 1e9 / tick_ns(session_.tempo_bpm) : static_cast<double>(lfo.cycle);
      lanes_[{index_of(lfo.track), lfo.parameter}].wheels.push_back(
          {std::make_shared<const LfoShape>(lfo), cycle});
    }
  }

  void rest(LaneKey key, double value) {
    lanes_[key].rest = std::clamp(value, 0.0, 1.0);
    set_at_start_.insert(key);
  }

  void start_macro(const Macro& macro) {
    const auto track = macro.track.empty() ? std::uint16_t{0} : index_of(macro.track);
    if (macro.cc)
      add(0, track, ControllerChange{static_cast<std::uint8_t>(*macro.cc), static_cast<float>(macro.value)});
    if (const auto parameter = parameter_from_name(macro.id)) rest({track, *parameter}, macro.value);
    for (const auto& target : macro.targets) {
      const LaneKey key{index_of(target.track), target.parameter};
      const double base = set_at_start_.contains(key) ? lanes_[key].rest : 0.5;
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

  void emit(const Lane& lane, Tick step) {
    LaneCursor cursor;
    double sent = -1;
    const Tick end = lane.moves() ? length_ : 1;
    for (Tick tick = 0; tick < end; tick += step) {
      const double value = cursor.at(lane, tick);
      if (std::abs(value - sent) < smallest_move) continue;
      add(tick, lane.track, ParameterChange{lane.parameter, static_cast<float>(value)});
      sent = value;
    }
  }

  void add(Tick tick, std::uint16_t track, EventBody body) { events_.push_back({tick, track, body}); }

  const Session& session_;
  Tick length_;
  std::vector<TimelineEvent>& events_;
  std::map<LaneKey, Lane> lanes_;
  std::set<LaneKey> set_at_start_;
};

}  // namespace

std::vector<Lane> place_lanes(const Session& session, Tick length, std::vector<TimelineEvent>& events) {
  return LanePlacer(session, length, events).run();
}

}  // namespace doodled
