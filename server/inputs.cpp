#include "server/inputs.hpp"

#include <nlohmann/json.hpp>

namespace doodled {

Inputs::Inputs(Actions& actions, Sync& sync, Bus& bus, const Clock& clock, Bindings bindings)
    : hands_(actions, sync, clock, std::move(bindings), [&bus](const Binding& binding) {
        bus.publish("actions", "binding.learned", to_json(binding));
      }) {}

Result<std::unique_ptr<Inputs>> Inputs::open(const Settings& settings, Actions& actions, Sync& sync, Bus& bus,
                                             const Clock& clock) {
  auto bindings = Bindings::load_or_put_aside(settings.store.data_dir / "bindings.json", clock.wall_ms());
  std::unique_ptr<Inputs> inputs(new Inputs(actions, sync, bus, clock, std::move(bindings)));
  for (std::size_t i = 0; i < settings.inputs.size(); ++i) {
    const auto& input = settings.inputs[i];
    Hands& hands = inputs->hands_;
    auto listener = listen_to(input, [&hands, id = input.id, midi = input.kind == "midi"](Bytes bytes) {
      midi ? hands.heard_midi(id, bytes) : hands.heard_osc(id, bytes);
    });
    if (!listener) {
      auto error = listener.error();
      for (auto& problem : error.problems)
        problem.pointer = "/input/" + std::to_string(i) + "/" + problem.pointer;
      return error;
    }
    inputs->listeners_.push_back(std::move(*listener));
  }
  return inputs;
}

void Inputs::close() {
  listeners_.clear();
  hands_.stop();
}

Json Inputs::states() const {
  Json items = Json::array();
  for (const auto& listener : listeners_) {
    const auto state = listener->state();
    items.push_back({{"id", state.id},
                     {"kind", state.kind},
                     {"ready", state.ready},
                     {"detail", state.detail},
                     {"messages", state.messages}});
  }
  return items;
}

}  // namespace doodled
