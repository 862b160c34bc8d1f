// A MIDI output as the MIDI drivers see it; tests put their own in its place.
#pragma once
#include <memory>
#include <string>

#include "core/play/driver.hpp"

namespace doodled::midi {

enum class Api { automatic, alsa, jack };

struct PortWish {
  Api api = Api::automatic;
  std::string pattern;       // an existing port, see name_matches(); or
  std::string virtual_name;  // the name of a port of our own that others connect to
  std::string client_name = "doodled";
};

// The same contract as the functions of Driver.
class MidiOut {
 public:
  virtual ~MidiOut() = default;
  virtual void open() = 0;
  virtual void close() noexcept = 0;
  virtual bool alive() const noexcept = 0;
  virtual void send(Bytes message) = 0;
  virtual std::string describe() const = 0;
};

std::unique_ptr<MidiOut> make_rtmidi_out(PortWish wish);

}  // namespace doodled::midi
