// MIDI Learn from the command line: asks the running daemon.
#include <future>
#include <iostream>
#include <thread>

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "core/interpret/net/curl_transport.hpp"
#include "server/commands.hpp"

namespace doodled::commands {
namespace {

using namespace std::chrono_literals;

const TransferLimits limits{1s, 6s, 6s, 8s, std::int64_t{1} << 20};

// The answer's JSON; its problem where the daemon refused.
Result<Json> ask(CurlTransport& transport, const Settings& settings, const std::string& method,
                 const std::string& body) {
  llm::HttpRequest request;
  request.method = method;
  request.url = "http://" + settings.server.listen + "/api/v1/learn";
  request.body = body;
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  const auto answer = std::make_shared<std::string>();
  const auto ended = std::make_shared<std::promise<int>>();
  TransferHandlers handlers;
  handlers.body = [answer](std::string_view bytes) { answer->append(bytes); };
  handlers.end = [ended](const TransferEnd& end) { ended->set_value(end.error ? 0 : end.status); };
  transport.start(std::move(request), limits, std::move(handlers));
  const int status = ended->get_future().get();
  if (status == 0)
    return Error{
        "no_daemon", "no daemon answers at " + settings.server.listen + "; start one with doodled serve", {}};
  auto json = parse_json(*answer);
  if (!json || status < 300) return json;
  Error refused{json->value("code", "failed"), json->value("detail", json->value("title", "refused")), {}};
  for (const auto& problem : json->value("errors", Json::array()))
    refused.problems.push_back({problem.value("pointer", ""), problem.value("message", "")});
  return refused;
}

}  // namespace

int learn(const Settings& settings, const LearnOptions& options) {
  const SystemClock clock;
  CurlTransport transport(clock);
  Json wish{{"action", options.action}, {"seconds", options.seconds}};
  if (!options.text.empty()) wish["text"] = options.text;
  if (options.jump) wish["takeover"] = "jump";
  if (options.relative) wish["mode"] = "relative";
  auto state = ask(transport, settings, "POST", to_text(wish));
  if (!state) return report(state.error());
  std::cerr << "Move the control for " << options.action << " ..." << std::endl;
  while (state && state->at("active").get<bool>()) {
    std::this_thread::sleep_for(200ms);
    state = ask(transport, settings, "GET", "");
  }
  if (!state) return report(state.error());
  if (state->at("learned").is_null()) return report({"nothing_learned", "nothing moved in time", {}});
  std::cout << to_text(state->at("learned")) << "\n";
  return done;
}

}  // namespace doodled::commands
