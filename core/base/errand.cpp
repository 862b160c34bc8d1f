#include "core/base/errand.hpp"

#include <utility>

namespace doodled {

Errand::Errand(std::function<void()> work)
    : work_(std::move(work)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Errand::ask() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(asked_, true)) return;
  }
  wake_.notify_one();
}

void Errand::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return asked_; })) {
    lock.unlock();
    work_();
    lock.lock();
    asked_ = false;
  }
}

}  // namespace doodled
