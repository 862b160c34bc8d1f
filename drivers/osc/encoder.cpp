#include "drivers/osc/encoder.hpp"

#include <algorithm>
#include <cstdio>

#include <oscpack/osc/OscOutboundPacketStream.h>

namespace doodled::osc_out {
namespace {

// Adds one message; `fill` writes its arguments.
template <class Fill>
void add_message(Packets& packets, const char* address, Fill fill) noexcept {
  std::array<char, largest_datagram> buffer;
  try {
    osc::OutboundPacketStream stream(buffer.data(), buffer.size());
    stream << osc::BeginMessage(address);
    fill(stream);
    stream << osc::EndMessage;
    packets.add(as_bytes({stream.Data(), stream.Size()}));
  } catch (const osc::Exception&) {
    // Longer than a datagram may be: such a message is not sent.
  }
}

osc::int32 to_int32(Tick tick) {
  return static_cast<osc::int32>(std::clamp<Tick>(tick, INT32_MIN, INT32_MAX));
}

std::optional<std::uint16_t> first_melodic_track(const Timeline& timeline) {
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i)
    if (timeline.tracks[i].role != Role::drums) return static_cast<std::uint16_t>(i);
  return std::nullopt;
}

// The first track with events of the parameter, melodic ones before drums.
std::optional<std::uint16_t> track_of(const Timeline& timeline, Parameter parameter) {
  std::optional<std::uint16_t> found;
  const auto rank = [&](std::uint16_t track) {
    const bool drums = track < timeline.tracks.size() && timeline.tracks[track].role == Role::drums;
    return (drums ? 0x10000 : 0) + track;
  };
  for (const auto& event : timeline.events) {
    const auto* change = std::get_if<ParameterChange>(&event.body);
    if (change == nullptr || change->parameter != parameter) continue;
    if (!found || rank(event.track) < rank(*found)) found = event.track;
  }
  return found;
}

}  // namespace

std::string step_matrix(const Timeline& timeline) {
  const auto track = first_melodic_track(timeline);
  std::array<const NoteOn*, 16> steps{};
  for (const auto& event : timeline.events) {
    if (event.tick >= 16 * ticks_per_step) break;
    const auto* note = std::get_if<NoteOn>(&event.body);
    auto& step = steps[static_cast<std::size_t>(event.tick / ticks_per_step)];
    if (note != nullptr && track == event.track && step == nullptr) step = note;
  }
  std::string json = R"({"midi_sequence":[)";
  for (std::size_t i = 0; i < steps.size(); ++i) {
    std::array<char, 80> line{};
    std::snprintf(line.data(), line.size(), R"(%s{"step":%zu,"note":%d,"velocity":%d,"active":%s})",
                  i == 0 ? "" : ",", i, steps[i] ? steps[i]->pitch : 0, steps[i] ? steps[i]->velocity : 0,
                  steps[i] ? "true" : "false");
    json += line.data();
  }
  return json + "]}";
}

void Encoder::prepare(const Timeline& timeline) {
  ends_.resize(timeline.tracks.size());
  for (auto& track : ends_) track.fill(-1);
  if (!compat_) return;
  matrix_ = step_matrix(timeline);
  cutoff_track_ = track_of(timeline, Parameter::cutoff);
  resonance_track_ = track_of(timeline, Parameter::resonance);
}

void Encoder::encode(const TimelineEvent& event, Packets& packets) noexcept {
  if (const auto* start = std::get_if<SessionStart>(&event.body)) {
    encode_start(*start, packets);
  } else if (const auto* transport = std::get_if<TransportChange>(&event.body)) {
    add_message(packets, "/doodled/transport", [&](auto& out) {
      out << osc::int32{transport->playing} << to_int32(event.tick) << transport->tempo_bpm;
    });
  } else if (const auto* on = std::get_if<NoteOn>(&event.body)) {
    encode_note(event, *on, packets);
  } else if (const auto* off = std::get_if<NoteOff>(&event.body)) {
    encode_cut(event, *off, packets);
  } else if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
    encode_parameter(event, *change, packets);
  } else if (const auto* expression = std::get_if<NoteExpression>(&event.body)) {
    encode_expression(event, *expression, packets);
  }
}

void Encoder::encode_start(const SessionStart& start, Packets& packets) noexcept {
  add_message(packets, "/doodled/session", [&](auto& out) { out << osc::int32{start.number}; });
  if (compat_) add_message(packets, "/live/seq/matrix", [&](auto& out) { out << matrix_.c_str(); });
}

void Encoder::encode_note(const TimelineEvent& event, const NoteOn& note, Packets& packets) noexcept {
  if (event.track < ends_.size()) ends_[event.track][note.pitch & 127] = event.tick + note.duration;
  add_message(packets, "/doodled/note", [&](auto& out) {
    out << to_int32(event.tick) << osc::int32{event.track} << osc::int32{note.pitch}
        << osc::int32{note.velocity} << to_int32(note.duration);
  });
}

// A note ends by its own duration; only one that is cut short needs a message, with velocity and duration 0.
// One that went on into another timeline ends by that one's clock, so it is always told.
void Encoder::encode_cut(const TimelineEvent& event, const NoteOff& note, Packets& packets) noexcept {
  if (event.track >= ends_.size()) return;
  const Tick end = std::exchange(ends_[event.track][note.pitch & 127], -1);
  if (end >= 0 && event.tick >= end) return;
  add_message(packets, "/doodled/note", [&](auto& out) {
    out << to_int32(event.tick) << osc::int32{event.track} << osc::int32{note.pitch} << osc::int32{0}
        << osc::int32{0};
  });
}

void Encoder::encode_expression(const TimelineEvent& event, const NoteExpression& change,
                                Packets& packets) noexcept {
  constexpr std::array<const char*, dimension_count> addresses{"/doodled/bend", "/doodled/pressure",
                                                               "/doodled/timbre"};
  add_message(packets, addresses[static_cast<std::size_t>(change.dimension)], [&](auto& out) {
    out << to_int32(event.tick) << osc::int32{event.track} << osc::int32{change.pitch} << change.value;
  });
}

void Encoder::encode_parameter(const TimelineEvent& event, const ParameterChange& change,
                               Packets& packets) noexcept {
  const auto& route = profile_.controllers[static_cast<std::size_t>(change.parameter)];
  if (route.carrier == Carrier::osc)
    return add_message(packets, route.osc.c_str(), [&](auto& out) { out << osc_value(route, change.value); });
  const auto name = info(change.parameter).name;
  std::array<char, 64> address{};
  std::snprintf(address.data(), address.size(), "/doodled/param/%.*s", static_cast<int>(name.size()),
                name.data());
  add_message(packets, address.data(),
              [&](auto& out) { out << to_int32(event.tick) << osc::int32{event.track} << change.value; });
  if (!compat_) return;
  const auto alone = [&](auto& out) { out << change.value; };
  if (change.parameter == Parameter::cutoff && event.track == cutoff_track_)
    add_message(packets, "/live/synth/cutoff", alone);
  if (change.parameter == Parameter::resonance && event.track == resonance_track_)
    add_message(packets, "/live/synth/resonance", alone);
}

}  // namespace doodled::osc_out
