// A play: one performance of a timeline on some devices; what is asked for, and what is known of it.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// Where a play begins while something else plays, counted on the running transport.
enum class Quantise : std::uint8_t { none, step, beat, bar };
std::optional<Quantise> quantise_from(std::string_view name);
std::string_view to_string(Quantise quantise);

// A play that goes on with another timeline at a known place.
struct PlannedSplice {
  Tick at = 0;  // since the play began
  std::shared_ptr<const Timeline> timeline;
};

struct PlayRequest {
  std::string id;  // the caller's name for the play, unique
  std::shared_ptr<const Timeline> timeline;
  std::vector<std::string> devices;  // ids
  int loops = 1;                     // 0: until it is stopped
  Quantise quantise = Quantise::none;
  // Sent to devices at the start ('/doodled/session ,i'). The same for each play of a session, so that a
  // replay sends the same bytes.
  std::int32_t session_number = 1;
  // Instead of the timeline's own; ignored when the play joins a running transport, whose tempo it takes.
  std::optional<double> tempo_bpm = {};
  // Ascending. A swap while it plays takes the place of those that are left.
  std::vector<PlannedSplice> splices = {};
  // Where in the timeline it begins. One that is at its end or beyond begins that far into a repetition.
  Tick position = 0;
  // Begins where the transport is, as if it had begun with the transport's tick 0; `position` is not used.
  bool join = false;
};

enum class PlayStatus : std::uint8_t { waiting, playing, finished, stopped, replaced };
std::string_view to_string(PlayStatus status);
constexpr bool is_over(PlayStatus status) { return status > PlayStatus::playing; }

struct PlayState {
  std::string id;
  PlayStatus status = PlayStatus::waiting;
  std::vector<std::string> devices;
  int loop = 0, loops = 1;  // `loop` counts from 0
  Tick tick = 0, length = 0;
  // Of the timelines that it was given, from 1: the last one, which sounds or will at its boundary.
  std::uint32_t version = 1;
  std::uint64_t packets_sent = 0;    // to all its devices
  std::uint64_t events_dropped = 0;  // due while a device was missing or stuck
};

struct TransportState {
  bool playing = false;
  double tempo_bpm = 120;
  Tick tick = 0;  // since the transport started
  Meter meter;
  bool led = false;       // somebody else's transport leads
  bool realtime = false;  // the player's thread runs under SCHED_FIFO
  std::string realtime_detail;
};

// One packet that left for a device.
struct SentPacket {
  std::string_view play_id, device_id;
  std::uint64_t seq = 0;  // of this play on this device, from 0
  std::uint32_t loop = 0;
  Tick tick = 0;                        // of the event, within the timeline
  std::chrono::nanoseconds due{};       // since the play's first tick
  std::chrono::nanoseconds lateness{};  // sent this much after `due`
  std::chrono::nanoseconds origin{};    // the play's first tick, on Clock::now()
  bool note = false;                    // of a note that begins
  Bytes bytes;
};

// Where packets are written down. Called on the rack's own thread, never on the path; the spans live until
// the call returns. What it throws is logged and the packets are lost to the log, not to the device.
class PlayLogSink {
 public:
  virtual ~PlayLogSink() = default;
  virtual void write(std::span<const SentPacket> packets) = 0;
  // The play went on with its timeline number `version`, `at` ticks after it began. In order; not called for
  // one that another replaced before its boundary.
  virtual void spliced(std::string_view play_id, std::uint32_t version, Tick at) = 0;
  // All packets of the play have been written; `missed` more were sent while the log was full.
  virtual void finished(const PlayState& play, std::uint64_t missed) = 0;
};

}  // namespace doodled
