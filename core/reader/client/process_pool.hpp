// The few reader processes: started on demand, kept warm, ended when idle.
#pragma once
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/base/clock.hpp"
#include "core/reader/client/reader_process.hpp"

namespace doodled::reader {

struct PoolStatus {
  int running = 0, busy = 0;
  std::vector<pid_t> waiting;  // the warm ones
};

// Thread-safe. Every process taken is given back or given up.
class ProcessPool {
 public:
  ProcessPool(const ReaderSettings& settings, const Clock& clock);
  ~ProcessPool();

  // A warm process, or one just started that has not greeted yet (is_new). Waits while all are busy.
  // "cancelled", "reader_unavailable".
  struct Taken {
    ReaderProcess process;
    bool is_new;
  };
  Result<Taken> take(const std::stop_token& stop);
  // Keeps it warm, unless it has grown too large or old.
  void give_back(ReaderProcess process);
  // For a process that ended, hangs or cannot be trusted; says how it ended.
  std::string give_up(ReaderProcess process);

  PoolStatus status() const;

 private:
  struct Warm {
    ReaderProcess process;
    Nanoseconds since;
  };

  bool reserve(const std::stop_token& stop);
  std::optional<ReaderProcess> pop_warm();
  void release();
  std::vector<ReaderProcess> take_idle_too_long();
  Nanoseconds next_end();
  void end_idle_ones(const std::stop_token& stop);

  const ReaderSettings& settings_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable_any freed_;
  std::vector<Warm> warm_;  // the longest idle first
  int busy_ = 0;
  Nanoseconds looks_again_ = Nanoseconds::max();  // the janitor, by itself
  Bell bell_;
  std::jthread janitor_;
};

}  // namespace doodled::reader
