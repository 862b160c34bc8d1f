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

// A device that is ready to run.
struct RackDevice {
  std::shared_ptr<Runner> runner;
  Capabilities capabilities;
};

class DeviceRack::Body {
 public:
  Body(RackConfig config, std::vector<RackDevice> devices, const Clock& clock,
       std::shared_ptr<RackView> view);
  ~Body();
  Body(const Body&) = delete;

  std::vector<DeviceState> devices() const;
  void show(std::shared_ptr<const Scene> scene);
  Runner* find_device(const std::string& id) const;
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
    RackDevice device;
    std::thread thread;
    std::future<void> left;
    DeviceState told;
  };

  DeviceState device_state(const Unit& unit) const;
  void start_runner(Unit& unit);
  void run_player();
  void run_housekeeper();
  void close_runners();

  // One round of the housekeeper, in this order.
  void keep_house();
  Performances take_ended();
  void write_log();
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
  std::vector<Unit> units_;
  Player player_;
  const std::shared_ptr<RackView> view_;
  std::atomic<bool> quit_{false};    // for the player
  std::atomic<bool> closed_{false};  // for the housekeeper: all runners have left or are given up
  Bell housekeeper_bell_;
  std::thread player_thread_, housekeeper_thread_;

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
