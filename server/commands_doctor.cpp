#include <cstdio>
#include <future>

#include <nlohmann/json.hpp>

#include "core/interpret/net/curl_transport.hpp"
#include "core/reader/client/reader_client.hpp"
#include "server/commands.hpp"
#include "server/daemon_client.hpp"
#include "server/ollama_scout.hpp"
#include "server/remote_interpreters.hpp"

namespace doodled::commands {
namespace {

using namespace std::chrono_literals;

const TransferLimits daemon_limits{1s, 6s, 6s, 8s, std::int64_t{4} << 20};

// One line of what was looked at.
struct Finding {
  bool good = true;
  std::string what, text;
};

void print(const Finding& finding) {
  std::printf("%-5s %-16s %s\n", finding.good ? "ok" : "FAIL", finding.what.c_str(), finding.text.c_str());
}

Finding reader_finding(const Settings& settings, const Clock& clock) {
  ReaderClient reader(settings.reader, clock);
  const auto started = reader.warm_up();
  return {started.has_value(), "reader", started ? "starts in its sandbox" : started.error().message};
}

std::string models_text(const InterpreterState& state) {
  std::string text = std::to_string(state.models.size()) + " models offered";
  for (std::size_t i = 0; i < std::min<std::size_t>(state.models.size(), 5); ++i)
    text += (i == 0 ? ": " : ", ") + state.models[i].name;
  return text + (state.models.size() > 5 ? ", ..." : "");
}

// The list of a router can be long and still lack what it takes: that is told, but is no failure.
std::string offers_text(const InterpreterState& state) {
  if (state.models.empty()) return "; it does not list its models";
  for (const auto& model : state.models)
    if (model.name == state.model || model.name.ends_with("/" + state.model))
      return "; " + models_text(state);
  return "; \"" + state.model + "\" is not among them; " + models_text(state);
}

Finding finding_of(const Interpreter& interpreter) {
  const auto state = interpreter.state();
  const auto who = std::string(interpreter.kind()) + " " + state.model + " at " + state.host;
  Finding finding{state.reachable.value_or(false) && !state.last_error, std::string(interpreter.id()), who};
  if (state.last_error)
    finding.text += ": " + state.last_error->code + ": " + state.last_error->message;
  else
    finding.text += std::string(state.reachable.value_or(false) ? ": reachable" : ": did not answer") +
                    offers_text(state);
  return finding;
}

std::vector<Finding> interpreter_findings(const Settings& settings, CurlTransport& transport,
                                          const Clock& clock) {
  std::vector<std::pair<std::shared_ptr<RemoteInterpreter>, std::shared_ptr<std::promise<void>>>> asked;
  for (auto remote : configured_interpreters(settings, process_environment())) {
    asked.emplace_back(
        std::make_shared<RemoteInterpreter>(std::move(remote), services_to_probe(transport, clock)),
        std::make_shared<std::promise<void>>());
    asked.back().first->probe([answered = asked.back().second] { answered->set_value(); });
  }
  std::vector<Finding> findings;
  for (auto& [interpreter, answered] : asked) {
    answered->get_future().wait();
    findings.push_back(finding_of(*interpreter));
  }
  return findings;
}

// What only the running daemon knows: circuits, last errors, what today cost. Nothing when none runs.
std::optional<Json> ask_daemon(const Settings& settings, CurlTransport& transport) {
  auto json = DaemonClient(transport, settings).ask("GET", "/api/v1/interpreters");
  if (!json || !json->is_object() || !json->contains("items")) return std::nullopt;
  return std::move(*json);
}

void print_daemon(const std::optional<Json>& told, const Settings& settings) {
  if (!told) return print({true, "daemon", "none runs at " + settings.server.listen});
  print({true, "daemon", "runs at " + settings.server.listen});
  for (const auto& one : told->at("items")) {
    const auto& error = one.at("last_error");
    std::string text = "circuit " + one.at("circuit").get<std::string>() + ", asking " +
                       one.at("asking").dump() + ", waiting " + one.at("waiting").dump() + ", cost today " +
                       one.at("today").at("cost").dump();
    if (!error.is_null()) text += ", last error " + error.at("code").get<std::string>();
    print({one.at("circuit") != "open", "  " + one.at("id").get<std::string>(), text});
  }
}

// Whether each can sign; where it leads is tried by POST /webhooks/ID/test only, as the receiver would take
// anything else for a message.
std::vector<Finding> webhook_findings(const Settings& settings) {
  std::vector<Finding> findings;
  for (const auto& hook : configured_webhooks(settings.webhooks, process_environment()))
    findings.push_back({!hook.unusable, "webhook " + hook.id,
                        hook.unusable ? hook.unusable->message
                                      : "signs " + std::to_string(hook.events.size()) +
                                            " kinds of messages to " + hook.place});
  return findings;
}

// How they get on; nothing when no daemon runs.
void print_webhooks(const Settings& settings, CurlTransport& transport) {
  const auto told = DaemonClient(transport, settings).ask("GET", "/api/v1/webhooks");
  if (settings.webhooks.empty() || !told || !told->is_object() || !told->contains("items")) return;
  for (const auto& one : told->at("items")) {
    const auto& error = one.at("last_error");
    std::string text = one.at("state").get<std::string>() + ", backlog " + one.at("backlog").dump();
    if (!error.is_null()) text += ", last error: " + error.at("message").get<std::string>();
    print({error.is_null(), "  " + one.at("id").get<std::string>(), text});
  }
}

Finding ollama_finding(CurlTransport& transport) {
  const auto address = ollama_address(process_environment());
  const auto ended = std::make_shared<std::promise<bool>>();
  TransferHandlers handlers;
  handlers.end = [ended](const TransferEnd& end) { ended->set_value(!end.error && end.status == 200); };
  transport.start(llm::find_provider("ollama")->list_models({address, {}}), daemon_limits,
                  std::move(handlers));
  const bool runs = ended->get_future().get();
  return {true, "ollama", (runs ? "runs at " : "none runs at ") + address};
}

}  // namespace

int doctor(const Settings& settings) {
  const SystemClock clock;
  CurlTransport transport(clock);
  bool good = true;
  const auto tell = [&](const Finding& finding) {
    print(finding);
    good = good && finding.good;
  };
  tell({true, "settings", "can be used"});
  tell(reader_finding(settings, clock));
  for (const auto& finding : interpreter_findings(settings, transport, clock)) tell(finding);
  if (settings.interpret.find_ollama) tell(ollama_finding(transport));
  for (const auto& finding : webhook_findings(settings)) tell(finding);
  print_daemon(ask_daemon(settings, transport), settings);
  print_webhooks(settings, transport);
  return good ? done : failed;
}

}  // namespace doodled::commands
