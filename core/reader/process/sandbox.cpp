#include "core/reader/process/sandbox.hpp"

#include <cerrno>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace doodled::reader {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;  // sanitizers reserve terabytes of address space and report on stderr
#else
constexpr bool sanitized = false;
#endif

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

void set_limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limit{value, value};
  if (setrlimit(resource, &limit)) throw std::system_error(errno, std::generic_category(), "setrlimit");
}

// stderr may be the daemon's log, which no picture shall fill.
void silence_stderr() {
  if (sanitized) return;
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0 || dup2(nowhere, STDERR_FILENO) < 0)
    throw std::system_error(errno, std::generic_category(), "/dev/null");
}

void set_limits(int last_descriptor, const SandboxLimits& limits) {
  set_limit(RLIMIT_CORE, 0);
  set_limit(RLIMIT_NOFILE, static_cast<rlim_t>(last_descriptor) + 2);  // one more: a picture in sealed memory
  if (!sanitized && limits.memory_bytes > 0) set_limit(RLIMIT_AS, static_cast<rlim_t>(limits.memory_bytes));
}

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release) {
    if (!context_) throw std::system_error(ENOMEM, std::generic_category(), "seccomp_init");
    check(seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1), "seccomp: all threads");
  }

  template <class... Conditions>
  void allow(int call, Conditions... conditions) {
    check(seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, sizeof...(conditions), conditions...),
          "seccomp: rule");
  }
  void answer(int call, int error) {
    check(seccomp_rule_add(context_.get(), SCMP_ACT_ERRNO(static_cast<unsigned>(error)), call, 0),
          "seccomp: rule");
  }
  void load() { check(seccomp_load(context_.get()), "seccomp_load"); }

 private:
  std::unique_ptr<void, decltype(&seccomp_release)> context_;
};

constexpr int always_allowed[] = {SCMP_SYS(read),
                                  SCMP_SYS(write),
                                  SCMP_SYS(readv),
                                  SCMP_SYS(writev),
                                  SCMP_SYS(recvfrom),
                                  SCMP_SYS(recvmsg),
                                  SCMP_SYS(sendto),
                                  SCMP_SYS(sendmsg),
                                  SCMP_SYS(poll),
                                  SCMP_SYS(ppoll),
                                  SCMP_SYS(close),
                                  SCMP_SYS(fstat),
                                  SCMP_SYS(lseek),
                                  SCMP_SYS(munmap),
                                  SCMP_SYS(mremap),
                                  SCMP_SYS(brk),
                                  SCMP_SYS(madvise),
                                  SCMP_SYS(futex),
                                  SCMP_SYS(set_robust_list),
                                  SCMP_SYS(rseq),
                                  SCMP_SYS(membarrier),
                                  SCMP_SYS(rt_sigaction),
                                  SCMP_SYS(rt_sigprocmask),
                                  SCMP_SYS(rt_sigreturn),
                                  SCMP_SYS(sigaltstack),
                                  SCMP_SYS(sched_yield),
                                  SCMP_SYS(sched_getaffinity),
                                  SCMP_SYS(sched_getattr),
                                  SCMP_SYS(sched_getparam),
                                  SCMP_SYS(sched_getscheduler),
                                  SCMP_SYS(getcpu),
                                  SCMP_SYS(getpid),
                                  SCMP_SYS(gettid),
                                  SCMP_SYS(getrusage),
                                  SCMP_SYS(getrandom),
                                  SCMP_SYS(sysinfo),
                                  SCMP_SYS(uname),
                                  SCMP_SYS(clock_gettime),
                                  SCMP_SYS(clock_getres),
                                  SCMP_SYS(clock_nanosleep),
                                  SCMP_SYS(nanosleep),
                                  SCMP_SYS(gettimeofday),
                                  SCMP_SYS(time),
                                  SCMP_SYS(restart_syscall),
                                  SCMP_SYS(exit),
                                  SCMP_SYS(exit_group)};

// Memory is never made executable; threads may start, processes may not; signals (abort) go to this process
// only; the only limit that can be moved is that on processor time.
void allow_in_part(Filter& filter) {
  filter.allow(SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  filter.allow(SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  filter.allow(SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  filter.answer(SCMP_SYS(clone3), ENOSYS);  // its flags cannot be seen; the C library falls back on clone
  filter.allow(SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid())));
  filter.allow(SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME));
  filter.allow(SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFL));
  filter.allow(SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A1(SCMP_CMP_EQ, RLIMIT_CPU));
  filter.allow(SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0));
}

}  // namespace

void enter_sandbox(int last_descriptor, const SandboxLimits& limits) {
  silence_stderr();
  if (close_range(static_cast<unsigned>(last_descriptor) + 1, ~0U, 0))
    throw std::system_error(errno, std::generic_category(), "close_range");
  set_limits(last_descriptor, limits);
  Filter filter;  // sets no_new_privs when loaded
  for (const int call : always_allowed) filter.allow(call);
  allow_in_part(filter);
  filter.load();
}

void allow_cpu_seconds(int seconds) {
  rusage used{};
  rlimit limit{};
  getrusage(RUSAGE_SELF, &used);
  getrlimit(RLIMIT_CPU, &limit);
  limit.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + seconds);
  if (limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_CPU, &limit);
}

}  // namespace doodled::reader
