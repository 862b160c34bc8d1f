#include "core/play/arrange_notes.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/base/random.hpp"
#include "core/play/arrange.hpp"

namespace doodled {
namespace {

constexpr Tick expression_grid = 30;
constexpr std::array<double, dimension_count> smallest_moves = {0.01, 1.0 / 256, 1.0 / 256};
constexpr std::size_t none = static_cast<std::size_t>(-1);

// A note in straight time; `next` is the note it is tied to.
struct Straight {
  const Note* note;
  Tick start, end;
  std::size_t next = none;
  bool continues = false;  // another one is tied to it
};

// A note as it sounds.
struct Sounding {
  Tick start, end;
  int key;           // 0..127
  int velocity;      // 0: struck out
  double bend;       // semitones that the tuning adds
  std::size_t from;  // into the straight notes
};

// Each note draws by itself, so that a change elsewhere leaves it as it was.
bool sounds(const Note& note, std::uint64_t track_seed, Tick at) {
  if (note.probability >= 1) return true;
  Random random(track_seed + static_cast<std::uint64_t>(at) * 128 + static_cast<std::uint64_t>(note.pitch));
  return random.unit() < note.probability;
}

class TrackPlacer {
 public:
  TrackPlacer(const Session& session, std::size_t track, int loop, Tick length,
              std::vector<TimelineEvent>& events)
      : session_(session),
        track_(session.tracks[track]),
        index_(static_cast<std::uint16_t>(track)),
        seed_(part_seed(part_seed(session.seed, track_.id), "chance " + std::to_string(loop))),
        length_(length),
        events_(events) {}

  void run() {
    Tick from = 0;
    for (const auto& section : session_.arrangement) {
      const Tick until = from + section.bars * session_.meter.bar();
      for (const auto& part : section.parts)
        if (part.track == track_.id) place_part(part, from, until);
      from = until;
    }
    join_ties();
    for (std::size_t i = 0; i < straight_.size(); ++i)
      if (!straight_[i].continues) sound(i);
    end_repeated_keys();
    for (const auto& sounding : sounding_)
      if (sounding.velocity > 0) emit(sounding);
  }

 private:
  void place_part(const SectionPart& part, Tick from, Tick until) {
    const auto& pattern = *std::ranges::find(track_.patterns, part.pattern, &Pattern::id);
    for (Tick at = from; at < until; at += pattern.length)
      for (const auto& note : pattern.notes) {
        const Tick start = at + note.start;
        if (start < until && sounds(note, seed_, start))
          straight_.push_back({&note, start, std::min(until, start + note.duration)});
      }
  }

  void join_ties() {
    const bool any = std::ranges::any_of(straight_, [](const Straight& s) { return s.note->tied; });
    if (!any) return;
    std::ranges::stable_sort(straight_, {},
                             [](const Straight& s) { return std::pair(s.note->pitch, s.start); });
    for (std::size_t i = 0; i + 1 < straight_.size(); ++i) {
      auto& now = straight_[i];
      auto& next = straight_[i + 1];
      if (!now.note->tied || next.note->pitch != now.note->pitch || next.start != now.end) continue;
      now.next = i + 1;
      next.continues = true;
    }
  }

  Tick end_of(std::size_t index) const {
    while (straight_[index].next != none) index = straight_[index].next;
    return straight_[index].end;
  }

  void sound(std::size_t index) {
    const auto& first = straight_[index];
    const Note& note = *first.note;
    const Tick bar = session_.meter.bar();
    const Tick start = std::clamp<Tick>(swung(first.start, session_.swing, bar) + note.nudge, 0, length_ - 1);
    const Tick end =
        std::clamp<Tick>(swung(end_of(index), session_.swing, bar) + note.nudge, start + 1, length_);
    const bool tuned = session_.tuning && track_.role != Role::drums;
    const double pitch = tuned ? tuned_pitch(*session_.tuning, note.pitch) : note.pitch;
    const int key = std::clamp(static_cast<int>(std::lround(pitch)), 0, 127);
    const auto strikes = std::min<Tick>(note.ratchet, end - start);
    for (Tick i = 0; i < strikes; ++i)
      sounding_.push_back({start + (end - start) * i / strikes, start + (end - start) * (i + 1) / strikes,
                           key, note.velocity, pitch - key, index});
  }

  void end_repeated_keys() {
    std::ranges::stable_sort(sounding_, {}, [](const Sounding& s) { return std::pair(s.key, s.start); });
    std::size_t last = none;
    for (std::size_t i = 0; i < sounding_.size(); ++i) {
      auto& now = sounding_[i];
      if (last != none && sounding_[last].key == now.key) {
        auto& before = sounding_[last];
        if (before.start == now.start) {
          auto& quieter = before.velocity < now.velocity ? before : now;
          quieter.velocity = 0;
          if (&quieter == &now) continue;
        } else {
          before.end = std::min(before.end, now.start);
        }
      }
      last = i;
    }
  }

  void emit(const Sounding& sounding) {
    const auto key = static_cast<std::uint8_t>(sounding.key);
    express(sounding, key);
    add(sounding.start,
        note_on(key, static_cast<std::uint8_t>(sounding.velocity), sounding.end - sounding.start));
    add(sounding.end, NoteOff{key});
  }

  void express(const Sounding& sounding, std::uint8_t key) {
    for (const auto dimension : {Dimension::bend, Dimension::pressure, Dimension::timbre}) {
      const double base = dimension == Dimension::bend ? sounding.bend : 0;
      if (std::abs(base) < 0.001 && !shaped(sounding.from, dimension)) continue;
      double sent = -1000;
      for (Tick tick = sounding.start; tick < sounding.end; tick += expression_grid) {
        const double value = base + curve_at(sounding, dimension, tick);
        if (std::abs(value - sent) < smallest_moves[static_cast<std::size_t>(dimension)]) continue;
        add(tick,
            NoteExpression{key, dimension, static_cast<float>(std::clamp(value, -most_bend, most_bend))});
        sent = value;
        if (!shaped(sounding.from, dimension)) break;
      }
    }
  }

  static const Expression* curve_of(const Note& note, Dimension dimension) {
    const auto found = std::ranges::find(note.expression, dimension, &Expression::dimension);
    return found == note.expression.end() ? nullptr : &*found;
  }

  // Whether the note or one that it is tied to has a curve.
  bool shaped(std::size_t index, Dimension dimension) const {
    for (; index != none; index = straight_[index].next)
      if (curve_of(*straight_[index].note, dimension)) return true;
    return false;
  }

  // Along the whole note, with its ties; a part without a curve rests at 0, of timbre in the middle.
  double curve_at(const Sounding& sounding, Dimension dimension, Tick tick) const {
    std::size_t index = sounding.from;
    const Tick moved = sounding.start - straight_[index].start;  // exact where nothing was split
    const Tick at = straight_[sounding.from].note->ratchet > 1 ? tick : tick - moved;
    while (straight_[index].next != none && at >= straight_[index].end) index = straight_[index].next;
    const auto& part = straight_[index];
    const auto* curve = curve_of(*part.note, dimension);
    if (!curve) return dimension == Dimension::timbre ? 0.5 : 0;
    const double position =
        static_cast<double>(at - part.start) / static_cast<double>(std::max<Tick>(1, part.end - part.start));
    return expression_at(*curve, std::clamp(position, 0.0, 1.0));
  }

  void add(Tick tick, EventBody body) { events_.push_back({tick, index_, body}); }

  const Session& session_;
  const Track& track_;
  std::uint16_t index_;
  std::uint64_t seed_;
  Tick length_;
  std::vector<TimelineEvent>& events_;
  std::vector<Straight> straight_;
  std::vector<Sounding> sounding_;
};

// Where no note is struck repeatedly, tied or shaped. Memory that grows is written twice.
std::size_t usual_events(const Session& session) {
  std::size_t notes = 0;
  for (const auto& section : session.arrangement)
    for (const auto& part : section.parts) {
      const auto& patterns = std::ranges::find(session.tracks, part.track, &Track::id)->patterns;
      const auto& pattern = *std::ranges::find(patterns, part.pattern, &Pattern::id);
      const Tick length = section.bars * session.meter.bar();
      notes +=
          pattern.notes.size() * static_cast<std::size_t>((length + pattern.length - 1) / pattern.length);
    }
  return 2 * notes;
}

}  // namespace

void place_notes(const Session& session, int loop, Tick length, std::vector<TimelineEvent>& events) {
  events.reserve(events.size() + usual_events(session));
  for (std::size_t track = 0; track < session.tracks.size(); ++track)
    TrackPlacer(session, track, loop, length, events).run();
}

}  // namespace doodled
