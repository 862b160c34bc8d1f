// Tells systemd that the daemon is well, for as long as it is. Does nothing without a watchdog.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <thread>

namespace doodled {

class Watchdog {
 public:
  // `is_well(within)` is asked on a thread of its own, three times a period, and answers in `within`, a
  // third. Who is not well is not reported, and systemd acts when the period is over.
  using Question = std::function<bool(std::chrono::microseconds within)>;
  Watchdog(std::optional<std::chrono::microseconds> period, Question is_well);

 private:
  std::jthread thread_;
};

}  // namespace doodled
