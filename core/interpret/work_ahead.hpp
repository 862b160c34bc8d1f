// Work on pictures, begun while they are still on their way to the disk, so that their jobs find it under
// way.
#pragma once
#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clock.hpp"
#include "core/image/begun.hpp"
#include "core/interpret/interpreter.hpp"

namespace doodled {

// `How` says what is to be made of a picture, and has ==. Thread-safe; outlives each KeepAhead that it gave.
template <class How, class Made>
class WorkAhead {
 public:
  // Returns when the picture's header is known; the bytes are not needed any more by then.
  using Work = std::function<Result<Begun<Made>>(Bytes image, const How& how, std::stop_token stop)>;

  // The rest of one piece of work, on a thread of its own; stopped when it is dropped.
  class Underway {
   public:
    Underway(std::shared_ptr<void> place, How how, Nanoseconds since)
        : place_(std::move(place)), how_(std::move(how)), since_(since), made_(promise_.get_future()) {}
    ~Underway() { stop_.request_stop(); }
    Underway(const Underway&) = delete;
    Underway& operator=(const Underway&) = delete;

    std::stop_token stop_token() const { return stop_.get_token(); }
    void go_on(std::function<Result<Made>()> rest) {
      thread_ = std::jthread([this, rest = std::move(rest)] {
        try {
          promise_.set_value(rest());
        } catch (...) {
          promise_.set_exception(std::current_exception());
        }
      });
    }

    const How& how() const { return how_; }
    Nanoseconds since() const { return since_; }
    // Blocks until it is done; a stop request ends it as `work` ends then. Once only.
    Result<Made> wait(const std::stop_token& stop) {
      const std::stop_callback on_stop(stop, [this] { stop_.request_stop(); });
      return made_.get();
    }

   private:
    const std::shared_ptr<void> place_;
    const How how_;
    const Nanoseconds since_;
    std::stop_source stop_;
    std::promise<Result<Made>> promise_;
    std::future<Result<Made>> made_;
    std::jthread thread_;
  };

  // At most `most` are under way, or wait for their job or with it; no more are begun meanwhile. One that no
  // job has taken after a minute is dropped.
  WorkAhead(Work work, std::size_t most, const Clock& clock)
      : work_(std::move(work)), most_(most), clock_(clock) {}

  // Blocks until the header is known. Nothing where no place is free; errors: those of `work`.
  Result<std::optional<Ahead>> begin(Bytes image, How how) {
    drop_forgotten();
    auto place = free_place();
    if (!place) return std::optional<Ahead>();
    const auto underway = std::make_shared<Underway>(std::move(place), std::move(how), clock_.now());
    auto begun = work_(image, underway->how(), underway->stop_token());
    if (!begun) return begun.error();
    underway->go_on(std::move(begun->rest));
    return std::optional(Ahead{std::move(begun->info), [this, underway](const std::string& image_sha256) {
                                 const std::lock_guard lock(mutex_);
                                 kept_.emplace(image_sha256, underway);
                               }});
  }

  // Null where none was begun for that picture.
  std::shared_ptr<Underway> take(const std::string& image_sha256, const How& how) {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = kept_.equal_range(image_sha256);
    for (auto entry = first; entry != last; ++entry)
      if (entry->second->how() == how) return std::move(kept_.extract(entry).mapped());
    return nullptr;
  }

 private:
  static constexpr Nanoseconds forgotten_after = std::chrono::minutes(1);
  using Kept = std::multimap<std::string, std::shared_ptr<Underway>>;

  // Taken from the beginning on: work that is dropped since another was kept first would cost the process
  // that does it. Null where none is free.
  std::shared_ptr<void> free_place() {
    const std::lock_guard lock(mutex_);
    if (taken_ >= most_) return nullptr;
    ++taken_;
    return {this, [](WorkAhead* self) {
              const std::lock_guard freeing(self->mutex_);
              --self->taken_;
            }};
  }

  void drop_forgotten() {
    Kept dropped;  // ends outside the lock
    const std::lock_guard lock(mutex_);
    for (auto entry = kept_.begin(); entry != kept_.end();) {
      const auto next = std::next(entry);
      if (clock_.now() - entry->second->since() > forgotten_after) dropped.insert(kept_.extract(entry));
      entry = next;
    }
  }

  const Work work_;
  const std::size_t most_;
  const Clock& clock_;
  std::mutex mutex_;
  std::size_t taken_ = 0;
  Kept kept_;  // by the picture's SHA-256
};

}  // namespace doodled
