#include "core/perform/evolver.hpp"

#include "core/base/log.hpp"

namespace doodled {

Evolver::Evolver(Hand hand, RuleOptions rules)
    : hand_(std::move(hand)),
      rules_(std::move(rules)),
      thread_([this](std::stop_token stop) { work(stop); }) {}

void Evolver::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Evolver::begin(const std::string& play_id, Session session, EvolveWish wish, Session first) {
  const std::lock_guard lock(mutex_);
  evolving_[play_id] = {std::move(session), std::move(first), std::move(wish), 1, 2, {0, true, 0, {}}};
}

void Evolver::moved_on(const std::string& play_id, std::uint32_t version, Tick at) {
  const std::lock_guard lock(mutex_);
  const auto found = evolving_.find(play_id);
  if (found == evolving_.end() || found->second.version != version) return;
  auto& [session, last, wish, made, known, state] = found->second;
  state.form = made;
  state.ready = false;
  state.late += at == place_of_form(session, wish, made) ? 0 : 1;
  due_.push_back(play_id);
  wake_.notify_one();
}

void Evolver::ended(const std::string& play_id) {
  const std::lock_guard lock(mutex_);
  evolving_.erase(play_id);
}

std::optional<EvolveState> Evolver::state(const std::string& play_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = evolving_.find(play_id);
  if (found == evolving_.end()) return std::nullopt;
  return found->second.state;
}

void Evolver::work(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return !due_.empty(); }) && !stop.stop_requested()) {
    const std::string play_id = due_.front();
    due_.erase(due_.begin());
    make_next(lock, play_id);
  }
}

// The lock is not held while the form is made: that takes milliseconds. It is while the form is handed over,
// so that nobody hears of its version before it is known here.
void Evolver::make_next(std::unique_lock<std::mutex>& lock, const std::string& play_id) {
  const auto found = evolving_.find(play_id);
  if (found == evolving_.end()) return;
  const Evolving now = found->second;
  const int number = now.made + 1;
  lock.unlock();
  auto form = next_form(now.session, now.last, now.wish, number, rules_);
  lock.lock();
  const auto still = evolving_.find(play_id);
  if (still == evolving_.end()) return;
  const auto version = form ? hand_(play_id, *form, place_of_form(now.session, now.wish, number))
                            : Result<std::uint32_t>(form.error());
  auto& evolving = still->second;
  if (version) {
    evolving.last = std::move(form->session);
    evolving.made = number;
    evolving.version = *version;
    evolving.state.ready = true;
    return;
  }
  evolving.state.problem = version.error().message;
  if (version.error().code != "unknown_play")
    log::warning("player", "a play no longer evolves: " + version.error().message, {{"play", play_id}});
}

}  // namespace doodled
