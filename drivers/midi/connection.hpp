// A port's way from a wish to a name that is still there. RtMidi's ports of both directions share it.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "drivers/midi/midi_out.hpp"
#include "drivers/midi/port_watch.hpp"

namespace doodled::midi {

class Connection {
 public:
  explicit Connection(PortWish wish) : wish_(std::move(wish)) {}

  const PortWish& wish() const noexcept { return wish_; }
  // As MidiOut::on_change().
  void on_change(std::function<void()> changed) { changed_ = std::move(changed); }
  // Chooses the sound system. Throws DeviceMissing when there is none, or by the last look no port that fits,
  // which is cheaper than asking the system as one of its clients.
  Api begin();
  // The index of the port to open; remembers its name. Throws DeviceMissing when none fits.
  unsigned choose(std::span<const std::string> names);
  void end() noexcept { port_.clear(); }
  // The sound system is another one than at begin(), or none.
  bool system_gone() const noexcept { return !watch_ || watch_->epoch() != epoch_; }
  bool alive() const noexcept { return !system_gone() && (port_.empty() || watch_->has(port_, generation_)); }
  Api api() const noexcept { return api_; }
  // 'JACK port MPC MIDI 1'
  std::string describe() const;

 private:
  [[noreturn]] void miss(std::span<const std::string> names) const;

  const PortWish wish_;
  Api api_ = Api::alsa, watched_ = Api::automatic;
  std::function<void()> changed_;
  std::shared_ptr<PortWatch> watch_;
  PortWatch::Listening listening_;  // goes before what it calls
  std::uint32_t epoch_ = 0;
  std::string port_, before_;
  std::uint64_t generation_ = 0;
  std::size_t alike_ = 1;  // ports that are called like the one that was open last
};

}  // namespace doodled::midi
