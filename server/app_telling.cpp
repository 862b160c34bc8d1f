// What the parts tell: each change goes to the bus, and from there to WebSockets, metrics and log.
#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "server/api/types.hpp"
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
        bus.publish("devices", "device.changed", api::device_json(device));
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

void App::Parts::job_changed(const Job& job) {
  bus.publish("jobs", "job.changed", to_json(job));
  if (!is_final(job.state)) return;
  metrics.count_job(job.state);
  log::info("jobs", "job ended",
            {{"job", job.id}, {"state", std::string(to_string(job.state))}, {"error", job.error}});
  for (const auto& id : job.session_ids)
    if (const auto session = store.sessions.get(id))
      bus.publish("sessions", "session.created", api::session_head_json(*session));
  if (job.state == JobState::done) play_when_done(job);
}

}  // namespace doodled
