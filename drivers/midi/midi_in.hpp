// A MIDI input as drivers see it; tests put their own in its place.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/play/driver.hpp"
#include "drivers/midi/port_choice.hpp"

namespace doodled::midi {

// Called on the sound system's thread with each whole message, SysEx, clock and all (active sensing is left
// out). Must be quick and not throw. Never called after close() has returned.
using Receive = std::function<void(Bytes message)>;

// open(), close(), alive() and describe() as those of Driver; one thread calls them.
class MidiIn {
 public:
  virtual ~MidiIn() = default;
  virtual void open() = 0;
  virtual void close() noexcept = 0;
  virtual bool alive() const noexcept = 0;
  // Before the first open(): called, on any thread, when alive() or what open() finds may be another.
  virtual void on_change(std::function<void()>) {}
  virtual std::string describe() const = 0;
};

std::unique_ptr<MidiIn> make_rtmidi_in(PortWish wish, Receive receive);

}  // namespace doodled::midi
