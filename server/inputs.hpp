// The configured inputs, and the hands behind them.
#pragma once
#include <memory>
#include <vector>

#include "core/events/bus.hpp"
#include "core/inputs/hands.hpp"
#include "drivers/input/listener.hpp"
#include "server/settings.hpp"

namespace doodled {

class Inputs {
 public:
  // Error: 'invalid_input'. Bindings that can't be used are put aside. What is given outlives it.
  static Result<std::unique_ptr<Inputs>> open(const Settings& settings, Actions& actions, Sync& sync,
                                              Bus& bus, const Clock& clock);
  // Nothing is heard any more.
  void close();

  Hands& hands() { return hands_; }
  // [{"id", "kind", "ready", "detail", "messages"}]
  Json states() const;

 private:
  Inputs(Actions& actions, Sync& sync, Bus& bus, const Clock& clock, Bindings bindings);

  Hands hands_;
  std::vector<std::unique_ptr<Listener>> listeners_;  // last: they use what is above
};

}  // namespace doodled
