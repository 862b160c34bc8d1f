// All devices and everything that plays on them. The one door to playing for the rest of the program.
//
// Threads: one player, one runner for each device, one housekeeper that watches them, writes the log and
// calls the listener. Public methods are thread-safe and never wait for a device, a socket or the disk.
#pragma once
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/play/device_profile.hpp"
#include "core/play/driver.hpp"
#include "core/play/play.hpp"
#include "core/play/rack_view.hpp"
#include "core/play/tempo_line.hpp"
#include "core/play/touch.hpp"

namespace doodled {

enum class DeviceStatus : std::uint8_t { opening, ready, missing, failed, stuck, disabled };
std::string_view to_string(DeviceStatus status);

// How late packets left, in milliseconds after their due time, since the device was opened.
struct LatenessSummary {
  std::uint64_t count = 0;
  double p50 = 0, p99 = 0, p999 = 0, max = 0;
};

// The same since the program began, counted in buckets: `counts[i]` packets were at most `bounds_ms[i]` late
// and later than the bound before; the last count is of those beyond all bounds.
struct LatenessHistogram {
  static constexpr std::array bounds_ms{0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0};
  std::array<std::uint64_t, bounds_ms.size() + 1> counts{};
  double sum_ms = 0;
};

struct DeviceState {
  std::string id, driver, profile;
  Capabilities capabilities;
  bool enabled = true;
  DeviceStatus status = DeviceStatus::opening;
  std::string detail;  // where it is connected, or why it is not
  bool realtime = false;
  int sounding = 0;  // notes that are on
  std::uint64_t events_sent = 0, packets_sent = 0, events_dropped = 0, errors = 0;
  LatenessSummary late_ms;
  LatenessHistogram lateness = {};
  std::string play_id;  // what plays on it, or empty
};

// Called on the housekeeper's thread, one call at a time. May call the rack; must not destroy it.
struct RackListener {
  std::function<void(const DeviceState&)> device_changed;        // status, detail or enabled
  std::function<void(const PlayState&)> play_changed;            // status, or a new loop
  std::function<void(const TransportState&)> transport_changed;  // playing or tempo
};

struct RackConfig {
  std::vector<DeviceSettings> devices;
  std::map<std::string, DeviceProfile> profiles;  // by id
  std::span<const DriverPlugin* const> drivers;   // lives as long as the rack
  RackListener listener;
  // What is done at devices. Called on threads of the drivers, several at once perhaps; must be quick, may
  // call the rack, must not destroy it.
  InputListener heard;
  PlayLogSink* log = nullptr;    // not owned, outlives the rack
  const Clock* clock = nullptr;  // not owned, outlives the process's threads; null: the system's
  bool realtime = true;          // ask for SCHED_FIFO
};

// The ids of devices by what became of them.
struct ReloadedDevices {
  std::vector<std::string> added, changed, removed, kept;
};

class DeviceRack {
 public:
  // Refuses settings it cannot use ("invalid_device"; pointers '/device/0/driver'). A device that is merely
  // not there is no error but a state.
  static Result<std::unique_ptr<DeviceRack>> make(RackConfig config);
  // Note-offs everywhere, devices closed. Takes at most two seconds, whatever the devices do.
  ~DeviceRack();

  // Other devices. Those whose settings and profile are the same play on undisturbed; a changed one is closed
  // and opened again, and what plays on it goes on; notes of one that is gone are ended. All or nothing: the
  // Errors are those of make().
  Result<ReloadedDevices> reconfigure(std::vector<DeviceSettings> devices,
                                      std::map<std::string, DeviceProfile> profiles);

  std::vector<DeviceState> devices() const;
  // Errors: "unknown_device".
  Result<DeviceState> device(const std::string& id) const;
  Result<void> set_enabled(const std::string& id, bool enabled);
  // Everything silent, and whatever plays on it leaves it.
  Result<void> panic(const std::string& id);
  void panic_all();
  // A note of 400 ms. Errors: "unknown_device", "device_busy" while something plays on it.
  Result<PlayState> test(const std::string& id);
  // Plays once, without a log, on a device that is free; its id begins with 'test-'. The errors are those of
  // test(), and "empty_timeline", "too_large".
  Result<PlayState> rehearse(const std::string& id, std::shared_ptr<const Timeline> timeline);

  // Starts, or takes the devices over from what plays there at the boundary that `quantise` names. Errors:
  // "unknown_device" (pointer '/devices/N'), "no_devices", "empty_timeline", "too_large", "invalid_tempo",
  // "invalid_loops", "duplicate_play".
  Result<PlayState> play(PlayRequest request);
  // Goes on with another timeline at the next boundary, at the position it has then. Errors: "unknown_play",
  // and those of play().
  Result<PlayState> swap(const std::string& play_id, std::shared_ptr<const Timeline> timeline,
                         Quantise boundary);
  // The same at a known place: `at` ticks after the play began; when that is over, at the next bar.
  Result<PlayState> swap_at(const std::string& play_id, std::shared_ptr<const Timeline> timeline, Tick at);
  // Note-offs now. A play that is over stays as it is. Errors: "unknown_play".
  Result<PlayState> stop(const std::string& play_id);
  void stop_all();
  // What hands turn, at once on all devices of the play; `Touch::play` is filled in. Errors: "unknown_play"
  // (also of one that is over), "busy".
  Result<void> touch(const std::string& play_id, std::span<const Touch> touches);
  // The id of the play that began last and is not over, or empty. Those of test() don't count.
  std::string sounding() const;
  // Those that wait or play, and the last hundred that are over; oldest first.
  std::vector<PlayState> plays() const;
  Result<PlayState> play_state(const std::string& play_id) const;

  // What surfaces show from now on; null: nothing.
  void show(std::shared_ptr<const Scene> scene);

  TransportState transport() const;
  // Now and without a jump while playing; without effect while somebody else leads. Errors: "invalid_tempo".
  Result<TransportState> set_tempo(double tempo_bpm);
  // Somebody else's transport leads from now on; called again as it goes on, at most some fifty times a
  // second. lead(): ours does again.
  void follow(const LeadingLine& leader);
  void lead();

 private:
  class Body;
  explicit DeviceRack(std::unique_ptr<Body> body);
  std::span<const DriverPlugin* const> drivers_;
  std::unique_ptr<Body> body_;
};

}  // namespace doodled
