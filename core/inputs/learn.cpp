// MIDI Learn: the next control that moves is bound.
#include <algorithm>

#include "core/base/log.hpp"
#include "core/inputs/hands.hpp"

namespace doodled {

LearnState Hands::learn(LearnWish wish) {
  {
    const std::lock_guard lock(mutex_);
    wish_ends_ = clock_.now() + Nanoseconds{static_cast<std::int64_t>(wish.seconds * 1e9)};
    wish_ = std::move(wish);
    last_learned_.reset();
  }
  return learning();
}

LearnState Hands::learning() const {
  const std::lock_guard lock(mutex_);
  LearnState state;
  state.learned = last_learned_;
  const auto left = wish_ends_ - clock_.now();
  if (!wish_ || left <= Nanoseconds{0}) return state;
  state.active = true;
  state.action = wish_->binding.action;
  state.seconds_left = static_cast<double>(left.count()) / 1e9;
  return state;
}

void Hands::stop_learning() {
  const std::lock_guard lock(mutex_);
  wish_.reset();
}

// A key that is let go, and a button, are not what was meant to be moved.
bool Hands::learn_from(const Heard& heard) {
  if (!learning().active) return false;
  if (heard.control.from.kind == ControlKind::note && heard.control.value == 0) return false;
  Binding learned;
  {
    const std::lock_guard lock(mutex_);
    if (!wish_) return false;
    learned = std::move(wish_->binding);
    wish_.reset();
    learned.input = heard.input;
    learned.control = heard.control.from;
    learned = bindings_.add(std::move(learned));
    last_learned_ = learned;
  }
  before_[learned.id] = heard.control.value;
  pickups_.erase(learned.id);
  log::info("inputs", "learned", {{"input", learned.input}, {"action", learned.action}});
  if (learned_) learned_(learned);
  return true;
}

std::vector<Binding> Hands::bindings() const {
  const std::lock_guard lock(mutex_);
  return bindings_.all();
}

Binding Hands::bind(Binding binding) {
  const std::lock_guard lock(mutex_);
  return bindings_.add(std::move(binding));
}

bool Hands::unbind(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return bindings_.remove(id);
}

}  // namespace doodled
