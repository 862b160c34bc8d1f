// Numbers for Prometheus, in its text format.
#pragma once
#include <memory>
#include <string>

#include "core/interpret/net/remote_interpreter.hpp"
#include "core/play/device_rack.hpp"
#include "core/store/job_state.hpp"

namespace doodled {

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Thread-safe, not for the player's or a runner's path.
  void count_request(int status, double seconds);
  void count_job(JobState state);
  void count_ask(const AskReport& report);
  // Gauges are read off when somebody asks.
  void set_queue(double queued, double running);
  void set_sessions(double stored);
  void set_device(const DeviceState& device);
  std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace doodled
