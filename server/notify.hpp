// What systemd and the daemon tell each other: sd_notify(3), sd_listen_fds(3), sd_watchdog_enabled(3).
// Without their variables in the environment nothing is told and nothing found.
#pragma once
#include <chrono>
#include <optional>

namespace doodled {

// One datagram to $NOTIFY_SOCKET each.
void notify_ready();
void notify_stopping();
void notify_well();

// The listening socket that doodled.socket has opened, when this very process was started for it.
std::optional<int> inherited_socket();
// After how long without notify_well() systemd restarts this process.
std::optional<std::chrono::microseconds> watchdog_period();

}  // namespace doodled
