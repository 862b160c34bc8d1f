// MIDI ports as drivers see them; tests put their own in their place.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.hpp"
#include "core/play/driver.hpp"
#include "drivers/midi/port_choice.hpp"

namespace doodled::midi {

// The same contract as the functions of Driver.
class MidiOut {
 public:
  virtual ~MidiOut() = default;
  virtual void open() = 0;
  virtual void close() noexcept = 0;
  virtual bool alive() const noexcept = 0;
  // Before the first open(): called, on any thread, when alive() or what open() finds may be another.
  virtual void on_change(std::function<void()>) {}
  virtual void send(Bytes message) = 0;
  virtual std::string describe() const = 0;
};

std::unique_ptr<MidiOut> make_rtmidi_out(PortWish wish);

}  // namespace doodled::midi
