// What is behind DeviceRack: its runners, its player, its plays and the housekeeper that looks after them.
#pragma once
#include <atomic>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "core/play/device_rack.hpp"
#include "core/play/player.hpp"

namespace doodled {

using Performances = std::vector<std::shared_ptr<Performance>>;

// A device as it is to be.
struct DeviceSetup {
  DeviceSettings settings;
  std::string profile;  // its contents
  Capabilities capabilities;
  StreamLimits streams;
  std::unique_ptr<Driver> driver;
};

class DeviceRack::Body {
 public:
  Body(RackConfig config, std::vector<DeviceSetup> devices, const Clock& clock);
  ~Body();
  Body(const Body&) = delete;

  ReloadedDevices reconfigure(std::vector<DeviceSetup> devices);
  std::vector<DeviceState> devices() const;
  void show(std::shared_ptr<const Scene> scene);
  // Null when there is none of this name.
  std::shared_ptr<Runner> find_device(const std::string& id) const;
  bool is_busy(const Runner& runner) const;
  void leave_all(Runner& runner);
  void set_tempo(double tempo_bpm);
  void follow(const LeadingLine& leader);
  void lead();

  Result<PlayState> play(PlayRequest request, bool logged);
  Result<PlayState> swap(const std::string& id, std::shared_ptr<const Timeline> timeline, Quantise boundary);
  Result<PlayState> swap_at(const std::string& id, std::shared_ptr<const Timeline> timeline, Tick at);
  Result<PlayState> stop(const std::string& id);
  void stop_all();
  Result<void> touch(const std::string& id, std::span<const Touch> touches);
  std::string sounding() const;
  std::vector<PlayState> plays() const;
  Result<PlayState> play_state(const std::string& id) const;
  TransportState transport() const;

 private:
  struct Unit {
    DeviceSettings settings;  // what it runs with, for reconfigure()
    std::string profile;
    std::shared_ptr<Runner> runner;
    std::thread thread;
    std::future<void> left;
    std::chrono::steady_clock::time_point leaves_by{};  // once it was taken out
    std::uint32_t unknown_from = 0;                     // the player does not know it from this version on
    bool gone = false;                                  // under leave_mutex_
    DeviceState told;                                   // the housekeeper's
  };
  using Units = std::vector<std::shared_ptr<Unit>>;

  Units units() const;
  void add_device(DeviceSetup setup);
  void change_device(Unit& unit, DeviceSetup setup);
  void take_out(const std::shared_ptr<Unit>& unit);
  void set_margin();
  void tell_player();
  // True once its thread is gone, or given up because it is past `leaves_by`.
  bool has_left(Unit& unit);
  void see_off();
  DeviceState device_state(const Unit& unit) const;
  void start_runner(Unit& unit);
  void run_player();
  void run_housekeeper();
  void close_runners();

  Nanoseconds next_round() const;
  // One round of the housekeeper, in this order.
  void keep_house();
  Performances take_ended();
  void write_log();
  void write_collected();
  std::size_t collect(Runner& runner);
  void stop_remaining();
  void log_splices();
  void settle(const Performances& ended);
  void tell_plays();
  void tell_devices();
  void tell_transport();
  void free_timelines();

  // splice(play, version) asks the player; what it is given lives as long as the play needs it.
  template <class Splice>
  Result<PlayState> go_on_with(const std::string& id, std::shared_ptr<const Timeline> timeline,
                               Splice splice);
  Performance* find_play(const std::string& id) const;
  bool play_known(const std::string& id) const;
  std::shared_ptr<Performance> find_serial(std::uint64_t serial) const;
  PlayState state_of(const Performance& play) const;
  void remember(PlayState state);
  std::uint64_t missed(const Performance& play) const;

  const RackConfig config_;
  const Clock& clock_;
  Player player_;
  const std::shared_ptr<RackView> view_ = std::make_shared<RackView>();
  const std::shared_ptr<Vigil> vigil_ =
      std::make_shared<Vigil>();     // the housekeeper's; runners may outlive it
  std::atomic<bool> quit_{false};    // for the player
  std::atomic<bool> closed_{false};  // for the housekeeper: all runners have left or are given up
  std::thread player_thread_, housekeeper_thread_;

  std::mutex reload_mutex_;         // one reconfigure() at a time
  mutable std::mutex units_mutex_;  // the two lists; taken for a copy of them or a change, nothing else
  Units units_, leaving_;
  std::uint32_t runners_version_ = 0;   // under reload_mutex_
  std::vector<Runner*> known_runners_;  // handed over by change_runners(), under reload_mutex_
  std::mutex leave_mutex_;

  mutable std::mutex mutex_;  // what follows; never held while somebody else is called
  Performances plays_;        // waiting, playing, or over but not yet silent
  Performances held_;         // told to be over, but a stuck runner may still read them
  std::deque<PlayState> history_;
  std::uint64_t last_serial_ = 0;
  bool player_realtime_ = false;
  std::string player_realtime_detail_;

  // The housekeeper's own.
  struct Written {
    SentHeader header;
    std::size_t begin = 0;
    std::shared_ptr<Performance> play;
    const Runner* runner = nullptr;
  };
  std::vector<Written> written_;
  std::vector<std::uint8_t> written_bytes_;
  TransportState told_transport_;
};

}  // namespace doodled
