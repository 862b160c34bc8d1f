#include "drivers/midi/encoder.hpp"

#include <algorithm>

#include "core/play/pad_note.hpp"

namespace doodled::midi {

int note_in_range(int pitch, int lowest, int highest) {
  int moved = pitch;
  while (moved < lowest) moved += 12;
  while (moved > highest) moved -= 12;
  return std::clamp(moved, lowest, highest);
}

void Encoder::prepare(const Timeline& timeline) {
  expressions_.prepare(timeline, profile_);
  tracks_.clear();
  for (const auto& from : timeline.tracks) {
    const bool drums = from.role == Role::drums;
    Track track{
        .channel = expressions_.mpe() && !drums ? expressions_.manager() : wire_channel(from, profile_),
        .note = {}};
    if (const auto chosen = profile_.programs.find(from.role); chosen != profile_.programs.end()) {
      track.program = chosen->second.program - 1;
      track.bank = chosen->second.bank;
    }
    for (int pitch = 0; pitch < 128; ++pitch)
      track.note[static_cast<std::size_t>(pitch)] = static_cast<std::uint8_t>(
          drums ? pad_note(pitch, from.pads, profile_)
                : note_in_range(pitch, profile_.lowest_note, profile_.highest_note));
    tracks_.push_back(track);
  }
  controllers_.forget();
  sysex_.clear();
  thinning_.prepare(timeline, profile_.changes_per_second);
  introduced_ = false;
}

void Encoder::introduce(Packets& packets) noexcept {
  introduced_ = true;
  if (expressions_.mpe())
    configure_zone(expressions_.zone(), expressions_.members(), expressions_.bend_range(),
                   profile_.bend_range, [&](const Message& message) { packets.add(message); });
}

void Encoder::encode(const TimelineEvent& event, Packets& packets) noexcept {
  if (event.track >= tracks_.size()) return;
  if (!introduced_) introduce(packets);
  if (std::holds_alternative<SessionStart>(event.body)) programs_told_ = false;
  if (!programs_told_) choose_programs(packets);
  const Track& track = tracks_[event.track];
  const auto emit = [&](const auto& message) { packets.add(message); };
  if (const auto* on = std::get_if<NoteOn>(&event.body)) {
    note_on(event.track, *on, packets);
  } else if (const auto* off = std::get_if<NoteOff>(&event.body)) {
    note_off(event.track, off->pitch & 127, packets);
  } else if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
    change_parameter(event, *change, packets);
  } else if (const auto* control = std::get_if<ControllerChange>(&event.body)) {
    controllers_.set_controller(control->controller & 127, track.channel, control->value, emit);
  } else if (const auto* expression = std::get_if<NoteExpression>(&event.body)) {
    expressions_.express(event.track, *expression, emit);
  }
}

// Bank before program, as MIDI 1.0 wants it; a device without banks passes over them.
void Encoder::choose_programs(Packets& packets) noexcept {
  programs_told_ = true;
  for (const auto& track : tracks_) {
    if (track.bank >= 0) {
      packets.add(message(0xb0, track.channel, 0, track.bank >> 7));
      packets.add(message(0xb0, track.channel, 32, track.bank & 127));
    }
    const std::array<std::uint8_t, 2> program{static_cast<std::uint8_t>(0xc0 | track.channel),
                                              static_cast<std::uint8_t>(track.program)};
    if (track.program >= 0) packets.add(program);
  }
}

void Encoder::change_parameter(const TimelineEvent& event, const ParameterChange& change,
                               Packets& packets) noexcept {
  if (thinning_.leaves_out(event.tick, event.track, change.parameter)) return;
  const auto& route = profile_.controllers[static_cast<std::size_t>(change.parameter)];
  const int channel = tracks_[event.track].channel;
  const bool waits = route.carrier == Carrier::sysex && sysex_.waits();
  controllers_.set(route, change.parameter, channel, change.value, [&](Bytes message) {
    if (waits)
      sysex_.put(channel, change.parameter, message);
    else
      packets.add(message);
  });
}

void Encoder::note_on(std::uint16_t track, const NoteOn& note, Packets& packets) noexcept {
  const auto most = static_cast<std::size_t>(std::clamp(profile_.polyphony, 1, 128));
  while (sounding_count_ >= most) note_off(sounding_[0].track, sounding_[0].pitch, packets);
  const std::uint8_t pitch = note.pitch & 127;
  const int channel = expressions_.start(track, tracks_[track].channel, pitch,
                                         [&](const auto& message) { packets.add(message); });
  const auto wire_note = tracks_[track].note[pitch];
  packets.add(message(0x90, channel, wire_note, note.velocity));
  sounding_[sounding_count_++] = {track, pitch, static_cast<std::uint8_t>(channel), wire_note};
}

void Encoder::note_off(std::uint16_t track, int pitch, Packets& packets) noexcept {
  const int channel = expressions_.end(track, tracks_[track].channel, pitch);
  const auto note = tracks_[track].note[static_cast<std::size_t>(pitch)];
  packets.add(message(0x80, channel, note, 64));
  for (std::size_t i = 0; i < sounding_count_; ++i)
    if (sounding_[i].channel == channel && sounding_[i].note == note) return forget(i);
}

void Encoder::forget(std::size_t index) noexcept {
  std::copy(sounding_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
            sounding_.begin() + static_cast<std::ptrdiff_t>(sounding_count_),
            sounding_.begin() + static_cast<std::ptrdiff_t>(index));
  --sounding_count_;
}

// Sustain off, all notes off, all sound off, controllers reset, bend in the middle, no pressure.
void Encoder::encode_panic(Packets& packets) const noexcept {
  for (int channel = 0; channel < 16; ++channel) {
    packets.add(message(0xb0, channel, 64, 0));
    packets.add(message(0xb0, channel, 123, 0));
    packets.add(message(0xb0, channel, 120, 0));
    packets.add(message(0xb0, channel, 121, 0));
    packets.add(message(0xe0, channel, 0, 64));
    const std::array<std::uint8_t, 2> pressure{static_cast<std::uint8_t>(0xd0 | channel), 0};
    packets.add(pressure);
  }
}

}  // namespace doodled::midi
