// The notes, controllers and facts of a Standard MIDI File on one line of 960 ticks a quarter note: half way
// from its events to a session.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/import/smf_reader.hpp"
#include "core/music/session.hpp"

namespace doodled {

// What one channel of one track of the file plays.
struct SmfPart {
  std::size_t file_track = 0;
  int channel = 1;   // 1..16
  int program = -1;  // the first program change, 0..127
  std::string name;  // of the file's track
  std::vector<Note> notes;
  std::map<Parameter, std::vector<AutomationPoint>> lanes;
};

struct SmfMarker {
  Tick tick;
  std::string name;
};

struct SmfSong {
  std::string title;
  double tempo_bpm = 120;
  Meter meter;
  std::optional<Key> key;
  Tick length = 0;
  std::vector<SmfMarker> markers;  // ascending
  std::vector<SmfPart> parts;      // by track of the file, then channel; none is empty
  std::size_t tempo_changes = 0, meter_changes = 0, other_controllers = 0;  // left out
};

SmfSong song_of(const SmfFile& file);

}  // namespace doodled
