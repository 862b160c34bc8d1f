// What the parts tell: each change goes to the bus, and from there to WebSockets, metrics and log.
#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "server/api/types.hpp"
#include "server/api/webhooks.hpp"
#include "server/app_parts.hpp"

namespace doodled {

live::Services App::Parts::live_services(const RuleOptions& rules) {
  return {store,
          performer,
          live_reader,
          clock,
          rules,
          [this](const SessionHead& session) {
            bus.publish("sessions", "session.created", api::session_head_json(session));
          },
          [this](const std::string& id) {
            bus.publish("sessions", "session.removed",
                        {{"id", id}, {"hidden", true}, {"picture_removed", false}});
          },
          [this](const SessionHead& session) {
            bus.publish("sessions", "session.changed", api::session_head_json(session));
          }};
}

ActionServices App::Parts::action_services(const RuleOptions& rules) {
  const auto tell = [this](const char* type) {
    return [this, type](const SessionHead& session) {
      bus.publish("sessions", type, api::session_head_json(session));
    };
  };
  return {store,
          performer,
          *rack,
          clock,
          rules,
          tell("session.created"),
          tell("session.changed"),
          [this](const MacroState& macro) { bus.publish("actions", "macro.changed", to_json(macro)); },
          [this](double tempo_bpm) { return sync->set_tempo(tempo_bpm); }};
}

SyncHooks App::Parts::sync_hooks() {
  return {[this](bool joins) { actions->post(joins ? "join" : "play"); },
          [this](const SyncState& state) {
            bus.publish("transport", "transport.changed", api::transport_json(rack->transport(), state));
          }};
}

Upkeep::Hooks App::Parts::upkeep_hooks() {
  return {[this](const std::string& id, const Forgotten& gone) {
            bus.publish("sessions", "session.removed",
                        {{"id", id}, {"hidden", true}, {"picture_removed", gone.picture_removed}});
          },
          [this](const UpkeepState& state) { bus.publish("upkeep", "upkeep.changed", api::to_json(state)); }};
}

RackListener App::Parts::rack_listener() {
  return {
      [this](const DeviceState& device) {
        const auto told = api::device_json(device);
        if (has_webhooks) outbox.add("device.changed", device.id, to_text(told));
        bus.publish("devices", "device.changed", told);
      },
      [this](const PlayState& play) {
        const auto stored = performer.record(play.id);
        if (stored) bus.publish("plays", "play.changed", api::play_json(*stored, &play));
      },
      [this](const TransportState& state) {
        const Sync* leading = known_sync.load();
        bus.publish("transport", "transport.changed",
                    api::transport_json(state, leading != nullptr ? leading->state() : SyncState{}));
      },
  };
}

// Before anything happens that they are to be told of.
void App::Parts::open_webhooks(const Settings& settings) {
  auto configured = configured_webhooks(settings.webhooks, process_environment());
  std::vector<WebhookSubscription> wanted;
  for (const auto& one : configured)  // what waits for one that has lost its secret may still be told
    wanted.push_back({one.id, one.unusable ? std::vector<std::string>() : one.events});
  if (const auto gone = outbox.use(wanted); gone > 0)
    log::warning("webhooks", "messages were dropped: their webhook is not in the settings any more",
                 {{"messages", std::to_string(gone)}});
  if (configured.empty()) return;
  has_webhooks = !wanted.empty();
  webhooks =
      std::make_unique<Webhooks>(outbox, *network, clock, std::move(configured),
                                 WebhooksHooks{[this](const std::string& type, const std::string& subject) {
                                                 return api::webhook_data(store, type, subject);
                                               },
                                               [this](const std::string& hook, std::string_view outcome) {
                                                 metrics.count_webhook(hook, outcome);
                                               }});
  to_webhooks = bus.subscribe([this](const Event&) { webhooks->wake(); });
}

void App::Parts::job_changed(const Job& job) {
  bus.publish("jobs", "job.changed", to_json(job));
  if (!is_final(job.state)) return;
  metrics.count_job(job.state);
  log::info("jobs", "job ended",
            {{"job", job.id}, {"state", std::string(to_string(job.state))}, {"error", job.error}});
  for (const auto& id : job.session_ids)
    if (const auto session = store.sessions.head(id))
      bus.publish("sessions", "session.created", api::session_head_json(*session));
  if (job.state == JobState::done) play_when_done(job);
}

}  // namespace doodled
