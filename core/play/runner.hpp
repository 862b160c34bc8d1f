// One device: takes what the player hands out, waits until it is due, encodes, sends and remembers.
//
// A Runner is the work without the thread: step() does all that is due and says when it wants to be called
// again. RunnerThread calls it; tests call it themselves. Requests come from any thread and only set a flag.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/play/clock_out.hpp"
#include "core/play/driver.hpp"
#include "core/play/driver_host.hpp"
#include "core/play/lateness.hpp"
#include "core/play/ledger.hpp"
#include "core/play/rack_view.hpp"
#include "core/play/sent_ring.hpp"
#include "core/play/spsc_ring.hpp"
#include "core/play/streams.hpp"
#include "core/play/touch.hpp"
#include "core/play/vigil.hpp"

namespace doodled {

// What the player hands to a runner.
struct Handout {
  enum class Kind : std::uint8_t {
    begin,   // the play starts with `timeline`; obeyed as soon as everything before it is done
    event,   // `event`
    keep,    // the note of `event` (a NoteOn) goes on sounding across the next splice
    splice,  // the play goes on with `timeline`
    resume,  // the note of `event` starts, unless it sounds already
    end      // the play is over on this device
  };
  Kind kind = Kind::event;
  std::uint32_t loop = 0;
  std::uint64_t play = 0;  // serial; grows from play to play on a device
  Nanoseconds due{};       // for `begin`: of the play's first tick
  TimelineEvent event;
  Tick origin = 0,
       at = 0;  // of a begin or a splice, on the transport: the timeline's tick 0, and where we are
  const Timeline* timeline = nullptr;             // lives until `arrived` says it is no longer needed
  std::atomic<std::uint32_t>* arrived = nullptr;  // set to `version` once `timeline` is in use
  std::uint32_t version = 0;
};

struct RunnerOptions {
  Nanoseconds spin{50'000};                // the last stretch before a due time is spent awake
  Nanoseconds first_pause{250'000'000};    // before trying a device again that failed
  Nanoseconds missing_pause{750'000'000};  // before looking for one again that is not there
  Nanoseconds longest_pause{10'000'000'000};
  // Between two looks at whether the device is still there. A driver that knows says so by
  // DriverHost::wake().
  Nanoseconds look_interval{250'000'000};     // while something plays
  Nanoseconds idle_interval{10'000'000'000};  // else
  Nanoseconds stale{500'000'000};             // a note that is this late is not started any more
  StreamLimits streams = {};                  // how fine the device takes what moves
};

class Runner final : private DriverHost {
 public:
  Runner(DeviceSettings settings, std::unique_ptr<Driver> driver, const Clock& clock,
         RunnerOptions options = {}, std::shared_ptr<RackView> view = nullptr,
         std::shared_ptr<Vigil> vigil = nullptr);

  // The runner's thread, from its start until quit(): real-time priority, step() again and again, finish().
  void run(bool realtime);
  // The runner's thread. Never allocates or locks while the device works.
  Nanoseconds step();
  // The runner's thread, last: note-offs, close.
  void finish();

  // The player's thread. False when the ring is full; the runner then ends all notes once it has caught up.
  bool hand_out(const Handout& handout) noexcept;
  // Everything of the play and of those before it is dropped and silenced, now.
  void end_play(std::uint64_t play) noexcept;
  // Where the transport is from now on.
  void tell(const LineChange& change) noexcept;

  // One thread at a time (the rack's mutex). At once, whatever is handed out already. False when the ring is
  // full.
  bool touch(const Touch& touch) noexcept;

  // Any thread.
  void set_enabled(bool enabled) noexcept;
  void panic() noexcept;
  void set_realtime(bool granted) noexcept { realtime_.store(granted); }
  // Other settings of the same device: the old driver ends its notes, says farewell and is closed; what plays
  // goes on with the new one. Once the call under way returns.
  void replace(DeviceSettings settings, std::unique_ptr<Driver> driver, Capabilities capabilities,
               StreamLimits streams);
  void set_capabilities(Capabilities capabilities);
  // There is something new to show.
  void scene_changed() noexcept { wake(); }
  // Asks the thread to leave once the driver call under way returns.
  void quit() noexcept;
  bool quitting() const noexcept { return quit_.load(); }
  // Nobody waits for this runner any more: when its call returns, its thread ends at once. Until then it
  // keeps what it may still read.
  void abandon(std::vector<std::shared_ptr<const void>> keep);
  bool has_finished(std::uint64_t play) const noexcept { return finished_.load() >= play; }
  bool stuck() const noexcept;
  // When the call under way, if there is one, counts as stuck; the end of time once it does.
  Nanoseconds stuck_from() const noexcept;
  Bell& bell() noexcept { return bell_; }
  const std::string& id() const noexcept { return id_; }
  Nanoseconds latency() const noexcept { return Nanoseconds{latency_.load(std::memory_order_relaxed)}; }
  // Without `play_id`.
  DeviceState state() const;
  std::uint64_t packets_sent() const noexcept { return packets_sent_.load(); }
  std::uint64_t events_dropped() const noexcept { return dropped_.load(); }

  // The housekeeper's thread.
  SentRing& sent() noexcept { return sent_; }
  std::uint64_t sent_missed() const noexcept { return sent_missed_.load(); }

 private:
  struct Abandoned {};

  // For the driver, on any thread.
  void did(const DeviceInput& input) noexcept override;
  void wake() noexcept override;
  void changed() noexcept override;
  TransportState transport() const override;
  std::shared_ptr<const Scene> scene() const override;
  Nanoseconds now() const noexcept override { return clock_.now(); }

  Nanoseconds play_due();
  Nanoseconds keep_time();
  Nanoseconds stream();
  void send_stream(std::span<const TimelineEvent> changed, Nanoseconds due);
  Nanoseconds serve();
  bool send_unlogged();
  void obey();
  void obey_stop();
  void obey_panic();
  void obey_enabled();
  void obey_touches();
  void obey_replacement();
  void connect();
  void open();
  void close();
  void say_farewell();
  void lose(DeviceStatus status, const char* reason);
  Nanoseconds next_look() const noexcept;
  Nanoseconds look_due() const noexcept;
  bool wait_for(Nanoseconds due) const noexcept;

  void take(const Handout& handout);
  void begin(const Handout& handout);
  void play_event(const Handout& handout);
  bool untouched(TimelineEvent& event) noexcept;
  void splice(const Handout& handout);
  void end(std::uint64_t play);
  void catch_up();

  void note_on(const TimelineEvent& event, const NoteOn& note, Nanoseconds due);
  void note_off(const TimelineEvent& event, const NoteOff& note, Nanoseconds due);
  bool send_event(const TimelineEvent& event, Nanoseconds due);
  bool send_packets(Tick tick, Nanoseconds due);
  bool send_packet(Bytes packet, Tick tick, Nanoseconds due);
  void record(Bytes packet, Tick tick, Nanoseconds due, Nanoseconds lateness) noexcept;
  void end_notes();
  void release(Ledger& notes);
  void fall_silent();
  void prepare();
  void tell_parameters();
  // Calls the driver where the watchdog can see it. False when it threw; the device is closed then.
  template <class Call>
  bool guarded(Nanoseconds limit, Nanoseconds now, Call call);
  void call_begins(Nanoseconds ends) noexcept;
  void call_returned();
  void tell_housekeeper() noexcept;
  void look();
  void forget_ended();
  void end_again();
  void set_status(DeviceStatus status, std::string detail);

  const std::string id_;
  const Clock& clock_;
  const RunnerOptions options_;
  const std::shared_ptr<RackView> view_;
  const std::shared_ptr<Vigil> vigil_;

  // The runner's thread only.
  Ledger ledger_;
  // Notes whose ends may have gone nowhere: those of the last look_interval, and of the one before.
  Ledger ended_lately_, ended_before_;
  ClockOut clock_out_;
  Streams streams_;
  TouchTable touched_;
  std::uint64_t touched_play_ = 0;  // whose `touched_` is
  Packets packets_;
  const Timeline* timeline_ = nullptr;
  std::uint64_t play_ = 0, seq_ = 0;
  std::uint32_t loop_ = 0;
  Nanoseconds origin_{}, next_try_{}, looked_{}, forgot_{}, next_service_{}, pause_;
  Tick tick_ = 0;
  float tempo_bpm_ = 120;
  bool open_ = false;
  bool note_begins_ = false;  // what is sent just now
  std::uint32_t panics_obeyed_ = 0;

  SpscRing<Handout> inbox_{4096};
  SpscRing<Touch> touches_{1024};
  SentRing sent_{512 * 1024};
  Bell bell_;

  std::atomic<bool> enabled_, quit_{false}, abandoned_{false}, overflowed_{false}, realtime_{false},
      woken_{false}, changed_{false}, replaced_{false};
  std::atomic<std::uint32_t> panics_{0};
  std::atomic<std::uint64_t> ended_{0}, finished_{0};
  std::atomic<std::int64_t> latency_;
  std::atomic<std::int64_t> busy_until_{0};  // a driver call under way counts as stuck from then on
  std::atomic<DeviceStatus> status_;
  std::atomic<int> sounding_{0};
  std::atomic<std::uint64_t> events_sent_{0}, packets_sent_{0}, dropped_{0}, errors_{0}, sent_missed_{0};
  Lateness lateness_;
  std::vector<std::shared_ptr<const void>> kept_alive_;
  // What follows; taken when the status or the settings change and by readers of the state.
  mutable std::mutex detail_mutex_;
  std::string detail_;
  DeviceSettings settings_;
  Capabilities capabilities_;
  // What replace() has brought and the runner has not taken yet.
  std::optional<DeviceSettings> next_settings_;
  StreamLimits next_streams_;
  std::unique_ptr<Driver> next_driver_;

  std::unique_ptr<Driver> driver_;  // last, so that it goes first: threads of its own may still call us
};

template <class Call>
bool Runner::guarded(Nanoseconds limit, Nanoseconds now, Call call) {
  call_begins(now + limit);
  try {
    call();
    call_returned();
    return true;
  } catch (const DeviceMissing& reason) {
    call_returned();
    lose(DeviceStatus::missing, reason.what());
  } catch (const std::exception& reason) {
    call_returned();
    lose(DeviceStatus::failed, reason.what());
  }
  return false;
}

}  // namespace doodled
