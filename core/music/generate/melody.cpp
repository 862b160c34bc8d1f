#include "core/music/generate/melody.hpp"

#include <algorithm>
#include <cstdlib>

namespace doodled::generate {
namespace {

// Every pitch of the key in a range, ascending; the whole range where it holds none.
std::vector<int> pitches_between(const Key& key, int lowest, int highest) {
  std::vector<int> pitches;
  for (int pitch = std::max(0, lowest); pitch <= std::min(127, highest); ++pitch)
    if (in_key(pitch, key)) pitches.push_back(pitch);
  if (pitches.empty()) pitches.push_back(std::clamp(lowest, 0, 127));
  return pitches;
}

std::vector<int> spread(std::span<const int> pitches, int octaves) {
  std::vector<int> all;
  for (int octave = 0; octave < octaves; ++octave)
    for (const int pitch : pitches)
      if (pitch + 12 * octave <= 127) all.push_back(pitch + 12 * octave);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<int> inwards(const std::vector<int>& pitches) {
  std::vector<int> order;
  for (std::size_t low = 0, high = pitches.size(); low < high;) {
    order.push_back(pitches[low++]);
    if (low < high) order.push_back(pitches[--high]);
  }
  return order;
}

std::vector<int> ordered(std::span<const int> pitches, const Arpeggio& arpeggio) {
  auto order = spread(pitches, std::clamp(arpeggio.octaves, 1, 4));
  if (arpeggio.order == ArpeggioOrder::down) std::ranges::reverse(order);
  if (arpeggio.order == ArpeggioOrder::inwards) return inwards(order);
  if (arpeggio.order == ArpeggioOrder::up_down)
    for (std::size_t i = order.size() - 1; i-- > 1;) order.push_back(order[i]);
  return order;
}

int into_range(int pitch, int lowest) {
  while (pitch < lowest) pitch += 12;
  while (pitch > lowest + 19) pitch -= 12;
  return std::clamp(pitch, 0, 127);
}

const PlacedChord& chord_at(std::span<const PlacedChord> chords, Tick tick) {
  const auto after = std::ranges::upper_bound(chords, tick, {}, &PlacedChord::tick);
  return after == chords.begin() ? chords.front() : *(after - 1);
}

// The pitch next to `target` on the side of `from`: a step of the key, or a semitone where chance says so.
int approach(int target, int from, const Key& key, Random& random) {
  const int side = from < target ? -1 : 1;
  int pitch = target + side;
  if (random.below(3) > 0)
    while (!in_key(pitch, key) && std::abs(pitch - target) < 4) pitch += side;
  return pitch;
}

int nearest_chord_tone(const PlacedChord& chord, int around, int lowest, Random& random) {
  const int wanted = around + (random.below(2) ? 4 : -4);
  int best = into_range(chord.pitches.front(), lowest);
  for (const int pitch : chord.pitches) {
    const int moved = into_range(pitch, lowest);
    if (moved != around && std::abs(moved - wanted) < std::abs(best - wanted)) best = moved;
  }
  return best;
}

}  // namespace

std::vector<Note> scale_walk(const ScaleWalk& walk, Tick length, Random& random) {
  const auto pitches = pitches_between(walk.key, walk.lowest, walk.highest);
  const int last = static_cast<int>(pitches.size()) - 1;
  const auto tonic = std::ranges::find_if(pitches.begin() + last / 2, pitches.end(),
                                          [&](int pitch) { return pitch % 12 == walk.key.tonic; });
  int at = tonic == pitches.end() ? last / 2 : static_cast<int>(tonic - pitches.begin());
  std::vector<Note> notes;
  for (Tick tick = 0; tick < length; tick += walk.step) {
    const bool rests = random.unit() < walk.rest;
    const int move = random.below(2 * walk.leap + 1) - walk.leap;
    const int velocity = walk.quietest + random.below(std::max(1, walk.loudest - walk.quietest + 1));
    if (tick > 0 && rests) continue;
    if (tick > 0) at = std::clamp(at + move, 0, last);
    notes.push_back(
        {tick, std::min(walk.step, length - tick), pitches[static_cast<std::size_t>(at)], velocity});
  }
  return notes;
}

std::vector<Note> arpeggiate(std::span<const int> pitches, const Arpeggio& arpeggio, Tick from, Tick until,
                             Random& random) {
  std::vector<Note> notes;
  if (pitches.empty()) return notes;
  const auto order = ordered(pitches, arpeggio);
  const auto gate = std::max<Tick>(1, static_cast<Tick>(static_cast<double>(arpeggio.step) * arpeggio.gate));
  std::size_t next = 0;
  for (Tick tick = from; tick < until; tick += arpeggio.step, ++next) {
    const auto index = arpeggio.order == ArpeggioOrder::random
                           ? static_cast<std::size_t>(random.below(static_cast<int>(order.size())))
                           : next % order.size();
    notes.push_back({tick, std::min(gate, until - tick), order[index], arpeggio.velocity});
  }
  return notes;
}

std::vector<Note> walking_bass(std::span<const PlacedChord> chords, const Key& key, const Meter& meter,
                               Tick length, int lowest, Random& random) {
  std::vector<Note> notes;
  if (chords.empty()) return notes;
  int last = into_range(chords.front().pitches.front(), lowest);
  const Tick beat = meter.beat();
  for (Tick tick = 0; tick < length; tick += beat) {
    const auto& chord = chord_at(chords, tick);
    const auto& next = chord_at(chords, (tick + beat) % length);
    const bool first = tick == 0 || &chord != &chord_at(chords, tick - 1);
    const int target = into_range(next.pitches.front(), lowest);
    const int pitch = first             ? into_range(chord.pitches.front(), lowest)
                      : &next != &chord ? approach(target, last, key, random)
                                        : nearest_chord_tone(chord, last, lowest, random);
    last = std::clamp(pitch, 0, 127);
    notes.push_back(
        {tick, std::min(beat * 9 / 10, length - tick), last, first ? 104 : 88 + random.below(10)});
  }
  return notes;
}

}  // namespace doodled::generate
