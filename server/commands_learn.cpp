// MIDI Learn from the command line: asks the running daemon.
#include <iostream>
#include <thread>

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "server/commands.hpp"
#include "server/daemon_client.hpp"

namespace doodled::commands {
namespace {

using namespace std::chrono_literals;

constexpr auto* learn_path = "/api/v1/learn";

}  // namespace

int learn(const Settings& settings, const LearnOptions& options) {
  const SystemClock clock;
  CurlTransport transport(clock);
  DaemonClient daemon(transport, settings);
  Json wish{{"action", options.action}, {"seconds", options.seconds}};
  if (!options.text.empty()) wish["text"] = options.text;
  if (options.jump) wish["takeover"] = "jump";
  if (options.relative) wish["mode"] = "relative";
  auto state = daemon.ask("POST", learn_path, to_text(wish));
  if (!state) return report(state.error());
  std::cerr << "Move the control for " << options.action << " ..." << std::endl;
  while (state && state->at("active").get<bool>()) {
    std::this_thread::sleep_for(200ms);
    state = daemon.ask("GET", learn_path);
  }
  if (!state) return report(state.error());
  if (state->at("learned").is_null()) return report({"nothing_learned", "nothing moved in time", {}});
  std::cout << to_text(state->at("learned")) << "\n";
  return done;
}

}  // namespace doodled::commands
