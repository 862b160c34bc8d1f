// The reader of Standard MIDI Files on any bytes, and what becomes of them: a session that passes the gate,
// or an error that says why.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/import/import.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto accepted = doodled::accept_midi({data, size}, "Fuzz");
  if (accepted.has_error()) {
    if (accepted.error().code.empty() || accepted.error().problems.empty()) std::abort();
    return 0;
  }
  for (const auto& track : accepted->session.tracks)
    for (const auto& pattern : track.patterns)
      for (const auto& note : pattern.notes)
        if (note.duration < 1 || note.start < 0 || note.start + note.duration > pattern.length) std::abort();
  return 0;
}
