#include "core/inputs/hands.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/log.hpp"

namespace doodled {
namespace {

constexpr std::size_t most_waiting = 4096;
constexpr std::string_view own_addresses = "/doodled/";

bool is_pressed(double value) { return value >= 0.5; }

// How many steps a relative encoder was turned.
int steps_of(ControlMode mode, double value) {
  const int raw = static_cast<int>(std::lround(value * 127));
  if (mode == ControlMode::relative_64) return raw - 64;
  return raw < 64 ? raw : raw - 128;
}

// All sound off and all notes off, as a panic button sends them.
bool is_panic(const ControlMessage& control) {
  return control.from.kind == ControlKind::controller &&
         (control.from.number == 120 || control.from.number == 123);
}

}  // namespace

Hands::Hands(Actions& actions, Sync& sync, const Clock& clock, Bindings bindings,
             std::function<void(const Binding&)> learned)
    : actions_(actions),
      sync_(sync),
      clock_(clock),
      learned_(std::move(learned)),
      bindings_(std::move(bindings)),
      thread_([this](std::stop_token stopping) { work(stopping); }) {}

void Hands::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Hands::heard_midi(const std::string& input, Bytes message) {
  sync_.midi(input, message, clock_.now());
  if (auto control = control_message(message)) push({input, std::move(*control), {}});
}

void Hands::heard_osc(const std::string& input, Bytes packet) {
  auto messages = parse_osc(packet);
  if (!messages) {
    refused_.fetch_add(1);
    return;
  }
  for (auto& message : *messages) {
    ControlMessage control{{ControlKind::osc, 0, 0, message.address},
                           message.numbers.empty() ? 1 : message.numbers.back()};
    push({input, std::move(control), std::move(message)});
  }
}

void Hands::push(Heard heard) {
  const std::lock_guard lock(queue_mutex_);
  if (queue_.size() == most_waiting) queue_.pop_front();  // a flood: the newest count
  queue_.push_back(std::move(heard));
  wake_.notify_one();
}

void Hands::work(std::stop_token stopping) {
  std::unique_lock lock(queue_mutex_);
  while (wake_.wait(lock, stopping, [this] { return !queue_.empty(); }) && !stopping.stop_requested()) {
    const Heard heard = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    try {
      handle(heard);
    } catch (const std::exception& failure) {
      log::warning("inputs", failure.what(), {{"input", heard.input}});
    }
    lock.lock();
  }
}

void Hands::handle(const Heard& heard) {
  if (learn_from(heard)) return;
  if (turn_by_bindings(heard)) return;
  do_unbound(heard);
}

bool Hands::turn_by_bindings(const Heard& heard) {
  std::vector<Binding> bound;
  {
    const std::lock_guard lock(mutex_);
    for (const auto* binding : bindings_.of(heard.input, heard.control.from)) bound.push_back(*binding);
  }
  for (const auto& binding : bound) turn(binding, heard.control);
  return !bound.empty();
}

void Hands::turn(const Binding& binding, const ControlMessage& control) {
  const ActionInfo& action = *find_action(binding.action);
  ActionCall call{.value = {}, .text = binding.text, .track = binding.track};
  if (action.value == ActionValue::unit || action.value == ActionValue::tempo ||
      action.value == ActionValue::step)
    return turn_value(binding, control, action);
  if (control.from.kind == ControlKind::program) {
    if (action.value == ActionValue::number && binding.text.empty()) call.value = control.value;
    return actions_.post(binding.action, call);
  }
  // A button: pressed once, whatever it sends while it is held.
  const double before = std::exchange(before_[binding.id], control.value);
  if (action.value == ActionValue::number && binding.text.empty()) call.value = binding.from;
  if (is_pressed(control.value) && !is_pressed(before)) actions_.post(binding.action, call);
}

void Hands::turn_value(const Binding& binding, const ControlMessage& control, const ActionInfo& action) {
  ActionCall call{.value = {}, .text = binding.text, .track = binding.track};
  const int macro = macro_number(binding.action);
  if (binding.mode != ControlMode::absolute) {
    const int steps = steps_of(binding.mode, control.value);
    if (steps == 0) return;
    const double now =
        macro > 0 ? actions_.macro(macro).value : before_.try_emplace(binding.id, 0.5).first->second;
    call.value = action.value == ActionValue::step
                     ? static_cast<double>(steps)
                     : std::clamp(now + steps * (binding.to - binding.from) / 127, 0.0, 1.0);
    before_[binding.id] = *call.value;
    return actions_.post(binding.action, call);
  }
  call.value = binding.from + std::clamp(control.value, 0.0, 1.0) * (binding.to - binding.from);
  const bool soft =
      macro > 0 && binding.takeover == Takeover::pickup && control.from.kind != ControlKind::osc;
  if (soft && !pickups_[binding.id].has(*call.value, actions_.macro(macro).value)) return;
  actions_.post(binding.action, call);
}

void Hands::do_unbound(const Heard& heard) {
  const auto& control = heard.control;
  if (control.from.kind == ControlKind::osc) return do_osc(heard.osc);
  if (control.from.kind == ControlKind::program)
    return actions_.post("session", {.value = control.value, .text = {}, .track = {}});
  if (is_panic(control)) actions_.post("panic");
}

// /doodled/macro/3 0.5, /doodled/release/3, /doodled/param/cutoff [track] 0.5, /doodled/<action> [value]
// [text].
void Hands::do_osc(const OscMessage& osc) {
  if (!osc.address.starts_with(own_addresses)) return;
  std::string name = osc.address.substr(own_addresses.size());
  ActionCall call;
  if (!osc.numbers.empty()) call.value = osc.numbers.back();
  if (!osc.texts.empty()) call.text = osc.texts.front();
  if (name.starts_with("param/")) {
    call.text = name.substr(6);
    if (osc.numbers.size() > 1) call.track = static_cast<int>(std::clamp(osc.numbers.front(), -1.0, 128.0));
    name = "parameter";
  }
  std::ranges::replace(name, '/', '-');
  const ActionInfo* action = find_action(name);
  if (action == nullptr) {
    refused_.fetch_add(1);
    return;
  }
  const bool button = action->value == ActionValue::none;
  if (button && call.value && *call.value == 0) return;  // let go
  if (button) call.value.reset();
  actions_.post(name, call);
}

}  // namespace doodled
