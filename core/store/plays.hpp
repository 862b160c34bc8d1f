// Plays: each performance of a session, with the log of what was sent.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/store/database.hpp"
#include "core/store/page.hpp"

namespace doodled {

// waiting: for its beat or bar. interrupted: the process died meanwhile, or ended while the play was to be
// resumed.
enum class PlayPhase { waiting, playing, ended, stopped, failed, interrupted };
std::string_view to_string(PlayPhase state);
std::optional<PlayPhase> play_phase_from(std::string_view name);

struct PlayRecord {
  std::string id;  // empty when new: the store makes one
  std::string session_id;
  std::string job_id;   // empty: not started by a job
  std::string devices;  // JSON array of ids
  PlayPhase state = PlayPhase::waiting;
  int loops = 1;  // 0: until stopped
  std::string quantise = "none";
  std::int64_t started_at = 0;
  std::optional<std::int64_t> ended_at;
  std::string error;              // JSON, or empty
  std::int64_t events = 0;        // logged so far
  std::string evolve = {};        // JSON: how it changes by itself, or empty
  std::string replay_of = {};     // the play that this one plays again, or empty
  bool resume = false;            // goes on after the next start, if the end of the process interrupts it
  std::string resumed_from = {};  // the play that this one goes on with, or empty
};

// How far a play had come, by its log.
struct PlayPlace {
  int loop = 0;           // from 0
  std::int64_t tick = 0;  // within what sounded
  std::string document;   // what it had gone on with last (JSON); empty: its session's
};

// What a play went on with after its session, which is version 1.
struct PlayVersion {
  int version = 2;
  std::int64_t tick = 0;  // since the play began
  std::string document;   // JSON; empty in lists
  bool operator==(const PlayVersion&) const = default;
};

struct PlayEvent {
  std::int64_t seq = 0;  // from 1, in the order of sending
  int loop = 0;          // which round, from 0
  std::int64_t tick = 0;
  std::string device;
  std::int64_t offset_us = 0;  // when it was sent, from the start of the play
  std::vector<std::uint8_t> bytes;
  bool operator==(const PlayEvent&) const = default;
};

class Plays {
 public:
  explicit Plays(Database& database) : database_(database) {}

  // Errors: unknown_session, unknown_job.
  Result<PlayRecord> start(const PlayRecord& play);
  // Error: unknown_play, as in all that follow.
  Result<void> set_state(const std::string& id, PlayPhase state);
  // `state` is ended, stopped, failed or interrupted. The first end stays.
  Result<PlayRecord> end(const std::string& id, PlayPhase state, std::int64_t at,
                         const std::string& error = {});
  // One commit. `seq` goes on from the last one; what is already there is left as it is.
  Result<void> log(const std::string& id, std::span<const PlayEvent> events);
  Result<void> add_version(const std::string& id, const PlayVersion& version);
  // In the order in which they sounded.
  Result<std::vector<PlayVersion>> versions(const std::string& id, bool with_documents);
  // Errors: unknown_play, unknown_version.
  Result<PlayVersion> version(const std::string& id, int version);
  Result<Page<PlayEvent>> events(const std::string& id, const PageRequest& request);
  Result<PlayRecord> get(const std::string& id);
  // Newest first. `session_id` empty: of all. Errors: bad_limit, bad_cursor.
  Result<Page<PlayRecord>> list(const std::string& session_id, const PageRequest& request);
  // The place of the last packet that was logged; the beginning where none was. Error: unknown_play.
  Result<PlayPlace> place(const std::string& id);
  // Call once at start, after interrupt_open: those that were interrupted and are to be resumed, oldest
  // first. They are told only once.
  std::vector<PlayRecord> take_resumable();
  // Call once at start: what was open is now interrupted, and is returned.
  std::vector<PlayRecord> interrupt_open(std::int64_t at);

 private:
  Database& database_;
};

}  // namespace doodled
