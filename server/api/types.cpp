#include "server/api/types.hpp"

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "core/play/profile_shelf.hpp"

namespace doodled::api {
namespace {

Json json_or_null(const std::string& text) { return text.empty() ? Json() : Json::parse(text); }

}  // namespace

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json session_head_json(const SessionHead& session) {
  return {{"id", session.id},
          {"created_at", to_rfc3339(session.created_at)},
          {"title", session.title},
          {"tags", session.tags},
          {"starred", session.starred},
          {"hidden", session.hidden},
          {"mode", session.mode},
          {"image_id", text_or_null(session.image_id)},
          {"job_id", text_or_null(session.job_id)},
          {"parent_id", text_or_null(session.parent_id)},
          {"interpreter", session.interpreter},
          {"seed", session.seed},
          {"key", session.key_name},
          {"tempo_bpm", session.tempo},
          {"hash", session.hash},
          {"previous_hash", session.previous_hash}};
}

Json session_json(const SessionRecord& session) {
  Json json = session_head_json(session);
  json["report"] = json_or_null(session.report);
  json["document"] = Json::parse(session.document);
  return json;
}

Json play_json(const PlayRecord& play, const doodled::PlayState* live) {
  Json json = to_json(play);
  if (!live) return json;
  // The log is closed a moment after the last event has left.
  json["state"] = !is_over(live->status)                 ? to_string(live->status)
                  : live->status == PlayStatus::finished ? "ended"
                                                         : "stopped";
  json["loop"] = live->loop;
  json["tick"] = live->tick;
  json["length"] = live->length;
  json["events_dropped"] = live->events_dropped;
  return json;
}

Json play_event_json(const PlayEvent& event) {
  return {{"seq", event.seq},       {"loop", event.loop},           {"tick", event.tick},
          {"device", event.device}, {"offset_us", event.offset_us}, {"bytes", to_hex(event.bytes)}};
}

Json device_json(const DeviceState& device) {
  const auto& late = device.late_ms;
  return {{"id", device.id},
          {"driver", device.driver},
          {"profile", device.profile},
          {"capabilities", device.capabilities.names()},
          {"enabled", device.enabled},
          {"state", to_string(device.status)},
          {"detail", device.detail},
          {"realtime", device.realtime},
          {"sounding", device.sounding},
          {"events_sent", device.events_sent},
          {"packets_sent", device.packets_sent},
          {"events_dropped", device.events_dropped},
          {"errors", device.errors},
          {"play_id", text_or_null(device.play_id)},
          {"late_ms",
           {{"count", late.count},
            {"p50", late.p50},
            {"p99", late.p99},
            {"p999", late.p999},
            {"max", late.max}}}};
}

Json routes_json(const DeviceProfile& profile) {
  Json list = Json::array();
  for (const auto& parameter : all_parameters()) {
    const auto& route = profile.controllers[static_cast<std::size_t>(parameter.parameter)];
    if (route.carrier == Carrier::none) continue;
    const bool osc = route.carrier == Carrier::osc;
    list.push_back(
        {{"parameter", parameter.name},
         {"unit", parameter.unit},
         {"minimum", parameter.minimum},
         {"maximum", parameter.maximum},
         {"message", describe(route)},
         {"range", osc ? Json{route.osc_lowest, route.osc_highest} : Json{route.lowest, route.highest}},
         {"source", route.source.empty() ? Json() : Json(route.source)}});
  }
  return list;
}

Json reloaded_json(const ReloadedDevices& devices) {
  return {{"added", devices.added},
          {"changed", devices.changed},
          {"removed", devices.removed},
          {"kept", devices.kept}};
}

Json transport_json(const TransportState& transport, const SyncState& sync) {
  return {{"playing", transport.playing},
          {"tempo_bpm", transport.tempo_bpm},
          {"tick", transport.tick},
          {"meter", {{"numerator", transport.meter.numerator}, {"denominator", transport.meter.denominator}}},
          {"sync", sync.source},
          {"sync_state", to_json(sync)},
          {"realtime", transport.realtime},
          {"realtime_detail", transport.realtime_detail}};
}

}  // namespace doodled::api
