// Numbers for Prometheus, in its text format.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/interpret/net/remote_interpreter.hpp"
#include "core/play/device_rack.hpp"
#include "core/store/job_state.hpp"

namespace doodled {

struct StoreSize {
  std::int64_t database = 0, pictures = 0,
               free = 0;  // bytes: of the file with its log, of what is not forgotten, left
};

struct ProcessUse {
  std::int64_t resident_bytes = 0;
  double cpu_seconds = 0;  // since the start
  double started = 0;      // seconds since 1970
};

// Of this process, by the kernel.
ProcessUse process_use();

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Thread-safe, not for the player's or a runner's path.
  void count_request(int status, double seconds);
  void count_job(JobState state);
  void count_ask(const AskReport& report);
  void count_webhook(const std::string& hook, std::string_view outcome);
  // Gauges are read off when somebody asks.
  void set_queue(double queued, double running);
  void set_sessions(double stored);
  void set_device(const DeviceState& device);
  void set_webhook_backlog(const std::string& hook, double messages);
  void set_store(const StoreSize& size);
  // The age of the newest backup, where there is one; how many failed since; whether the last look at the
  // audit chain found a fault.
  void set_upkeep(std::optional<double> backup_age_seconds, int backup_failures, bool audit_fault);
  void set_process(const ProcessUse& use);
  std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
  mutable std::mutex mutex_;
  std::optional<double> backup_age_;                   // seconds
  std::map<std::string, LatenessHistogram> lateness_;  // by device, as it was when somebody asked
};

}  // namespace doodled
