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
    Track track{.channel = expressions_.mpe() && !drums ? 0 : wire_channel(from, profile_), .note = {}};
    for (int pitch = 0; pitch < 128; ++pitch)
      track.note[static_cast<std::size_t>(pitch)] = static_cast<std::uint8_t>(
          drums ? pad_note(pitch, from.pads, profile_)
                : note_in_range(pitch, profile_.lowest_note, profile_.highest_note));
    tracks_.push_back(track);
  }
  controllers_.forget();
  introduced_ = false;
}

void Encoder::introduce(Packets& packets) noexcept {
  introduced_ = true;
  if (expressions_.mpe())
    configure_zone(expressions_.members(), expressions_.bend_range(), profile_.bend_range,
                   [&](const Message& message) { packets.add(message); });
}

void Encoder::encode(const TimelineEvent& event, Packets& packets) noexcept {
  if (event.track >= tracks_.size()) return;
  if (!introduced_) introduce(packets);
  const Track& track = tracks_[event.track];
  const auto emit = [&](const auto& message) { packets.add(message); };
  if (const auto* on = std::get_if<NoteOn>(&event.body)) {
    note_on(event.track, *on, packets);
  } else if (const auto* off = std::get_if<NoteOff>(&event.body)) {
    note_off(event.track, off->pitch & 127, packets);
  } else if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
    const auto& route = profile_.controllers[static_cast<std::size_t>(change->parameter)];
    controllers_.set(route, track.channel, change->value, emit);
  } else if (const auto* control = std::get_if<ControllerChange>(&event.body)) {
    controllers_.set({.controller = control->controller}, track.channel, control->value, emit);
  } else if (const auto* expression = std::get_if<NoteExpression>(&event.body)) {
    expressions_.express(event.track, *expression, emit);
  }
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
