// The contract between a runner and a device. A driver is two things in one object: an encoder (pure: events
// to bytes) and a port (bytes to the outside). The runner's thread alone touches it.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/ids.hpp"
#include "core/base/json.hpp"
#include "core/play/capabilities.hpp"
#include "core/play/device_profile.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// A device that cannot be reached or has gone. `what()` is shown to the user.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Nothing is wrong but that it is not there: unplugged, no sound system. Looked for again each 750 ms, and
// at once when the driver calls DriverHost::wake().
class DeviceMissing : public DeviceError {
 public:
  using DeviceError::DeviceError;
};

// Where an encoder puts its packets: a fixed buffer, cleared by the runner before each event. A MIDI message
// or an OSC datagram is one packet. Never allocates; what does not fit is refused whole.
class Packets {
 public:
  static constexpr std::size_t capacity = 16384, max_packets = 128;

  void clear() noexcept { count_ = used_ = 0; }
  std::size_t size() const noexcept { return count_; }
  Bytes operator[](std::size_t index) const noexcept {
    return {buffer_.data() + begin(index), ends_[index] - begin(index)};
  }
  // False, and nothing added, when it does not fit.
  bool add(Bytes packet) noexcept {
    if (count_ == max_packets || used_ + packet.size() > capacity) return false;
    std::copy(packet.begin(), packet.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += packet.size();
    ends_[count_++] = used_;
    return true;
  }

 private:
  std::size_t begin(std::size_t index) const noexcept { return index == 0 ? 0 : ends_[index - 1]; }
  std::array<std::uint8_t, capacity> buffer_{};
  std::array<std::size_t, max_packets> ends_{};
  std::size_t count_ = 0, used_ = 0;
};

// A message of the transport to devices that keep time by it: MIDI's real-time messages.
struct ClockMessage {
  enum class Kind : std::uint8_t {
    pulse,   // 24 a quarter note
    start,   // the next pulse is tick 0
    resume,  // the next pulse is where `position` said
    stop,
    position,  // `sixteenth` since the start, 0..16383
  };
  Kind kind = Kind::pulse;
  std::int32_t sixteenth = 0;
  bool operator==(const ClockMessage&) const = default;
};

class DriverHost;  // core/play/driver_host.hpp

class Driver {
 public:
  virtual ~Driver() = default;
  // Once, before the first open(). `host` outlives the driver.
  virtual void attach(DriverHost&) {}
  // Connects. May block up to two seconds. Throws DeviceError; the runner tries again later.
  virtual void open() = 0;
  // Also called after a failed open() and twice in a row.
  virtual void close() noexcept = 0;
  // False once the open device is known to have gone; the runner then closes it and looks for it again. Asked
  // after DriverHost::wake() and now and then: neither blocks nor allocates.
  virtual bool alive() const noexcept { return true; }
  // A play of `timeline` begins, or goes on after a reopening: copy what is needed. May allocate. Comes
  // before the first encode of the play; controllers that were sent before count as unknown from here on.
  virtual void prepare(const Timeline& timeline) = 0;
  // Turns one event into packets. Never allocates, blocks or throws. A NoteOff that comes before its note's
  // duration is over cuts the note short (stop, swap, panic).
  virtual void encode(const TimelineEvent& event, Packets& packets) noexcept = 0;
  // Values of streams that belong to one moment. As encode(); for a driver that can send them in one packet.
  virtual void encode_stream(std::span<const TimelineEvent> events, Packets& packets) noexcept {
    for (const auto& event : events) encode(event, packets);
  }
  // As encode(). Only for devices whose settings ask for the clock; sent beside the music, in no log.
  virtual void encode_clock(const ClockMessage&, Packets&) noexcept {}
  // Everything beyond note-offs that makes the device silent (all sound off, reset controllers).
  virtual void encode_panic(Packets& packets) noexcept = 0;
  // What a device needs beside the timeline: answers and what is said again, lights, a state that was lost.
  // Called while the device is open: after open(), at the time that the last call returned, after
  // DriverHost::wake(), and when there is a new scene. Packets are sent at once and are in no log. Neither
  // blocks nor throws; what takes longer than a fraction of a millisecond belongs on a thread of the driver.
  // Returns when to call again at the latest, on the clock of `now`.
  virtual Nanoseconds service(Nanoseconds now, Packets& packets) noexcept {
    (void)now, (void)packets;
    return Nanoseconds::max();
  }
  // What the device has to hear before it is closed with a will (exit, disabled, other settings): lights off,
  // modes given back. Not called when it has gone.
  virtual void encode_farewell(Packets&) noexcept {}
  // Sends one packet now. Never allocates. Throws DeviceError when the device has gone.
  virtual void send(Bytes packet) = 0;
  // Where it is connected, in words: 'JACK port MPC MIDI 1', 'udp 127.0.0.1:9000'. Asked on the runner's
  // thread after open().
  virtual std::string describe() const = 0;
};

struct DeviceSettings {
  std::string id;       // [a-z0-9_-]{1,32}
  std::string driver;   // a DriverPlugin's name
  std::string profile;  // a profile's id, or empty for the driver's default
  bool enabled = true;
  double latency_ms = 0;  // sent this much earlier, -500..500
  bool clock = false;     // keeps time by our clock
  // Values a second of each parameter that moves, 0..1000; 0: those of the timeline's events only. Absent:
  // what suits the driver.
  std::optional<double> stream_hz = {};
  std::string json;  // the driver's own keys as a JSON object
  bool operator==(const DeviceSettings&) const = default;
};

// One thing that the user has to do or know before a device of this kind plays.
struct SetupStep {
  std::string_view title;
  std::string_view text;
  bool verified =
      false;  // seen on the device itself, or in its maker's documents; else likely, and to be tried
};

// How a kind of driver is declared: one constant `<folder>_plugin` in its folder, found by the build.
struct DriverPlugin {
  std::string_view name;
  std::string_view summary;
  std::string_view default_profile;
  // What the driver can do where the profile allows it (see offered()).
  Capabilities capabilities;
  // Reads the driver's own keys. No side effects. An Error names the key.
  Result<std::unique_ptr<Driver>> (*create)(const DeviceSettings& settings, const DeviceProfile& profile);
  std::span<const SetupStep> setup = {};  // shown to the user, in their order
  std::string_view former_name = {};      // accepted too
};

// What a device of this kind can do with this profile: over MIDI no MPE without members, no SysEx without a
// parameter that it carries, no pads without a layout of them. Surfaces and OSC are what their drivers are.
Capabilities offered(const DriverPlugin& plugin, const DeviceProfile& profile);

}  // namespace doodled
