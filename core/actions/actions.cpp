#include "core/actions/actions.hpp"

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"

namespace doodled {
namespace {

constexpr std::size_t most_posted = 64;
constexpr std::chrono::milliseconds between_changes{50};

void complain(std::string_view action, const Error& error) {
  log::warning("actions", error.message, {{"action", std::string(action)}, {"code", error.code}});
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Actions::Actions(ActionServices services)
    : services_(std::move(services)),
      hand_(services_.store, services_.performer, services_.rack),
      thread_([this](std::stop_token stop) { work(stop); }) {}

void Actions::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

Result<HandState> Actions::perform(std::string_view name, const ActionCall& call) {
  const auto action = check_call(name, call);
  if (!action) return action.error();
  if (const auto done = act(**action, call); !done) return done.error();
  return state();
}

void Actions::post(std::string_view name, const ActionCall& call) {
  const auto action = check_call(name, call);
  if (!action) return complain(name, action.error());
  if (!(*action)->slow) {
    if (const auto done = act(**action, call); !done) complain(name, done.error());
    return;
  }
  const std::lock_guard lock(queue_mutex_);
  if (posted_.size() == most_posted) return;  // a stuck pad
  posted_.push_back({*action, call});
  wake_.notify_one();
}

HandState Actions::state() {
  const std::lock_guard lock(hand_mutex_);
  HandState state;
  if (hand_.look()) state.session_id = hand_.session_id();
  state.play_id = hand_.play_id();
  state.macros = hand_.controls().macros();
  return state;
}

MacroState Actions::macro(int number) {
  const std::lock_guard lock(hand_mutex_);
  (void)hand_.look();
  return hand_.controls().macro(number);
}

Result<void> Actions::act(const ActionInfo& action, const ActionCall& call) {
  if (is_one_of(action.name, {"play", "join", "stop", "toggle", "panic", "tempo", "tap", "nudge"}))
    return act_on_sound(action, call);
  const std::lock_guard lock(hand_mutex_);
  const auto before = hand_.session_id();
  const auto seen = hand_.look();
  const bool names_one = action.name == "session";
  if (!seen && !names_one) return seen;
  const auto done = action.slow ? act_on_session(action, call) : act_on_controls(action, call);
  if (before != hand_.session_id()) mark_all_changed();
  return done;
}

Result<void> Actions::act_on_sound(const ActionInfo& action, const ActionCall& call) {
  if (action.name == "stop") return stop_playing();
  if (action.name == "tempo") return set_tempo(*call.value);
  if (action.name == "nudge") return set_tempo(services_.rack.transport().tempo_bpm + *call.value);
  const std::lock_guard lock(hand_mutex_);
  if (action.name == "tap") return tap();
  if (action.name == "play") return play();
  if (action.name == "join") return join();
  if (action.name == "toggle") return services_.rack.sounding().empty() ? play() : stop_playing();
  services_.rack.panic_all();
  return {};
}

Result<void> Actions::act_on_session(const ActionInfo& action, const ActionCall& call) {
  if (action.name == "variation") return vary(call);
  if (action.name == "back") return back();
  if (action.name == "keep") return keep();
  if (action.name == "session") return pick(call);
  return neighbour(action.name == "next");
}

Result<void> Actions::act_on_controls(const ActionInfo& action, const ActionCall& call) {
  auto& controls = hand_.controls();
  if (action.name == "parameter")
    return tell(controls.hold(*parameter_from_name(call.text), call.track, *call.value));
  if (action.name == "release-parameter")
    return tell(controls.release(*parameter_from_name(call.text), call.track));
  if (action.name == "release") {
    mark_all_changed();
    return tell(controls.release_all());
  }
  const int number = macro_number(action.name);
  mark_changed(number);
  return tell(action.value == ActionValue::unit ? controls.turn(number, *call.value)
                                                : controls.release(number));
}

Result<void> Actions::tell(const std::vector<Touch>& touches) {
  if (hand_.play_id().empty() || touches.empty()) return {};
  const auto told = services_.rack.touch(hand_.play_id(), touches);
  // It ended between two looks; what is held is told to the next play.
  if (!told && told.error().code != "unknown_play") return told;
  return {};
}

void Actions::mark_changed(int number) {
  const std::lock_guard lock(queue_mutex_);
  changed_macros_ |= 1U << number;
  wake_.notify_one();
}

void Actions::mark_all_changed() {
  for (int number = 1; number <= Controls::macro_count; ++number) mark_changed(number);
}

void Actions::work(std::stop_token stop) {
  std::unique_lock lock(queue_mutex_);
  while (wake_.wait(lock, stop, [this] { return !posted_.empty() || changed_macros_ != 0; }) &&
         !stop.stop_requested()) {
    if (!posted_.empty()) {
      const Posted next = std::move(posted_.front());
      posted_.pop_front();
      lock.unlock();
      try {
        if (const auto done = act(*next.action, next.call); !done) complain(next.action->name, done.error());
      } catch (const std::exception& failure) {
        complain(next.action->name, {"failed", failure.what(), {}});
      }
      lock.lock();
    }
    publish_changes(lock);
    wake_.wait_for(lock, stop, between_changes, [this] { return !posted_.empty(); });
  }
}

void Actions::publish_changes(std::unique_lock<std::mutex>& lock) {
  const auto changed = std::exchange(changed_macros_, 0);
  lock.unlock();
  for (int number = 1; number <= Controls::macro_count && services_.macro_changed; ++number)
    if ((changed >> number & 1U) != 0) services_.macro_changed(macro(number));
  lock.lock();
}

Json to_json(const HandState& state) {
  Json macros = Json::array();
  for (const auto& macro : state.macros) macros.push_back(to_json(macro));
  const auto or_null = [](const std::string& id) { return id.empty() ? Json() : Json(id); };
  return {{"session_id", or_null(state.session_id)},
          {"play_id", or_null(state.play_id)},
          {"macros", std::move(macros)}};
}

}  // namespace doodled
