// An Ableton Link session: tempo, beats and their phase, shared with whoever is on the network. Built where
// Ableton's library is (CMake's DOODLED_LINK); the one file that includes it is link_session.cpp.
#pragma once
#include <memory>

#include "core/play/tempo_line.hpp"

namespace doodled {

class LinkSession {
 public:
  virtual ~LinkSession() = default;

  struct Moment {
    double beat = 0;  // quarter notes; those that are whole multiples of the quantum are everybody's ones
    double tempo_bpm = 120;
    bool playing = false;  // as the peers that share start and stop have it
    int peers = 0;
  };
  // Of now. Any thread, not a real-time one.
  virtual Moment now() const = 0;
  virtual void set_tempo(double tempo_bpm) = 0;
  virtual void set_playing(bool playing) = 0;
};

// Joins, or opens a session with this tempo. `quantum` is the length of a bar in quarter notes. Null where
// the program was built without Link.
std::unique_ptr<LinkSession> join_link(double tempo_bpm, double quantum);
bool link_available();

}  // namespace doodled
