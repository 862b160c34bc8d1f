#include <ctime>
#include <thread>

#include <sys/timex.h>

#include "core/play/realtime.hpp"
#include "server/doctor/finding.hpp"

namespace doodled::doctor {
namespace {

using State = Finding::State;

constexpr int player_priority = 45;  // the highest that the daemon asks for

// On a thread of its own, which ends with what it was given.
Finding realtime_finding(bool wanted) {
  RealtimeGrant grant;
  std::jthread([&] { grant = enter_realtime("doctor", player_priority, wanted); }).join();
  if (grant.granted || !wanted) return {State::good, "real-time", grant.detail};
  return {State::note, "real-time",
          grant.detail +
              ": notes may come late when the machine is busy. As a service the daemon may have it; else let "
              "this user: '@audio - rtprio 50' in /etc/security/limits.d/audio.conf, then log in anew"};
}

Finding timer_finding() {
  timespec resolution{};
  clock_getres(CLOCK_MONOTONIC, &resolution);
  if (resolution.tv_sec == 0 && resolution.tv_nsec <= 1000)
    return {State::good, "timer", "has high resolution"};
  return {State::bad, "timer", "is too coarse for music: the kernel lacks high-resolution timers"};
}

// A box without a battery wakes up in the past, and what it stores is then dated so.
Finding clock_finding() {
  timex state{};
  if (adjtimex(&state) != TIME_ERROR) return {State::good, "clock", "is set by a time server"};
  return {State::note, "clock",
          "is not set by a time server, so dates of what is stored may be wrong; music keeps time by another "
          "clock (timedatectl set-ntp true)"};
}

}  // namespace

Findings look_at_time(const Settings& settings) {
  return {realtime_finding(settings.play.realtime), timer_finding(), clock_finding()};
}

}  // namespace doodled::doctor
