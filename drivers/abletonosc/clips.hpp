// A timeline as clips in Live: one a track, in one row of slots, which Live plays on its own clock. Pure.
#pragma once
#include <string>
#include <vector>

#include "core/play/timeline.hpp"
#include "drivers/osc/message.hpp"

namespace doodled::ableton_osc {

using osc_wire::Argument;
using osc_wire::Message;

struct ClipNote {
  int pitch = 60, velocity = 100;
  double start = 0, duration = 1;  // quarter notes
};

struct Clip {
  std::string name;
  double length = 4;  // quarter notes
  std::vector<ClipNote> notes;
};

struct ClipSet {
  double tempo_bpm = 120;
  int numerator = 4, denominator = 4;
  int root = 0;       // of the key, 0..11
  std::string scale;  // as Live calls it, or empty where it has none of that kind
  std::vector<Clip> clips;
};

ClipSet clips_of(const Timeline& timeline);
// 'minor' -> 'Minor', 'minor_pentatonic' -> 'Minor Pentatonic'; empty for a scale that Live's chooser lacks.
std::string live_scale(std::string_view scale);

// What writes the clip into the slot of that track (both from 0), in place of what is there. Notes are added
// in datagrams of at most largest_datagram bytes.
std::vector<Message> write_clip(const Clip& clip, int track, int slot);
// Tempo, meter and key of the set.
std::vector<Message> write_song(const ClipSet& set);

}  // namespace doodled::ableton_osc
