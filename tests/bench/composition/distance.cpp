#include "tests/bench/composition/distance.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/play/arrange.hpp"

namespace doodled::bench {
namespace {

struct Strike {
  int above_tonic;  // semitones, so that a transposed tune is the same tune
  double length;    // steps
};

// What sounds in one loop, by step; the shorter of two loops is heard again until the longer one ends.
struct Heard {
  std::multimap<int, Strike> strikes;
  std::array<double, 12> classes{};
  double weight = 0;
};

Heard heard(const Session& session, Tick length) {
  const Timeline timeline = arrange(session);
  Heard result;
  for (Tick from = 0; from < length && timeline.length > 0; from += timeline.length)
    for (const auto& event : timeline.events) {
      const auto* note = std::get_if<NoteOn>(&event.body);
      if (!note || from + event.tick >= length) continue;
      const bool drum = timeline.tracks[event.track].role == Role::drums;
      const double steps = static_cast<double>(note->duration) / ticks_per_step;
      const int pitch = drum ? 1000 + note->pitch : note->pitch - session.key.tonic;
      result.strikes.emplace(static_cast<int>((from + event.tick + ticks_per_step / 2) / ticks_per_step),
                             Strike{pitch, std::sqrt(steps)});
      if (!drum) result.classes[note->pitch % 12U] += steps;
      result.weight += std::sqrt(steps);
    }
  return result;
}

// Strikes that are there in both count in full; one whose pitch moved by at most two semitones counts half.
double shared(const Heard& a, const Heard& b) {
  auto left = b.strikes;
  double sum = 0;
  for (const int reach : {0, 2})
    for (const auto& [step, strike] : a.strikes) {
      const auto [first, last] = left.equal_range(step);
      const auto match = std::find_if(first, last, [&](const auto& other) {
        return std::abs(other.second.above_tonic - strike.above_tonic) <= reach;
      });
      if (match == last) continue;
      sum += (reach ? 0.5 : 1) * 2 * std::min(strike.length, match->second.length);
      left.erase(match);
    }
  return sum;
}

double notes_difference(const Heard& a, const Heard& b) {
  const double all = a.weight + b.weight;
  return all > 0 ? std::clamp(1 - shared(a, b) / all, 0.0, 1.0) : 0;
}

double rhythm_difference(const Heard& a, const Heard& b) {
  std::set<int> either, both;
  for (const auto& [step, strike] : a.strikes) {
    either.insert(step);
    if (b.strikes.contains(step)) both.insert(step);
  }
  for (const auto& [step, strike] : b.strikes) either.insert(step);
  return either.empty() ? 0 : 1 - static_cast<double>(both.size()) / static_cast<double>(either.size());
}

double pitch_difference(const Heard& a, const Heard& b) {
  double sum_a = 0, sum_b = 0, apart = 0;
  for (std::size_t i = 0; i < 12; ++i) sum_a += a.classes[i], sum_b += b.classes[i];
  if (sum_a <= 0 || sum_b <= 0) return sum_a != sum_b;
  for (std::size_t i = 0; i < 12; ++i) apart += std::abs(a.classes[i] / sum_a - b.classes[i] / sum_b);
  return apart / 2;
}

double key_difference(const Key& a, const Key& b) {
  int either = 0, both = 0;
  for (int pitch = 0; pitch < 12; ++pitch) {
    either += in_key(pitch, a) || in_key(pitch, b);
    both += in_key(pitch, a) && in_key(pitch, b);
  }
  const double scale = either > 0 ? 1 - static_cast<double>(both) / either : 0;
  return 0.5 * scale + 0.5 * (a.tonic != b.tonic);
}

double ratio(double a, double b, double full) {
  return std::clamp(std::abs(std::log(std::max(a, 1e-3) / std::max(b, 1e-3))) / std::log(full), 0.0, 1.0);
}

double wave_difference(const Patch& a, const Patch& b) {
  std::map<Wave, double> levels_a, levels_b;
  double sum_a = 0, sum_b = 0, apart = 0;
  for (const auto& o : a.oscillators) levels_a[o.wave] += o.level, sum_a += o.level;
  for (const auto& o : b.oscillators) levels_b[o.wave] += o.level, sum_b += o.level;
  for (int w = 0; w <= static_cast<int>(Wave::wavetable); ++w)
    apart += std::abs(levels_a[static_cast<Wave>(w)] / std::max(sum_a, 1e-6) -
                      levels_b[static_cast<Wave>(w)] / std::max(sum_b, 1e-6));
  const double detune =
      std::abs(a.oscillators.front().detune_cents - b.oscillators.front().detune_cents) / 25;
  return std::clamp(apart / 2 + 0.25 * detune, 0.0, 1.0);
}

// Two octaves of cutoff, eight times the attack or release, and the whole range of the others are "another".
double patch_apart(const Patch& a, const Patch& b) {
  const double shares[] = {
      wave_difference(a, b),
      a.filter.type == b.filter.type ? ratio(a.filter.cutoff_hz, b.filter.cutoff_hz, 4) : 1,
      std::abs(a.filter.resonance - b.filter.resonance),
      ratio(a.envelope.attack_ms, b.envelope.attack_ms, 8),
      ratio(a.envelope.release_ms, b.envelope.release_ms, 8),
      std::abs(a.drive - b.drive),
      std::abs(a.noise - b.noise),
      std::max(std::abs(a.reverb - b.reverb), std::abs(a.delay - b.delay))};
  const double weights[] = {0.3, 0.25, 0.05, 0.15, 0.05, 0.1, 0.05, 0.05};
  double sum = 0;
  for (std::size_t i = 0; i < std::size(shares); ++i) sum += weights[i] * shares[i];
  return sum;
}

const Track* track_of(const Session& session, Role role) {
  const auto track = std::ranges::find(session.tracks, role, &Track::role);
  return track == session.tracks.end() ? nullptr : &*track;
}

// Role by role; a role that only one of them has is wholly different.
double timbre_difference(const Session& a, const Session& b) {
  double sum = 0;
  int count = 0;
  for (int r = 0; r <= static_cast<int>(Role::arpeggio); ++r) {
    const Track *one = track_of(a, static_cast<Role>(r)), *other = track_of(b, static_cast<Role>(r));
    if (!one && !other) continue;
    ++count;
    if (!one || !other)
      sum += 1;
    else if (one->patch && other->patch)
      sum += patch_apart(*one->patch, *other->patch);
  }
  return count > 0 ? sum / count : 0;
}

}  // namespace

double Difference::total() const {
  const std::array<double, 6> parts{notes, rhythm, pitch, key, tempo, timbre};
  double sum = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) sum += difference_weights[i] * parts[i];
  return sum;
}

Difference difference(const Session& a, const Session& b) {
  const Tick length = std::max(arrange(a).length, arrange(b).length);
  const Heard one = heard(a, length), other = heard(b, length);
  return {notes_difference(one, other),
          rhythm_difference(one, other),
          pitch_difference(one, other),
          key_difference(a.key, b.key),
          std::min(1.0, ratio(a.tempo_bpm, b.tempo_bpm, 1.25) + std::abs(a.swing - b.swing) / 25),
          timbre_difference(a, b)};
}

}  // namespace doodled::bench
