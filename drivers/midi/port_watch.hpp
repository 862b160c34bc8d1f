// Which MIDI ports the system has, because neither ALSA nor JACK tells a sender that its receiver has gone. A
// JACK server says when ports come and go, and is looked for twice a second while there is none; at ALSA's
// ports a thread looks twice a second. A port that goes and comes back between two looks has been there
// twice: JACK says so, and of ALSA's hardware ports the card is another entry of sysfs.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/bell.hpp"
#include "drivers/midi/midi_out.hpp"

namespace doodled::midi {

class PortWatch {
 public:
  // The one watch of an API (alsa or jack), started by the first user and ended after the last. The ports are
  // known when it returns.
  static std::shared_ptr<PortWatch> of(Api api);
  ~PortWatch();

  // Ends at its own end; afterwards the listener is not running and never runs again.
  using Listening = std::shared_ptr<const void>;
  // `changed` is called on the watch's thread after ports or the sound system have come or gone. Must be
  // quick and not call the watch. The watch outlives what it returns.
  [[nodiscard]] Listening listen(std::function<void()> changed);

  // Changes whenever the sound system comes or goes; 0 while there is none. Lock-free.
  std::uint32_t epoch() const noexcept { return epoch_.load(std::memory_order_relaxed); }
  // All MIDI ports, as they were at the last look.
  std::vector<std::string> ports() const;
  // How often the port has come, or which of its cards it is; compared with, not counted on.
  std::uint64_t generation(const std::string& port) const;
  // False when the port is known to be gone, or to be another one of that name. Never blocks.
  bool has(const std::string& port, std::uint64_t generation) const noexcept;

 private:
  explicit PortWatch(Api api);
  void look();
  void look_at_jack();
  void look_at_alsa();
  void publish(std::vector<std::string> ports, std::map<std::string, std::uint64_t> cards = {});
  // Whether that is news.
  bool take(std::vector<std::string> ports, std::map<std::string, std::uint64_t> cards);
  void tell();
  void forget(std::uint64_t listener);
  void registered(const char* port);
  void close_jack();
  std::uint64_t generation_locked(const std::string& port) const;

  struct Jack;
  const Api api_;
  std::unique_ptr<Jack> jack_;
  std::uint32_t epochs_ = 0;
  std::atomic<std::uint32_t> epoch_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> ports_;
  std::map<std::string, std::uint64_t> generations_;
  std::uint32_t told_epoch_ = 0;
  bool came_again_ = false;  // a port, since the last look
  std::mutex listeners_mutex_;
  std::uint64_t last_listener_ = 0;
  std::map<std::uint64_t, std::function<void()>> listeners_;
  Bell bell_;
  std::atomic<bool> quit_{false};
  std::thread thread_;
};

// Names of all ports that take or give MIDI, as RtMidi has them. Empty where ALSA's sequencer is not usable.
std::vector<std::string> alsa_ports();
bool alsa_usable();

}  // namespace doodled::midi
