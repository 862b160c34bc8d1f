// What a Standard MIDI File says of notes that bend and swell. Only core/files includes this.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/play/midi_bytes.hpp"

namespace doodled {

// Pressure is told of each key (polyphonic pressure). A channel has one bend, so the newest note of a track
// has it; the range is told at the start. Timbre is left out: its controller, 74, carries the cutoff.
class SmfExpression {
 public:
  explicit SmfExpression(const Timeline& timeline) : tracks_(timeline.tracks.size()) {
    for (const auto& event : timeline.events)
      if (const auto* change = std::get_if<NoteExpression>(&event.body);
          change && change->dimension == Dimension::bend && event.track < tracks_.size())
        tracks_[event.track].bends = true;
  }

  // Registered parameter 0, the bend's range in semitones; nothing for a track that does not bend.
  std::vector<midi::Message> range(std::size_t track, int channel) const {
    if (!tracks_[track].bends) return {};
    return {midi::message(0xb0, channel, 101, 0), midi::message(0xb0, channel, 100, 0),
            midi::message(0xb0, channel, 6, static_cast<int>(most_bend)),
            midi::message(0xb0, channel, 38, 0)};
  }

  // Before the note-on.
  template <class Emit>
  void start(std::size_t index, int channel, int pitch, Emit emit) {
    auto& track = tracks_[index];
    if (!track.bends) return;
    track.newest = pitch;
    tell(track, channel, track.coming[static_cast<std::size_t>(pitch)], emit);
    track.coming[static_cast<std::size_t>(pitch)] = 0;
  }
  void end(std::size_t index, int pitch) {
    if (tracks_[index].newest == pitch) tracks_[index].newest = -1;
  }

  template <class Emit>
  void change(std::size_t index, int channel, const NoteExpression& change, Emit emit) {
    auto& track = tracks_[index];
    if (change.dimension == Dimension::pressure)
      emit(midi::message(0xa0, channel, change.pitch, midi::to_7_bits(change.value)));
    if (change.dimension != Dimension::bend) return;
    if (track.newest == change.pitch)
      tell(track, channel, change.value, emit);
    else
      track.coming[change.pitch] = change.value;
  }

 private:
  struct Track {
    bool bends = false;
    int newest = -1;
    int told = 8192;
    std::array<float, 128> coming{};  // of notes that are about to start, in semitones
  };

  template <class Emit>
  static void tell(Track& track, int channel, double semitones, Emit emit) {
    const int bend = std::clamp(static_cast<int>(std::lround(8192 * (1 + semitones / most_bend))), 0, 16383);
    if (bend == track.told) return;
    track.told = bend;
    emit(midi::message(0xe0, channel, bend & 127, bend >> 7));
  }

  std::vector<Track> tracks_;
};

}  // namespace doodled
