#include "server/watchdog.hpp"

#include <condition_variable>
#include <mutex>

#include "core/base/log.hpp"
#include "server/notify.hpp"

namespace doodled {
namespace {

void watch(const std::stop_token& stop, std::chrono::microseconds pause, const Watchdog::Question& is_well) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    if (is_well(pause))
      notify_well();
    else
      log::error("server", "the daemon does not answer itself; systemd is not told that it is well");
    wake.wait_for(lock, stop, pause, [] { return false; });
  }
}

}  // namespace

Watchdog::Watchdog(std::optional<std::chrono::microseconds> period, Question is_well) {
  if (!period) return;
  thread_ = std::jthread([pause = *period / 3, is_well = std::move(is_well)](const std::stop_token& stop) {
    watch(stop, pause, is_well);
  });
}

}  // namespace doodled
