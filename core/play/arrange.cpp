#include "core/play/arrange.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

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

std::optional<Parameter> macro_parameter(std::string_view id) { return parameter_from_name(id); }

// One parameter of one track over the whole timeline: a resting value, automation that replaces it, LFOs that
// add to it.
struct Lane {
  double rest = 0.5;
  bool set_at_start = false;
  std::vector<std::tuple<Tick, Tick, const Automation*>>
      automation;  // from, until, points relative to `from`
  std::vector<const LfoShape*> lfos;

  bool moves() const { return !automation.empty() || !lfos.empty(); }
};

double automation_at(const Automation& automation, Tick tick) {
  const auto& points = automation.points;
  const auto after = std::ranges::upper_bound(points, tick, {}, &AutomationPoint::tick);
  if (after == points.begin()) return points.front().value;
  const auto& before = *(after - 1);
  if (after == points.end() || automation.interpolation == Interpolation::step) return before.value;
  const double part =
      static_cast<double>(tick - before.tick) / static_cast<double>(after->tick - before.tick);
  return before.value + part * (after->value - before.value);
}

double lfo_at(const LfoShape& lfo, Tick tick) {
  const auto size = lfo.samples.size();
  const double position =
      static_cast<double>(tick % lfo.cycle) / static_cast<double>(lfo.cycle) * static_cast<double>(size);
  const auto index = static_cast<std::size_t>(position);
  const double part = position - std::floor(position);
  return lfo.samples[index % size] * (1 - part) + lfo.samples[(index + 1) % size] * part;
}

double lane_at(const Lane& lane, Tick tick) {
  double value = lane.rest;
  for (const auto& [from, until, automation] : lane.automation)
    if (tick >= from && tick < until) value = automation_at(*automation, tick - from);
  for (const auto* lfo : lane.lfos) value += lfo_at(*lfo, tick) * lfo->depth / 2;
  return std::clamp(value, 0.0, 1.0);
}

class Arranger {
 public:
  explicit Arranger(const Session& session) : session_(session) {}

  Timeline run() {
    describe();
    place_sections();
    start_values();
    emit_lanes();
    sort();
    return std::move(timeline_);
  }

 private:
  using LaneKey = std::pair<std::uint16_t, Parameter>;

  void describe() {
    timeline_.title = session_.title;
    timeline_.tempo_bpm = session_.tempo_bpm;
    timeline_.meter = session_.meter;
    timeline_.key = session_.key;
    for (const auto& track : session_.tracks)
      timeline_.tracks.push_back({track.id, track.name, track.role, track.channel, track.pads});
  }

  std::uint16_t index_of(std::string_view track) const {
    return static_cast<std::uint16_t>(std::ranges::find(session_.tracks, track, &Track::id) -
                                      session_.tracks.begin());
  }

  void place_sections() {
    for (const auto& section : session_.arrangement) {
      const Tick from = timeline_.length, until = from + section.bars * session_.meter.bar();
      timeline_.markers.push_back({from, section.name});
      for (const auto& part : section.parts) place_part(part, from, until);
      timeline_.length = until;
    }
  }

  void place_part(const SectionPart& part, Tick from, Tick until) {
    const auto index = index_of(part.track);
    const auto& patterns = session_.tracks[index].patterns;
    const auto& pattern = *std::ranges::find(patterns, part.pattern, &Pattern::id);
    for (Tick at = from; at < until; at += pattern.length) {
      for (const auto& note : pattern.notes) place_note(note, index, at, until);
      for (const auto& automation : pattern.automation)
        lanes_[{index, automation.parameter}].automation.emplace_back(
            at, std::min(until, at + pattern.length), &automation);
    }
  }

  void place_note(const Note& note, std::uint16_t track, Tick pattern_start, Tick until) {
    const Tick start = swung(pattern_start + note.start, session_.swing);
    const Tick end = std::min(until, swung(pattern_start + note.start + note.duration, session_.swing));
    if (start >= until || end <= start) return;
    const auto pitch = static_cast<std::uint8_t>(note.pitch);
    add(start, track, NoteOn{pitch, static_cast<std::uint8_t>(note.velocity), end - start});
    add(end, track, NoteOff{pitch});
  }

  void start_values() {
    for (std::uint16_t index = 0; index < session_.tracks.size(); ++index) {
      const auto& patch = session_.tracks[index].patch;
      if (!patch) continue;
      for (const auto& [parameter, value] : patch_values(*patch)) rest({index, parameter}, value);
    }
    for (const auto& macro : session_.macros) start_macro(macro);
    for (const auto& lfo : session_.lfos) lanes_[{index_of(lfo.track), lfo.parameter}].lfos.push_back(&lfo);
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
    if (const auto parameter = macro_parameter(macro.id)) rest({track, *parameter}, macro.value);
    for (const auto& target : macro.targets) {
      const LaneKey key{index_of(target.track), target.parameter};
      const auto found = lanes_.find(key);
      const double base = found != lanes_.end() && found->second.set_at_start ? found->second.rest : 0.5;
      rest(key, base + target.amount * (macro.value - 0.5));
    }
  }

  Tick grid() const {
    const auto moving = std::ranges::count_if(lanes_, [](const auto& entry) { return entry.second.moves(); });
    Tick step = finest_grid;
    while (timeline_.length / step * moving > most_parameter_events) step *= 2;
    return step;
  }

  void emit_lanes() {
    const Tick step = grid();
    for (const auto& [key, lane] : lanes_) {
      double sent = -1;
      const Tick end = lane.moves() ? timeline_.length : 1;
      for (Tick tick = 0; tick < end; tick += step) {
        const double value = lane_at(lane, tick);
        if (std::abs(value - sent) < smallest_move) continue;
        add(tick, key.first, ParameterChange{key.second, static_cast<float>(value)});
        sent = value;
      }
    }
  }

  void add(Tick tick, std::uint16_t track, EventBody body) {
    timeline_.events.push_back({tick, track, body});
  }

  void sort() {
    std::ranges::stable_sort(timeline_.events, {}, [](const TimelineEvent& e) {
      return std::tuple(e.tick, e.body.index(), e.track);
    });
  }

  const Session& session_;
  Timeline timeline_;
  std::map<LaneKey, Lane> lanes_;
};

}  // namespace

Tick swung(Tick tick, double swing) {
  constexpr Tick pair = 2 * ticks_per_step;
  const Tick start = tick / pair * pair, inside = tick - start;
  const double middle = static_cast<double>(pair) * swing / 100, half = ticks_per_step;
  const double moved = inside <= ticks_per_step ? static_cast<double>(inside) * middle / half
                                                : middle + (static_cast<double>(inside) - half) *
                                                               (static_cast<double>(pair) - middle) / half;
  return start + static_cast<Tick>(std::llround(moved));
}

Timeline arrange(const Session& session) { return Arranger(session).run(); }

}  // namespace doodled
