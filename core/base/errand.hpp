// Work that is done beside its callers, by a thread that waits to be asked.
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace doodled {

class Errand {
 public:
  // `work` must not throw.
  explicit Errand(std::function<void()> work);

  // Has the work done soon. Whoever asks while it is done is not heard. Thread-safe, never waits.
  void ask();

 private:
  void run(const std::stop_token& stop);

  const std::function<void()> work_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool asked_ = false;
  std::jthread thread_;
};

}  // namespace doodled
