// Whether the machine itself was on time: a loop on each core, above everything else, that writes down when
// it was late. Shared machines stall for milliseconds; what is sent in such a moment says nothing of the
// sender.
#pragma once
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <pthread.h>
#include <time.h>

namespace bench {

inline double monotonic_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Sample {
  double due_ms = 0, late_ms = 0;  // CLOCK_MONOTONIC
};

// A bare loop of clock_nanosleep to absolute times `step_ms` apart, from `start_ms` on.
inline std::vector<Sample> bare_loop(double start_ms, double seconds, double step_ms,
                                     const std::atomic<bool>& stop) {
  std::vector<Sample> samples;
  const double end = start_ms + seconds * 1000;
  samples.reserve(static_cast<std::size_t>(seconds * 1000 / step_ms) + 1);
  for (double due = start_ms; due < end && !stop.load(); due += step_ms) {
    const auto whole = static_cast<time_t>(due / 1e3);
    const timespec at{whole, static_cast<long>((due - static_cast<double>(whole) * 1e3) * 1e6)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr);
    samples.push_back({due, monotonic_ms() - due});
  }
  return samples;
}

inline bool to_fifo(int priority) {
  const sched_param parameters{.sched_priority = priority};
  return pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) == 0;
}

inline void to_core(unsigned core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  pthread_setaffinity_np(pthread_self(), sizeof cores, &cores);
}

class CoreProbes {
 public:
  static constexpr double on_time_ms = 0.2;

  void start(double start_ms, double seconds) {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    late_.resize(cores);
    for (unsigned core = 0; core < cores; ++core)
      threads_.emplace_back([this, core, start_ms, seconds] {
        to_core(core);
        to_fifo(80);
        for (const auto& sample : bare_loop(start_ms, seconds, 0.5, stop_))
          if (sample.late_ms > on_time_ms) late_[core].push_back(sample);
      });
  }
  void join() {
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    for (const auto& core : late_)
      for (const auto& sample : core)
        stalls_.push_back({sample.due_ms - 1, sample.due_ms + sample.late_ms + 1});
    std::ranges::sort(stalls_);
  }
  // The samples of moments in which every core was on time.
  std::vector<double> fair(const std::vector<Sample>& samples) const {
    std::vector<double> kept;
    auto stall = stalls_.begin();
    double until = -1;
    for (const auto& sample : samples) {
      for (; stall != stalls_.end() && stall->first <= sample.due_ms; ++stall)
        until = std::max(until, stall->second);
      if (sample.due_ms > until) kept.push_back(sample.late_ms);
    }
    std::ranges::sort(kept);
    return kept;
  }

 private:
  std::atomic<bool> stop_{false};
  std::vector<std::vector<Sample>> late_;
  std::vector<std::pair<double, double>> stalls_;
  std::vector<std::thread> threads_;
};

}  // namespace bench
