// Where the time of jobs went, kept beside them. For watching: what the end of the process or a full disk
// takes from it is not missed by anything else.
#pragma once
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/span.hpp"
#include "core/store/database.hpp"

namespace doodled {

// Thread-safe.
class TraceLog {
 public:
  // Both outlive it.
  TraceLog(Database& database, const Clock& clock);
  // Writes what waits.
  ~TraceLog();

  // Waits for no disk: a thread of its own writes, about once a second and many jobs at once.
  void add(const std::string& job_id, Span span);
  // [{"name", "at_us", "us", "facts", "parts"}], in the order in which they were added; times in wall
  // microseconds. Writes first what waits. Empty for a job that nothing is known of.
  Json of_job(const std::string& job_id);

 private:
  using Waiting = std::map<std::string, std::vector<Span>>;

  void work(const std::stop_token& stop);
  void flush();
  void write(const Waiting& spans);

  Database& database_;
  const std::int64_t epoch_us_;  // wall time where the monotonic clock is 0, so that all spans agree
  std::mutex writing_;           // one batch at a time, so that who has flushed reads all
  std::mutex mutex_;             // of what follows
  std::condition_variable_any wake_;
  Waiting waiting_;
  std::jthread thread_;  // last: it uses what is above
};

}  // namespace doodled
