#include "core/play/arrange.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

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

// Where an event belongs, and where it is, in one number: 28 bits of tick, 4 of kind, 32 of index. Tracks and
// pitches are in their order already, since notes and lanes are placed track by track.
std::uint64_t place_of(const TimelineEvent& event, std::size_t index) {
  return static_cast<std::uint64_t>(event.tick) << 36 | static_cast<std::uint64_t>(event.body.index()) << 32 |
         index;
}
std::size_t index_in(std::uint64_t place) { return place & 0xffffffff; }

constexpr int digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

// One pass of a radix sort; equals stay as they are.
void sort_by_digit(const std::vector<std::uint64_t>& from, std::vector<std::uint64_t>& to, int shift) {
  const auto digit = [&](std::uint64_t place) { return (place >> shift) & (digits - 1); };
  std::array<std::uint32_t, digits> starts{};
  for (const auto place : from) ++starts[digit(place)];
  std::uint32_t before = 0;
  for (auto& start : starts) before += std::exchange(start, before);
  for (const auto place : from) to[starts[digit(place)]++] = place;
}

// Moves each event to where the list says, along the circles that the moves make: no second list is needed.
void put_in_order(std::vector<TimelineEvent>& events, std::vector<std::uint64_t>& places) {
  for (std::size_t start = 0; start < events.size(); ++start) {
    const auto first = events[start];
    for (std::size_t at = start; index_in(places[at]) != at;) {
      const auto from = index_in(std::exchange(places[at], at));
      events[at] = from == start ? first : events[from];
      at = from;
    }
  }
}

// Hundreds of thousands of events are usual: comparing them takes longer than making them, and so does
// fetching memory for a second list.
void sort(std::vector<TimelineEvent>& events) {
  std::vector<std::uint64_t> places, other(events.size());
  places.reserve(events.size());
  std::uint64_t used = 0;
  for (const auto& event : events) {
    places.push_back(place_of(event, places.size()));
    used |= places.back();
  }
  for (int shift = 32; shift < 64 && used >> shift != 0; shift += digit_bits) {
    sort_by_digit(places, other, shift);
    places.swap(other);
  }
  put_in_order(events, places);
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
  auto moving = place_lanes(session, timeline.length, timeline.events);
  if (!moving.empty()) timeline.streams = std::make_shared<const std::vector<Lane>>(std::move(moving));
  sort(timeline.events);
  return timeline;
}

}  // namespace doodled
