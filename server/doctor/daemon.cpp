#include <nlohmann/json.hpp>

#include "server/doctor/finding.hpp"

namespace doodled::doctor {
namespace {

using State = Finding::State;

State good_if(bool good) { return good ? State::good : State::bad; }

std::string text_of(const Json& json, const char* key) { return json.at(key).get<std::string>(); }

Finding interpreter_finding(const Json& one) {
  const auto& error = one.at("last_error");
  std::string text = "circuit " + text_of(one, "circuit") + ", asking " + one.at("asking").dump() +
                     ", waiting " + one.at("waiting").dump() + ", cost today " +
                     one.at("today").at("cost").dump();
  if (!error.is_null()) text += ", last error " + text_of(error, "code");
  return {good_if(one.at("circuit") != "open"), "  " + text_of(one, "id"), std::move(text)};
}

Finding device_finding(const Json& one) {
  const auto status = text_of(one, "state"), detail = text_of(one, "detail");
  const bool well = status == "ready" || status == "disabled";
  return {well                 ? State::good
          : status == "failed" ? State::bad
                               : State::note,
          "  device " + text_of(one, "id"),
          text_of(one, "driver") + ", " + status + (detail.empty() ? "" : ": ") + detail};
}

Finding webhook_finding(const Json& one) {
  const auto& error = one.at("last_error");
  std::string text = text_of(one, "state") + ", backlog " + one.at("backlog").dump();
  if (!error.is_null()) text += ", last error: " + text_of(error, "message");
  return {good_if(error.is_null()), "  " + text_of(one, "id"), std::move(text)};
}

// How what the daemon lists there gets on; nothing where none answers.
void add_list(DaemonClient& daemon, const char* path, Finding (*finding_of)(const Json&),
              Findings& findings) {
  const auto told = daemon.ask("GET", path);
  if (!told || !told->is_object() || !told->contains("items")) return;
  for (const auto& one : told->at("items")) findings.push_back(finding_of(one));
}

void add_upkeep(DaemonClient& daemon, Findings& findings) {
  const auto told = daemon.ask("GET", "/api/v1/backups");
  if (!told || !told->is_object() || !told->contains("state")) return;
  const auto& state = told->at("state");
  const auto& error = state.at("backup_error");
  findings.push_back({good_if(error.is_null()), "backups",
                      error.is_null() ? std::to_string(told->at("items").size()) + " in their folder"
                                      : "the last one failed: " + text_of(error, "message")});
  if (state.at("clock_doubted") == true)
    findings.push_back({State::note, "retention",
                        "the clock has jumped ahead, so nothing goes by its age until a time server sets it "
                        "or it has stayed for a week"});
}

}  // namespace

Findings ask_daemon(const Settings& settings, CurlTransport& transport) {
  DaemonClient daemon(transport, settings);
  Findings findings;
  add_list(daemon, "/api/v1/interpreters", &interpreter_finding, findings);
  if (findings.empty()) return findings;
  add_list(daemon, "/api/v1/devices", &device_finding, findings);
  add_list(daemon, "/api/v1/webhooks", &webhook_finding, findings);
  add_upkeep(daemon, findings);
  findings.insert(findings.begin(), {State::good, "daemon", "runs at " + settings.server.listen});
  return findings;
}

}  // namespace doodled::doctor
