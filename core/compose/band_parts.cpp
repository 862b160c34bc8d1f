#include "core/compose/band_parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/compose/band_harmony.hpp"
#include "core/compose/expression.hpp"
#include "core/compose/styles.hpp"
#include "core/music/generate/drums.hpp"
#include "core/music/generate/melody.hpp"
#include "core/music/generate/rhythm.hpp"
#include "core/music/meter.hpp"
#include "core/music/modulo.hpp"

namespace doodled::composing {
namespace {

constexpr int lowest_bass = 28;  // E1, the lowest string of a bass
constexpr VoiceRange pad_range{48, 76}, chord_range{52, 79}, arpeggio_range{55, 79};

Tick length_of(const Phrase& phrase) { return phrase.bars * phrase.brief.meter.bar(); }

// A rhythm of sixteenths for a bar of any meter: cut, or carried on from its own start.
struct Strike {
  Tick start, duration;
  char mark;
};
std::vector<Strike> strikes_of(std::string_view rhythm, const Meter& meter) {
  std::vector<Strike> strikes;
  for (int step = 0; step < meter.steps(); ++step) {
    const char mark = rhythm[static_cast<std::size_t>(step) % rhythm.size()];
    if (mark == '-' && !strikes.empty())
      strikes.back().duration += meter.step();
    else if (mark != '.' && mark != '-')
      strikes.push_back({step * meter.step(), meter.step(), mark});
  }
  return strikes;
}

int velocity_at(const Phrase& phrase, Tick tick, int base) {
  const Meter& meter = phrase.brief.meter;
  const double weight = metric_weight(meter, static_cast<int>(tick % meter.bar() / meter.step()));
  return std::clamp(base + static_cast<int>(std::lround(14 * weight + 12 * phrase.energy)), 1, 127);
}

int bass_pitch(const Chord& chord, char mark) {
  const int root = chord.bass.value_or(chord.root);
  int pitch = lowest_bass + pitch_class(root - lowest_bass);
  if (mark == '8') pitch += 12;
  if (mark == '5') {
    const auto fifth = std::ranges::find_if(chord.intervals, [](int i) { return i >= 6 && i <= 8; });
    pitch += fifth == chord.intervals.end() ? 12 : *fifth;
  }
  return pitch;
}

std::vector<Note> rhythm_bass(const Phrase& phrase, Random& random) {
  std::vector<Note> notes;
  const auto strikes = strikes_of(style_of(phrase.brief.genre).bass, phrase.brief.meter);
  for (int bar = 0; bar < phrase.bars; ++bar)
    for (const auto& strike : strikes) {
      const double weight =
          metric_weight(phrase.brief.meter, static_cast<int>(strike.start / phrase.brief.meter.step()));
      const bool kept = strike.start == 0 || weight >= 0.5 ||
                        random.unit() < 0.35 + 0.5 * phrase.brief.density + 0.4 * phrase.energy;
      if (!kept) continue;
      const auto& chord = phrase.chords[static_cast<std::size_t>(bar) % phrase.chords.size()];
      const Tick start = bar * phrase.brief.meter.bar() + strike.start;
      notes.push_back(
          {start, strike.duration * 9 / 10, bass_pitch(chord, strike.mark), velocity_at(phrase, start, 84)});
    }
  return notes;
}

std::vector<Note> walked_bass(const Phrase& phrase, Random& random) {
  std::vector<generate::PlacedChord> placed;
  for (int bar = 0; bar < phrase.bars; ++bar) {
    const auto& chord = phrase.chords[static_cast<std::size_t>(bar) % phrase.chords.size()];
    auto pitches = voiced(chord, 2);
    if (pitches.empty()) pitches = {36 + chord.root};
    placed.push_back({bar * phrase.brief.meter.bar(), std::move(pitches)});
  }
  return generate::walking_bass(placed, phrase.brief.key, phrase.brief.meter, length_of(phrase), lowest_bass,
                                random);
}

std::vector<Note> bass(const Phrase& phrase, Random& random) {
  const bool walks = phrase.brief.genre == "bossa_nova" && phrase.energy > 0.5;
  return walks ? walked_bass(phrase, random) : rhythm_bass(phrase, random);
}

// What a line of the picture does to a held chord: brighter where it rises.
void follow_contour(Note& note, const Phrase& phrase) {
  if (!phrase.brief.expressive) return;
  const double length = static_cast<double>(length_of(phrase)), span = phrase.until - phrase.from;
  const double from = phrase.from + span * static_cast<double>(note.start) / length;
  const double until = phrase.from + span * static_cast<double>(note.start + note.duration) / length;
  for (auto& curve : expression_along(Dimension::timbre, phrase.brief.contour, from, until, 0.2, 0.9))
    set_expression(note, std::move(curve));
}

std::vector<Note> pad(const Phrase& phrase) {
  std::vector<Note> notes;
  const int voices = 3 + (phrase.energy > 0.5) + (phrase.brief.density > 0.6);
  const auto chords = voices_through(phrase.chords, phrase.bars, voices, pad_range);
  const Tick bar = phrase.brief.meter.bar();
  for (int i = 0; i < phrase.bars; ++i)
    for (const int pitch : chords[static_cast<std::size_t>(i)]) {
      Note note{i * bar, bar, pitch, velocity_at(phrase, 0, 48)};
      if (phrase.brief.expressive)
        set_expression(note, swell(Dimension::pressure, 0.4 + 0.5 * phrase.energy));
      follow_contour(note, phrase);
      notes.push_back(std::move(note));
    }
  return notes;
}

std::vector<Note> chords(const Phrase& phrase, Random& random) {
  std::vector<Note> notes;
  const auto voiced_chords = voices_through(phrase.chords, phrase.bars, 4, chord_range);
  const auto strikes = strikes_of(style_of(phrase.brief.genre).comp, phrase.brief.meter);
  for (int bar = 0; bar < phrase.bars; ++bar)
    for (const auto& strike : strikes) {
      const bool kept = &strike == &strikes.front() || random.unit() < 0.4 + 0.6 * phrase.energy;
      if (!kept) continue;
      const Tick start = bar * phrase.brief.meter.bar() + strike.start;
      for (const int pitch : voiced_chords[static_cast<std::size_t>(bar)])
        notes.push_back({start, strike.duration * 4 / 5, pitch, velocity_at(phrase, start, 62)});
    }
  return notes;
}

std::vector<Note> arpeggio(const Phrase& phrase, Random& random) {
  constexpr generate::ArpeggioOrder orders[] = {generate::ArpeggioOrder::up, generate::ArpeggioOrder::up_down,
                                                generate::ArpeggioOrder::inwards,
                                                generate::ArpeggioOrder::down};
  const auto voices = voices_through(phrase.chords, phrase.bars, 3, arpeggio_range);
  const Meter& meter = phrase.brief.meter;
  const generate::Arpeggio how{orders[random.below(4)], phrase.energy > 0.6 ? 2 : 1,
                               phrase.energy < 0.4 ? meter.step() * 2 : meter.step(), 0.7, 84};
  std::vector<Note> notes;
  for (int bar = 0; bar < phrase.bars; ++bar)
    for (auto& note : generate::arpeggiate(voices[static_cast<std::size_t>(bar)], how, bar * meter.bar(),
                                           (bar + 1) * meter.bar(), random)) {
      note.velocity = velocity_at(phrase, note.start, 66);
      notes.push_back(std::move(note));
    }
  if (phrase.energy > 0.6) generate::add_ratchets(notes, 0.08, random);
  return notes;
}

// The tone of the chord nearest to a pitch.
int nearest_tone(const Chord& chord, int pitch) {
  int best = pitch, least = 12;
  for (const int interval : chord.intervals)
    for (int candidate = chord.root + interval % 12; candidate <= 127; candidate += 12)
      if (std::abs(candidate - pitch) < least) least = std::abs(candidate - pitch), best = candidate;
  return best;
}

// A motif of two bars: which steps strike, and how far each note moves. Bars 2 and 4 of a phrase answer it.
struct Motif {
  std::vector<bool> rhythm;
  std::vector<int> moves;
};

Motif motif_of(const Phrase& phrase, Random& random) {
  const Meter& meter = phrase.brief.meter;
  const int steps = meter.steps();
  const double busy = 0.2 + 0.25 * phrase.brief.density + 0.15 * phrase.energy;
  Motif motif;
  for (int bar = 0; bar < 2; ++bar) {
    const int pulses = std::max(2, static_cast<int>(std::lround(steps * busy)) - bar);
    const auto rhythm = generate::euclid(steps, pulses, bar * random.below(3));
    motif.rhythm.insert(motif.rhythm.end(), rhythm.begin(), rhythm.end());
  }
  for (std::size_t i = 0; i < motif.rhythm.size(); ++i) motif.moves.push_back(random.below(5) - 2);
  return motif;
}

int moved_in_key(const Key& key, int pitch, int steps) {
  const int direction = steps < 0 ? -1 : 1;
  for (int left = std::abs(steps); left > 0; --left) {
    pitch += direction;
    while (!in_key(pitch, key)) pitch += direction;
  }
  return pitch;
}

int into_lead_range(int pitch) {
  while (pitch < 60) pitch += 12;
  while (pitch > 84) pitch -= 12;
  return pitch;
}

void end_at_next(std::vector<Note>& notes, Tick most) {
  for (std::size_t i = 0; i + 1 < notes.size(); ++i)
    notes[i].duration = std::min(most, notes[i + 1].start - notes[i].start);
}

void shape_lead(std::vector<Note>& notes, const Phrase& phrase) {
  if (!phrase.brief.expressive) return;
  for (auto& note : notes) {
    if (note.duration < phrase.brief.meter.beat()) continue;
    set_expression(note, scoop(0.5));
    set_expression(note, swell(Dimension::pressure, 0.7));
    follow_contour(note, phrase);
  }
}

std::vector<Note> lead(const Phrase& phrase, Random& random) {
  const Meter& meter = phrase.brief.meter;
  const auto motif = motif_of(phrase, random);
  std::vector<Note> notes;
  int pitch = into_lead_range(72 + phrase.brief.key.tonic - 12);
  for (int bar = 0; bar < phrase.bars; ++bar) {
    const auto& chord = phrase.chords[static_cast<std::size_t>(bar) % phrase.chords.size()];
    const bool answers = bar % 4 == 3;
    for (int step = 0; step < meter.steps(); ++step) {
      const int of_two_bars = bar % 2 * meter.steps() + step;
      const auto place = static_cast<std::size_t>(of_two_bars);
      const bool rests = random.unit() < 0.3 * (1 - phrase.energy);
      if (!motif.rhythm[place] || (answers && step > meter.steps() / 2) || (rests && step > 0)) continue;
      pitch = into_lead_range(
          moved_in_key(phrase.brief.key, pitch, answers ? -motif.moves[place] : motif.moves[place]));
      const Tick start = bar * meter.bar() + step * meter.step();
      if (metric_weight(meter, step) >= 0.75) pitch = into_lead_range(nearest_tone(chord, pitch));
      notes.push_back({start, meter.step() * 2, pitch, velocity_at(phrase, start, 76)});
    }
  }
  if (!notes.empty())
    notes.back().duration = std::min(meter.beat() * 2, length_of(phrase) - notes.back().start);
  end_at_next(notes, meter.beat() * 2);
  shape_lead(notes, phrase);
  return notes;
}

std::vector<Note> texture(const Phrase& phrase) {
  Note note{0, length_of(phrase), 48 + phrase.brief.key.tonic, velocity_at(phrase, 0, 40)};
  if (phrase.brief.expressive) set_expression(note, swell(Dimension::pressure, 0.8));
  follow_contour(note, phrase);
  return {note};
}

std::vector<Note> drums(const Phrase& phrase, Random& random) {
  return generate::drum_pattern({phrase.brief.genre, (phrase.brief.density + phrase.energy) / 2, phrase.fill},
                                phrase.brief.meter, phrase.bars, random);
}

}  // namespace

std::vector<Note> notes_of(Role role, const Phrase& phrase, Random random) {
  switch (role) {
    case Role::drums:
      return drums(phrase, random);
    case Role::bass:
      return bass(phrase, random);
    case Role::pad:
      return pad(phrase);
    case Role::chords:
      return chords(phrase, random);
    case Role::arpeggio:
      return arpeggio(phrase, random);
    case Role::texture:
      return texture(phrase);
    case Role::lead:
      return lead(phrase, random);
  }
  return {};
}

}  // namespace doodled::composing
