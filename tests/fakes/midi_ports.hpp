// A MIDI output that takes everything, for tests of what a driver encodes.
#pragma once
#include "drivers/midi/midi_out.hpp"

namespace doodled::fakes {

struct SilentOut final : midi::MidiOut {
  void open() override {}
  void close() noexcept override {}
  bool alive() const noexcept override { return true; }
  void send(Bytes) override {}
  std::string describe() const override { return "fake"; }
};

}  // namespace doodled::fakes
