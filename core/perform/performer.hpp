// Plays stored sessions on the rack's devices, and writes down what was sent. A replay is another play of the
// same session: compiled from the stored document, without any interpreter.
#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/interpret/accept.hpp"
#include "core/perform/evolver.hpp"
#include "core/play/device_rack.hpp"
#include "core/store/store.hpp"
#include "core/store/trace_log.hpp"
#include "core/store/unwritten_plays.hpp"

namespace doodled {

struct PerformRequest {
  std::string session_id;
  std::vector<std::string> devices;  // ids; empty: every enabled device
  int loops = 1;                     // 0: until it is stopped
  Quantise quantise = Quantise::none;
  std::string job_id;  // the job that asked for it, or empty
  std::optional<EvolveWish> evolve = {};
  Tick position = 0;                // where in the session it begins
  bool join = false;                // where the transport is, as if it had begun with it
  std::optional<bool> resume = {};  // goes on after a restart; nothing: as the settings say
};

// {"devices": ["max"], "loops": 1, "quantise": "none" | "beat" | "bar", "position": 0, "evolve": {...},
// "resume": true};
// 'loop: true' is loops 0, and so is `evolve` without loops. Errors: 'invalid_play' with the field's pointer.
// `quantise` is for a request that names none.
Result<PerformRequest> perform_request(const Json& json, Quantise quantise = Quantise::none);

class Performer final : public PlayLogSink {
 public:
  Performer(Store& store, const Clock& clock, RuleOptions rules = {});

  // Once, before any play: the rack takes the performer as its log, so it is made second.
  void use(DeviceRack& rack) { rack_ = &rack; }
  // Once, too: plays of jobs tell there when the first packet and the first note of each device left.
  void trace_to(TraceLog& traces) { traces_ = &traces; }
  // Whether plays whose request does not say it go on after a restart.
  void resume_by_default(bool resume) { resume_by_default_ = resume; }
  // Before the rack goes: nothing evolves any more, and what is stopped by the end of the process is
  // interrupted, where it is to be resumed.
  void stop_evolving();
  // How an evolving play is getting on, while it plays.
  std::optional<EvolveState> evolving(const std::string& play_id) const { return evolver_.state(play_id); }

  // It sounds first and is written down then, so that the first note need not wait for the disk. Where the
  // store can't write now (a full disk) it plays all the same, without a log, and is written down as soon as
  // that can be done again and something is played or ends. Errors: unknown_session, unknown_job, and those
  // of DeviceRack::play. Thread-safe.
  Result<PlayRecord> play(const PerformRequest& request);
  // The record of a play that may have started just now. Errors: unknown_play. Thread-safe.
  Result<PlayRecord> record(const std::string& play_id);
  // Goes on with another session at the next boundary. What sounded from where on is kept with the play.
  // Errors: unknown_play (also of one that is over), and those of DeviceRack::swap.
  Result<void> swap(const std::string& play_id, const Accepted& session, Quantise boundary);
  // The transport's, while the play waits or plays.
  std::optional<double> tempo_of(const std::string& play_id) const;
  // The play again: its session, and all that it went on with at the same ticks. `devices` and `quantise` of
  // the request count; its loops too where given. Errors: unknown_play, and those of DeviceRack::play.
  Result<PlayRecord> replay(const std::string& play_id, const PerformRequest& request);
  // A play that the end of the process has interrupted, as a new play on those of its devices that there are,
  // from the place of the last packet that its log holds and for the loops that were left. Evolving ends:
  // what sounded last goes on. Errors: unknown_play, play_over, no_devices, and those of DeviceRack::play.
  Result<PlayRecord> resume(const PlayRecord& interrupted);
  // Errors: unknown_play.
  Result<PlayRecord> stop(const std::string& play_id);

  // The rack's side; on its housekeeper's thread.
  void write(std::span<const SentPacket> packets) override;
  void spliced(std::string_view play_id, std::uint32_t version, Tick at) override;
  void finished(const doodled::PlayState& play, std::uint64_t missed) override;

 private:
  using Documents = std::map<std::uint32_t, std::string>;  // by version
  struct FirstsWanted {
    std::string job_id;
    std::set<std::string, std::less<>> packets, notes;  // devices that have sent their first
  };

  Result<PlayRecord> start(PlayRecord record, PlayRequest request, Documents documents);
  Result<PlayRecord> begin(const PlayRecord& record, PlayRequest request);
  void forget_documents(const std::string& play_id);
  void trace_firsts(const SentPacket& packet);

  Result<PlayRecord> play_evolving(const PerformRequest& request, const SessionRecord& stored,
                                   const Session& session, EvolveWish wish);
  Result<std::uint32_t> hand_form(const std::string& play_id, const Accepted& form, Tick at);

  Store& store_;
  const Clock& clock_;
  const RuleOptions rules_;
  DeviceRack* rack_ = nullptr;
  bool resume_by_default_ = false;
  std::atomic<bool> ending_{false};
  TraceLog* traces_ = nullptr;
  std::mutex beginning_;      // held while a play sounds already and its record is on its way to the disk
  UnwrittenPlays unwritten_;  // under beginning_
  std::set<std::string> resumable_;             // under beginning_: open plays
  std::map<std::string, FirstsWanted> firsts_;  // under beginning_: open plays of jobs
  std::mutex documents_mutex_;
  std::map<std::string, Documents> documents_;  // by play: what it may go on with
  std::map<std::string, std::int64_t> logged_;  // packets of each open play; the housekeeper's thread only
  Evolver evolver_;                             // last: its thread uses what is above
};

}  // namespace doodled
