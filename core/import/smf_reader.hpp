// Standard MIDI Files as they are: chunks and events, formats 0, 1 and 2 (RP-001, MIDI 1.0 files). Pure; safe
// on any bytes.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

namespace doodled {

struct ChannelEvent {
  std::uint8_t status;  // 0x80..0xef: kind and channel
  std::uint8_t first = 0, second = 0;
};
struct MetaEvent {
  std::uint8_t type;
  std::string content;  // as it is in the file
};
struct SmfEvent {
  std::int64_t tick;  // of the file, from the start of the track
  std::variant<ChannelEvent, MetaEvent> body;
};

struct SmfTrack {
  std::vector<SmfEvent> events;  // ascending ticks; System Exclusive and unused meta events are left out
  std::int64_t length = 0;       // tick of the end of the track
};

struct SmfFile {
  int format = 1;             // 0, 1 or 2
  int ticks_per_quarter = 0;  // 0 where time is counted in seconds
  double ticks_per_second = 0;
  std::vector<SmfTrack> tracks;
};

struct SmfLimits {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t tracks = 1024, events = 1'000'000;
};

// By its first bytes; true for the newer kind as well, which read_smf() refuses by name.
bool looks_like_midi(Bytes bytes);

// Reads what careful readers read: running status, also across meta and System Exclusive events; chunks of
// other kinds and bytes after the last track are passed over; undefined system messages as well. Errors:
// 'not_a_midi_file', 'midi2_clip' (the newer kind of file), 'malformed_midi' with the byte ("byte 123") at
// fault, 'midi_too_large'.
Result<SmfFile> read_smf(Bytes bytes, const SmfLimits& limits = {});

}  // namespace doodled
