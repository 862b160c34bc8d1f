// Real-time priority for the calling thread, where the system allows it.
#pragma once
#include <string>

#include <pthread.h>

namespace doodled {

struct RealtimeGrant {
  bool granted = false;
  std::string detail;  // 'SCHED_FIFO 40', or why not
};

// Also asks for a timer slack of 1 ns, which needs no permission, and names the thread (15 characters).
RealtimeGrant enter_realtime(const char* thread_name, int priority, bool wanted);
// The calling thread and those it starts take no signals: they are for the main thread, and a sound server
// that dies must not end the process by SIGPIPE.
void block_signals() noexcept;
// Back to normal scheduling, for a thread that hangs: under SCHED_FIFO it could take a core for itself.
void leave_realtime(pthread_t thread) noexcept;

}  // namespace doodled
