#include "core/play/arrange.hpp"

#include <algorithm>
#include <cmath>

#include "core/play/arrange_lanes.hpp"
#include "core/play/arrange_notes.hpp"

namespace doodled {
namespace {

Timeline described(const Session& session) {
  Timeline timeline;
  timeline.title = session.title;
  timeline.tempo_bpm = session.tempo_bpm;
  timeline.meter = session.meter;
  timeline.key = session.key;
  for (const auto& track : session.tracks)
    timeline.tracks.push_back({track.id, track.name, track.role, track.channel, track.pads});
  for (const auto& section : session.arrangement) {
    timeline.markers.push_back({timeline.length, section.name});
    timeline.length += section.bars * session.meter.bar();
  }
  return timeline;
}

std::uint64_t pitch_of(const EventBody& body) {
  if (const auto* on = std::get_if<NoteOn>(&body)) return on->pitch;
  if (const auto* off = std::get_if<NoteOff>(&body)) return off->pitch;
  if (const auto* expression = std::get_if<NoteExpression>(&body)) return expression->pitch;
  return 0;
}

// The order at one tick in one number, so that sorting compares once: 35 bits of tick, 4 of kind, 16 of
// track, 7 of pitch.
std::uint64_t order_of(const TimelineEvent& event) {
  return static_cast<std::uint64_t>(event.tick) << 27 | static_cast<std::uint64_t>(event.body.index()) << 23 |
         static_cast<std::uint64_t>(event.track) << 7 | pitch_of(event.body);
}

void sort(std::vector<TimelineEvent>& events) {
  struct Place {
    std::uint64_t order;
    std::uint32_t index;
  };
  std::vector<Place> places;
  places.reserve(events.size());
  for (const auto& event : events)
    places.push_back({order_of(event), static_cast<std::uint32_t>(places.size())});
  std::ranges::sort(places, [](const Place& a, const Place& b) {
    return a.order != b.order ? a.order < b.order : a.index < b.index;
  });
  std::vector<TimelineEvent> sorted;
  sorted.reserve(events.size());
  for (const auto& place : places) sorted.push_back(events[place.index]);
  events = std::move(sorted);
}

}  // namespace

Tick swung(Tick tick, double swing, Tick bar) {
  constexpr Tick pair = 2 * ticks_per_step;
  const Tick bar_start = bar > 0 ? tick / bar * bar : 0;
  const Tick start = bar_start + (tick - bar_start) / pair * pair, inside = tick - start;
  if (bar > 0 && start + pair > bar_start + bar) return tick;
  const double middle = static_cast<double>(pair) * swing / 100, half = ticks_per_step;
  const double moved = inside <= ticks_per_step ? static_cast<double>(inside) * middle / half
                                                : middle + (static_cast<double>(inside) - half) *
                                                               (static_cast<double>(pair) - middle) / half;
  return start + static_cast<Tick>(std::llround(moved));
}

bool varies_by_loop(const Session& session) {
  return std::ranges::any_of(session.tracks, [](const Track& track) {
    return std::ranges::any_of(track.patterns, [](const Pattern& pattern) {
      return std::ranges::any_of(pattern.notes, [](const Note& note) { return note.probability < 1; });
    });
  });
}

Timeline arrange(const Session& session, int loop) {
  Timeline timeline = described(session);
  place_notes(session, loop, timeline.length, timeline.events);
  place_lanes(session, timeline.length, timeline.events);
  sort(timeline.events);
  return timeline;
}

}  // namespace doodled
