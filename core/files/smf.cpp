#include "core/files/smf.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string_view>

#include "core/files/key_signature.hpp"
#include "core/files/smf_expression.hpp"
#include "core/play/midi_bytes.hpp"

namespace doodled {
namespace {

using Data = std::vector<std::uint8_t>;

struct Placed {
  Tick tick;
  Data bytes;
};

void append(Data& out, std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}

// Seven bits a byte, highest first, bit 7 set on all but the last.
void append_length(Data& out, std::uint32_t value) {
  for (int shift = 21; shift > 0; shift -= 7)
    if (value >> shift) out.push_back(static_cast<std::uint8_t>(0x80 | (value >> shift & 0x7f)));
  out.push_back(static_cast<std::uint8_t>(value & 0x7f));
}

Data meta(std::uint8_t type, std::string_view content) {
  Data out{0xff, type};
  append_length(out, static_cast<std::uint32_t>(content.size()));
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

Data tempo(double bpm) {
  Data out{0xff, 0x51, 3};
  append(out, static_cast<std::uint32_t>(std::lround(60e6 / bpm)), 3);
  return out;
}

// Denominator as a power of two, 24 clocks a click, eight 32nds a quarter.
Data time_signature(const Meter& meter) {
  const auto power = std::countr_zero(static_cast<unsigned>(meter.denominator));
  return {0xff, 0x58, 4, static_cast<std::uint8_t>(meter.numerator), static_cast<std::uint8_t>(power), 24, 8};
}

// The signature, and in words where that does not say all: 'key: D dorian'.
void append_key(const Key& key, std::vector<Placed>& out) {
  const auto signature = key_signature(key);
  if (key.scale != "chromatic")
    out.push_back({0,
                   {0xff, 0x59, 2, static_cast<std::uint8_t>(signature.fifths),
                    static_cast<std::uint8_t>(signature.minor)}});
  if (!signature.exact) out.push_back({0, meta(0x01, "key: " + key_name(key))});
}

std::vector<Placed> conductor(const Timeline& timeline) {
  std::vector<Placed> out;
  if (!timeline.title.empty()) out.push_back({0, meta(0x03, timeline.title)});
  out.push_back({0, tempo(timeline.tempo_bpm)});
  out.push_back({0, time_signature(timeline.meter)});
  append_key(timeline.key, out);
  for (const auto& marker : timeline.markers) out.push_back({marker.tick, meta(0x06, marker.name)});
  return out;
}

// Turns the events of all tracks into messages, in their order.
class Lowering {
 public:
  Lowering(const Timeline& timeline, const DeviceProfile& profile)
      : timeline_(timeline), profile_(profile), expression_(timeline) {}

  // What a track begins with.
  void start(std::size_t track, std::vector<Placed>& out) {
    const int channel = midi::wire_channel(timeline_.tracks[track], profile_);
    for (const auto& message : expression_.range(track, channel))
      out.push_back({0, Data(message.begin(), message.end())});
  }

  void operator()(const TimelineEvent& event, std::vector<Placed>& out) {
    if (event.track >= timeline_.tracks.size()) return;
    const int channel = midi::wire_channel(timeline_.tracks[event.track], profile_);
    const auto emit = [&](const midi::Message& message) {
      out.push_back({event.tick, Data(message.begin(), message.end())});
    };
    if (const auto* on = std::get_if<NoteOn>(&event.body)) {
      expression_.start(event.track, channel, on->pitch, emit);
      emit(midi::message(0x90, channel, on->pitch, on->velocity));
    } else if (const auto* off = std::get_if<NoteOff>(&event.body)) {
      emit(midi::message(0x80, channel, off->pitch, 64));
      expression_.end(event.track, off->pitch);
    } else if (const auto* expression = std::get_if<NoteExpression>(&event.body)) {
      expression_.change(event.track, channel, *expression, emit);
    } else if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
      const auto& route = profile_.controllers[static_cast<std::size_t>(change->parameter)];
      controllers_.set(route, change->parameter, channel, change->value, emit);
    } else if (const auto* control = std::get_if<ControllerChange>(&event.body)) {
      controllers_.set_controller(control->controller & 127, channel, control->value, emit);
    }
  }

 private:
  const Timeline& timeline_;
  const DeviceProfile& profile_;
  midi::Controllers controllers_;
  SmfExpression expression_;
};

void append_track(Data& out, const std::vector<Placed>& events, Tick length, int division) {
  const auto scaled = [&](Tick tick) {
    return (tick * division + ticks_per_quarter / 2) / ticks_per_quarter;
  };
  Data body;
  Tick before = 0;
  for (const auto& event : events) {
    append_length(body, static_cast<std::uint32_t>(scaled(event.tick) - before));
    before = scaled(event.tick);
    body.insert(body.end(), event.bytes.begin(), event.bytes.end());
  }
  append_length(body, static_cast<std::uint32_t>(scaled(length) - before));
  body.insert(body.end(), {0xff, 0x2f, 0x00});
  out.insert(out.end(), {'M', 'T', 'r', 'k'});
  append(out, static_cast<std::uint32_t>(body.size()), 4);
  out.insert(out.end(), body.begin(), body.end());
}

Data header(int format, std::size_t tracks, int division) {
  Data out{'M', 'T', 'h', 'd', 0, 0, 0, 6};
  append(out, static_cast<std::uint32_t>(format), 2);
  append(out, static_cast<std::uint32_t>(tracks), 2);
  append(out, static_cast<std::uint32_t>(division), 2);
  return out;
}

// Instruments of General MIDI, counted from 0.
std::uint8_t program_of(Role role) {
  switch (role) {
    case Role::lead:
      return 81;  // saw lead
    case Role::bass:
      return 38;  // synth bass
    case Role::pad:
      return 89;  // warm pad
    case Role::chords:
      return 4;  // electric piano
    case Role::drums:
      return 0;  // standard kit
    case Role::texture:
      return 99;  // atmosphere
    case Role::arpeggio:
      return 46;  // harp
  }
  return 0;
}

template <class Emit>
void append_programs(const Timeline& timeline, const SmfOptions& options, Emit emit) {
  if (!options.programs) return;
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i) {
    const int channel = midi::wire_channel(timeline.tracks[i], options.profile);
    emit(i, Data{static_cast<std::uint8_t>(0xc0 | channel), program_of(timeline.tracks[i].role)});
  }
}

// The timeline with one of its tracks.
Timeline only(const Timeline& timeline, std::size_t index) {
  Timeline one{timeline.title,  timeline.tempo_bpm,       timeline.meter,   timeline.key,
               timeline.length, {timeline.tracks[index]}, timeline.markers, {}};
  for (const auto& event : timeline.events)
    if (event.track == index) one.events.push_back({event.tick, 0, event.body});
  return one;
}

Data in_one_track(const Timeline& timeline, const SmfOptions& options) {
  auto events = conductor(timeline);
  append_programs(timeline, options, [&](std::size_t, Data message) {
    events.push_back({0, std::move(message)});
  });
  Lowering lower(timeline, options.profile);
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i) lower.start(i, events);
  for (const auto& event : timeline.events) lower(event, events);
  std::stable_sort(events.begin(), events.end(),
                   [](const Placed& a, const Placed& b) { return a.tick < b.tick; });
  Data out = header(0, 1, options.division);
  append_track(out, events, timeline.length, options.division);
  return out;
}

Data in_many_tracks(const Timeline& timeline, const SmfOptions& options) {
  std::vector<std::vector<Placed>> tracks(timeline.tracks.size());
  for (std::size_t i = 0; i < tracks.size(); ++i)
    tracks[i].push_back({0, meta(0x03, timeline.tracks[i].name)});
  append_programs(timeline, options, [&](std::size_t track, Data message) {
    tracks[track].push_back({0, std::move(message)});
  });
  Lowering lower(timeline, options.profile);
  for (std::size_t i = 0; i < tracks.size(); ++i) lower.start(i, tracks[i]);
  for (const auto& event : timeline.events)
    if (event.track < tracks.size()) lower(event, tracks[event.track]);
  Data out = header(1, tracks.size() + 1, options.division);
  append_track(out, conductor(timeline), timeline.length, options.division);
  for (const auto& track : tracks) append_track(out, track, timeline.length, options.division);
  return out;
}

}  // namespace

std::vector<std::uint8_t> to_smf(const Timeline& timeline, const SmfOptions& options) {
  return options.format == 0 ? in_one_track(timeline, options) : in_many_tracks(timeline, options);
}

std::vector<std::vector<std::uint8_t>> to_smf_a_track(const Timeline& timeline, const SmfOptions& options) {
  std::vector<std::vector<std::uint8_t>> files;
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i)
    files.push_back(to_smf(only(timeline, i), options));
  return files;
}

}  // namespace doodled
