// What RtMidi's outputs and inputs have in common.
#pragma once
#include <string>
#include <vector>

#include <RtMidi.h>

#include "drivers/midi/midi_out.hpp"
#include "drivers/midi/port_place.hpp"

namespace doodled::midi {

inline RtMidi::Api rtmidi_api(Api api) { return api == Api::alsa ? RtMidi::LINUX_ALSA : RtMidi::UNIX_JACK; }

// With their places, where the system has them.
template <class Port>
std::vector<std::string> port_names(Port& port) {
  std::vector<std::string> names;
  const unsigned count = port.getPortCount();
  for (unsigned i = 0; i < count; ++i) names.push_back(port.getPortName(i));
  return placed_names(std::move(names));
}

// An error callback: RtMidi prints or throws what no callback takes.
inline void note_error(RtMidiError::Type type, const std::string& text, void* place) {
  if (type != RtMidiError::WARNING && type != RtMidiError::DEBUG_WARNING)
    *static_cast<std::string*>(place) = text;
}

}  // namespace doodled::midi
