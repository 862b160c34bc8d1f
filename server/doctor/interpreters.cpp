#include <algorithm>
#include <future>

#include "core/interpret/net/curl_transport.hpp"
#include "core/reader/client/reader_client.hpp"
#include "server/configured_interpreters.hpp"
#include "server/doctor/finding.hpp"
#include "server/ollama_scout.hpp"
#include "server/remote_interpreters.hpp"

namespace doodled::doctor {
namespace {

using namespace std::chrono_literals;
using State = Finding::State;

const TransferLimits ollama_limits{1s, 6s, 6s, 8s, std::int64_t{4} << 20};

Finding reader_finding(const Settings& settings, const Clock& clock) {
  ReaderClient reader(settings.reader, clock);
  const auto started = reader.warm_up();
  return {started ? State::good : State::bad, "reader",
          started ? "starts in its sandbox" : started.error().message};
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
  const bool good = state.reachable.value_or(false) && !state.last_error;
  Finding finding{good ? State::good : State::bad, std::string(interpreter.id()), who};
  if (state.last_error)
    finding.text += ": " + state.last_error->code + ": " + state.last_error->message;
  else
    finding.text += std::string(state.reachable.value_or(false) ? ": reachable" : ": did not answer") +
                    offers_text(state);
  return finding;
}

Findings remote_findings(const Settings& settings, CurlTransport& transport, const Clock& clock) {
  std::vector<std::pair<std::shared_ptr<RemoteInterpreter>, std::shared_ptr<std::promise<void>>>> asked;
  for (auto remote : ConfiguredInterpreters(settings, process_environment()).all()) {
    asked.emplace_back(
        std::make_shared<RemoteInterpreter>(std::move(remote), services_to_probe(transport, clock)),
        std::make_shared<std::promise<void>>());
    asked.back().first->probe([answered = asked.back().second] { answered->set_value(); });
  }
  Findings findings;
  for (auto& [interpreter, answered] : asked) {
    answered->get_future().wait();
    findings.push_back(finding_of(*interpreter));
  }
  return findings;
}

Finding ollama_finding(CurlTransport& transport) {
  const auto address = ollama_address(process_environment());
  const auto ended = std::make_shared<std::promise<bool>>();
  TransferHandlers handlers;
  handlers.end = [ended](const TransferEnd& end) { ended->set_value(!end.error && end.status == 200); };
  transport.start(llm::find_provider("ollama")->list_models({address, {}}), ollama_limits,
                  std::move(handlers));
  const bool runs = ended->get_future().get();
  return {State::good, "ollama", (runs ? "runs at " : "none runs at ") + address};
}

}  // namespace

Findings look_at_interpreters(const Settings& settings, CurlTransport& transport, const Clock& clock) {
  Findings findings{reader_finding(settings, clock)};
  for (auto& finding : remote_findings(settings, transport, clock)) findings.push_back(std::move(finding));
  if (settings.interpret.find_ollama) findings.push_back(ollama_finding(transport));
  return findings;
}

}  // namespace doodled::doctor
