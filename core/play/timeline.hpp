// A session compiled for playing: device-neutral events on integer ticks, sorted.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/base/json.hpp"
#include "core/music/parameters.hpp"
#include "core/music/session.hpp"

namespace doodled {

struct NoteOn {
  std::uint8_t pitch, velocity;
  std::int32_t duration;  // ticks; small, since an event is as large as its largest body
};
inline NoteOn note_on(std::uint8_t pitch, std::uint8_t velocity, Tick duration) {
  return {pitch, velocity, static_cast<std::int32_t>(duration)};
}
struct NoteOff {
  std::uint8_t pitch;
};
struct ParameterChange {
  Parameter parameter;
  float value;  // 0..1
};
// A controller that a macro asked for by number.
struct ControllerChange {
  std::uint8_t controller;
  float value;  // 0..1
};
// What happens to one note while it sounds; at the tick of its note-on it comes before it. The note is the
// one of its track that plays `pitch`.
struct NoteExpression {
  std::uint8_t pitch;
  Dimension dimension;
  float value;  // bend: semitones, -48..48; pressure and timbre: 0..1
};
// The transport started, stopped or changed its tempo; `track` is 0. Made by the player, never part of a
// Timeline's events.
struct TransportChange {
  bool playing;
  float tempo_bpm;
};
// The first event of a play, made by the player.
struct SessionStart {
  std::int32_t number;  // PlayRequest::session_number
};

using EventBody = std::variant<NoteOff, SessionStart, TransportChange, ParameterChange, ControllerChange,
                               NoteExpression, NoteOn>;

// Order at one tick: note-offs, transport, parameters, expression, note-ons (the variant's index), then
// track, then pitch.
struct TimelineEvent {
  Tick tick = 0;
  std::uint16_t track = 0;  // index into Timeline::tracks
  EventBody body;
};
static_assert(std::is_trivially_copyable_v<TimelineEvent>, "events travel through lock-free rings");

struct TimelineTrack {
  std::string id, name;
  Role role = Role::lead;
  int channel = 1;
  std::vector<Pad> pads;
};

struct TimelineMarker {
  Tick tick;
  std::string name;
};

struct Lane;  // core/play/lane.hpp

struct Timeline {
  std::string title;
  double tempo_bpm = 120;
  Meter meter;
  Key key;
  Tick length = 0;  // whole bars; a loop starts again here
  std::vector<TimelineTrack> tracks;
  std::vector<TimelineMarker> markers;  // one a section
  std::vector<TimelineEvent> events;    // every NoteOn has its NoteOff at or before `length`
  // What moves the parameters between their events, for devices that take it finer; null: nothing does.
  std::shared_ptr<const std::vector<Lane>> streams = {};
};

// One event a line, 'bar.step.tick  track  event', for golden files and people. Notes are named as a device
// names them.
std::string to_text(const Timeline& timeline, MiddleC middle_c = MiddleC::c4);

}  // namespace doodled
