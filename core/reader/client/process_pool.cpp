#include "core/reader/client/process_pool.hpp"

#include <algorithm>
#include <utility>

#include "core/base/turns.hpp"

namespace doodled::reader {

ProcessPool::ProcessPool(const ReaderSettings& settings, const Clock& clock)
    : settings_(settings),
      clock_(clock),
      janitor_([this](const std::stop_token& stop) { end_idle_ones(stop); }) {}

ProcessPool::~ProcessPool() {
  janitor_.request_stop();
  bell_.ring();
  janitor_.join();
}

bool ProcessPool::reserve(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (!freed_.wait(lock, stop, [&] { return busy_ < settings_.processes; })) return false;
  ++busy_;
  return true;
}

void ProcessPool::release() {
  {
    const std::lock_guard lock(mutex_);
    --busy_;
  }
  freed_.notify_one();
}

// The one used last, which is the most likely to be in memory still.
std::optional<ReaderProcess> ProcessPool::pop_warm() {
  const std::lock_guard lock(mutex_);
  if (warm_.empty()) return std::nullopt;
  ReaderProcess process = std::move(warm_.back().process);
  warm_.pop_back();
  return process;
}

Result<ProcessPool::Taken> ProcessPool::take(const std::stop_token& stop) {
  if (!reserve(stop)) return Error{"cancelled", "Reading the picture was cancelled."};
  while (auto process = pop_warm()) {
    if (process->is_waiting()) return Taken{std::move(*process), false};
  }
  auto started = ReaderProcess::start(settings_);
  if (started) return Taken{std::move(*started), true};
  release();
  return started.error();
}

void ProcessPool::give_back(ReaderProcess process) {
  const bool worn = process.pictures() >= settings_.keep_pictures ||
                    process.resident_bytes() > settings_.keep_resident_bytes;
  if (worn) {
    give_up(std::move(process));
    return;
  }
  bool watched = false;
  {
    const std::lock_guard lock(mutex_);
    const Nanoseconds now = clock_.now();
    warm_.push_back({std::move(process), now});
    watched = looks_again_ <= now + settings_.idle;
  }
  release();
  if (!watched) bell_.ring();
}

std::string ProcessPool::give_up(ReaderProcess process) {
  std::string how = process.end();
  release();
  return how;
}

PoolStatus ProcessPool::status() const {
  const std::lock_guard lock(mutex_);
  PoolStatus status{static_cast<int>(warm_.size()) + busy_, busy_, {}};
  for (const Warm& warm : warm_) status.waiting.push_back(warm.process.pid());
  return status;
}

std::vector<ReaderProcess> ProcessPool::take_idle_too_long() {
  const std::lock_guard lock(mutex_);
  const Nanoseconds now = clock_.now();
  const auto first_kept = std::find_if(warm_.begin(), warm_.end(),
                                       [&](const Warm& warm) { return warm.since + settings_.idle > now; });
  std::vector<ReaderProcess> ended;
  for (auto warm = warm_.begin(); warm != first_kept; ++warm) ended.push_back(std::move(warm->process));
  warm_.erase(warm_.begin(), first_kept);
  return ended;
}

Nanoseconds ProcessPool::next_end() {
  const std::lock_guard lock(mutex_);
  looks_again_ = warm_.empty() ? Nanoseconds::max() : warm_.front().since + settings_.idle;
  return looks_again_;
}

void ProcessPool::end_idle_ones(const std::stop_token& stop) {
  take_turns(
      clock_, bell_, [&] { return stop.stop_requested(); },
      [this] {
        take_idle_too_long();
        return next_end();
      });
}

}  // namespace doodled::reader
