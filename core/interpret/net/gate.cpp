#include "core/interpret/net/gate.hpp"

#include <algorithm>

namespace doodled {

using std::chrono::milliseconds;

Gate::Place Gate::enter_at_once() {
  {
    std::lock_guard lock(mutex_);
    if (!line_.empty() || !is_open_locked()) return nullptr;
    ++inside_;
  }
  return new_place();
}

std::uint64_t Gate::queue(Enter enter) {
  std::uint64_t ticket = 0;
  {
    std::lock_guard lock(mutex_);
    ticket = ++last_ticket_;
    line_.push_back({ticket, std::move(enter)});
  }
  let_in();
  return ticket;
}

bool Gate::leave(std::uint64_t ticket) {
  std::lock_guard lock(mutex_);
  return std::erase_if(line_, [&](const Waiting& one) { return one.ticket == ticket; }) > 0;
}

void Gate::pause(milliseconds time) {
  {
    std::lock_guard lock(mutex_);
    const auto until = clock_.now() + time;
    if (until <= paused_until_) return;
    paused_until_ = until;
  }
  transport_.after(time, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->let_in();
  });
}

int Gate::inside() const {
  std::lock_guard lock(mutex_);
  return inside_;
}

int Gate::waiting() const {
  std::lock_guard lock(mutex_);
  return static_cast<int>(line_.size());
}

milliseconds Gate::paused() const {
  std::lock_guard lock(mutex_);
  return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(paused_until_ - clock_.now()));
}

void Gate::let_in() {
  while (auto enter = next()) (*enter)(new_place());
}

bool Gate::is_open_locked() const { return inside_ < places_ && clock_.now() >= paused_until_; }

std::optional<Gate::Enter> Gate::next() {
  std::lock_guard lock(mutex_);
  if (line_.empty() || !is_open_locked()) return std::nullopt;
  ++inside_;
  auto enter = std::move(line_.front().enter);
  line_.pop_front();
  return enter;
}

Gate::Place Gate::new_place() {
  return Place(this, [self = shared_from_this()](void*) {
    {
      std::lock_guard lock(self->mutex_);
      --self->inside_;
    }
    self->let_in();
  });
}

}  // namespace doodled
