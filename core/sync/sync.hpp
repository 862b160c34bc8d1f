// Who leads the transport: we ourselves, the MIDI clock of an input, or an Ableton Link session.
//
// Thread-safe. midi() is for the thread that hears the message and never waits for a device, a socket or the
// disk. In a Link session starts and stops are shared both ways: what begins or ends here does with the peers
// that share them, and the other way round.
#pragma once
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/ids.hpp"
#include "core/play/device_rack.hpp"
#include "core/sync/clock_follower.hpp"
#include "core/sync/link_session.hpp"

namespace doodled {

struct SyncState {
  std::string source = "internal";  // 'internal', 'midi:<input>', 'link'
  // 'leading' (we do), 'waiting' (nothing heard yet), 'standing' (the leader does), 'following', 'lost' (it
  // has gone; the music goes on at its last tempo)
  std::string state = "leading";
  double tempo_bpm = 0;  // the leader's; 0: not known
  double jitter_ms = 0;  // of MIDI clock
  int peers = 0;         // of Link
};
Json to_json(const SyncState& state);

struct SyncHooks {
  // The leader has started, and nothing waits for it. What plays now is to be where it would be had it begun
  // with the leader (`joins`), or begins at the next bar. On the thread that heard it; must not wait.
  std::function<void(bool joins)> started = {};
  std::function<void(const SyncState&)> changed = {};
};

class Sync {
 public:
  Sync(DeviceRack& rack, const Clock& clock, std::vector<std::string> inputs, SyncHooks hooks);
  ~Sync();

  // Errors: 'invalid_sync' (no such source), 'link_unavailable'.
  Result<void> use(const std::string& source);
  SyncState state() const;
  // Ours, or the Link session's. Errors: 'tempo_led' while MIDI clock leads, 'invalid_tempo'.
  Result<TransportState> set_tempo(double tempo_bpm);

  // 'internal', 'midi:<input>' of each MIDI input, 'link'; all that use() takes.
  std::vector<std::string> sources() const;

  // A system message of an input: clock, start, continue, stop, song position. Others are passed over.
  void midi(const std::string& input, Bytes message, Nanoseconds at);

 private:
  Error unknown(const std::string& source) const;
  void leave_link();
  void follow_link(std::stop_token stop);
  SyncState state_locked() const;
  void tell();

  DeviceRack& rack_;
  const Clock& clock_;
  const std::vector<std::string> inputs_;
  const SyncHooks hooks_;

  mutable std::mutex mutex_;
  std::string source_ = "internal";
  ClockFollower follower_;
  std::shared_ptr<LinkSession> link_;
  std::jthread link_thread_;
};

}  // namespace doodled
