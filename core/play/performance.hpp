// A play as the player sees it. Made by the rack, walked by the player's thread, read by everybody through
// its atomics.
#pragma once
#include <atomic>
#include <deque>
#include <limits>

#include "core/play/play.hpp"
#include "core/play/runner.hpp"
#include "core/play/spsc_ring.hpp"

namespace doodled {

// A device's place in a play.
struct Seat {
  static constexpr Tick never = std::numeric_limits<Tick>::max();

  Runner* runner = nullptr;
  std::shared_ptr<Runner> keeps = nullptr;  // the runner of a rack, which may be taken out of it meanwhile
  std::atomic<bool> taken{true};            // false once the device has left the play
  std::atomic<bool> begun{false};           // the runner was told
  std::atomic<std::uint32_t> arrived{0};    // version of the timeline that the runner uses
  Tick leaves_at = never;                   // on the transport: another play takes the device over
  std::uint64_t dropped_before = 0, missed_before = 0;  // the runner's counts when the play was asked for
};

// The play has gone on with another timeline.
struct Spliced {
  std::uint32_t version = 0;
  Tick at = 0;  // since the play began
};

struct Performance {
  PlayRequest request;
  std::uint64_t serial = 0;
  bool logged = true;  // written to the play log and told to the listener
  std::deque<Seat> seats;

  // The player's thread only, once the start command was given. Ticks count on the transport.
  const Timeline* timeline = nullptr;
  std::uint32_t version = 1;
  Tick starts_at = 0, loop_start = 0;
  std::size_t next_event = 0;
  const Timeline* next_timeline = nullptr;
  std::uint32_t next_version = 0;
  Tick splice_at = 0;
  std::size_t next_planned = 0;  // of request.splices; the first of them is version 2

  // Written by the player; `status` last of all, when it will not touch this object again.
  std::atomic<PlayStatus> status{PlayStatus::waiting};
  std::atomic<std::uint32_t> loop{0};
  std::atomic<Tick> published_loop_start{0}, length{0};
  SpscRing<Spliced> spliced{64};  // to the housekeeper, who looks many times a second

  // The rack's, under its mutex.
  struct Kept {
    std::uint32_t version;
    std::shared_ptr<const Timeline> timeline;
  };
  std::deque<Kept> kept;  // timelines that a runner may still use
  bool stop_wanted = false;
  std::uint64_t packets_sent = 0;
  PlayState told;  // what the listener knows
};

}  // namespace doodled
