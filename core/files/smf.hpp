// Timeline to Standard MIDI File (RP-001). Pure: same timeline and options, same bytes.
#pragma once
#include <cstdint>
#include <vector>

#include "core/play/device_profile.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

struct SmfOptions {
  int format = 1;                             // 0: everything in one track
  int division = 960;                         // ticks a quarter note, 24..960; 480 for old machines
  bool programs = false;                      // choose General MIDI instruments by the tracks' roles
  DeviceProfile profile = generic_profile();  // where parameters go
};

// Format 1: track 0 is the conductor (name, tempo, meter, key, markers), then one track for each of the
// timeline's, also empty ones. Drum notes keep their General MIDI pitch. No running status; all tracks end
// with the last bar.
std::vector<std::uint8_t> to_smf(const Timeline& timeline, const SmfOptions& options = {});

// A file for each track by itself, with the conductor's events in each.
std::vector<std::vector<std::uint8_t>> to_smf_a_track(const Timeline& timeline,
                                                      const SmfOptions& options = {});

}  // namespace doodled
