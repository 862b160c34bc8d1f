#include "core/play/realtime.hpp"

#include <cstring>

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>

namespace doodled {

RealtimeGrant enter_realtime(const char* thread_name, int priority, bool wanted) {
  pthread_setname_np(pthread_self(), thread_name);
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  if (!wanted) return {false, "real-time priority is switched off in the settings"};
  const sched_param parameters{.sched_priority = priority};
  const int failure = pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters);
  if (failure == 0) return {true, "SCHED_FIFO " + std::to_string(priority)};
  return {false, std::string("no real-time priority: ") + std::strerror(failure)};
}

void block_signals() noexcept {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

void leave_realtime(pthread_t thread) noexcept {
  const sched_param parameters{.sched_priority = 0};
  pthread_setschedparam(thread, SCHED_OTHER, &parameters);
}

}  // namespace doodled
