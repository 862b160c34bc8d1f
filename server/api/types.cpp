#include "server/api/types.hpp"

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"

namespace doodled::api {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json json_or_null(const std::string& text) { return text.empty() ? Json() : Json::parse(text); }
Json time_or_null(const std::optional<std::int64_t>& at) { return at ? Json(to_rfc3339(*at)) : Json(); }

}  // namespace

Json image_json(const Image& image) {
  return {{"id", image.id},
          {"sha256", image.sha256()},
          {"size", image.size},
          {"media_type", image.facts.media_type},
          {"width", image.facts.width},
          {"height", image.facts.height},
          {"orientation", image.facts.orientation},
          {"created_at", to_rfc3339(image.created_at)},
          {"forgotten_at", time_or_null(image.forgotten_at)}};
}

Json job_json(const Job& job) {
  const auto chain = Json::parse(job.interpreters);
  return {{"id", job.id},
          {"state", to_string(job.state)},
          {"stage", job.stage},
          {"progress", job.progress},
          {"mode", job.mode},
          {"image_id", text_or_null(job.image_id)},
          {"prompt", text_or_null(job.prompt)},
          {"interpreter", job.interpreter.empty() ? chain.at(0) : Json(job.interpreter)},
          {"interpreters", chain},
          {"options", json_or_null(job.options)},
          {"play", json_or_null(job.play)},
          {"attempts", job.attempts},
          {"session_ids", job.session_ids},
          {"play_ids", job.play_ids},
          {"error", json_or_null(job.error)},
          {"created_at", to_rfc3339(job.created_at)},
          {"started_at", time_or_null(job.started_at)},
          {"finished_at", time_or_null(job.finished_at)}};
}

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

Json interpretation_json(const Interpretation& interpretation) {
  return {{"id", interpretation.id},
          {"job_id", text_or_null(interpretation.job_id)},
          {"interpreter", interpretation.interpreter},
          {"kind", interpretation.kind},
          {"model", text_or_null(interpretation.model)},
          {"prompt_version", text_or_null(interpretation.prompt_version)},
          {"request", json_or_null(interpretation.request)},
          {"answer", interpretation.answer},
          {"usage", json_or_null(interpretation.usage)},
          {"error", json_or_null(interpretation.error)},
          {"created_at", to_rfc3339(interpretation.created_at)},
          {"duration_ms", interpretation.duration_ms}};
}

Json play_json(const PlayRecord& play, const doodled::PlayState* live) {
  Json json{{"id", play.id},
            {"session_id", play.session_id},
            {"job_id", text_or_null(play.job_id)},
            {"devices", Json::parse(play.devices)},
            {"state", to_string(play.state)},
            {"loops", play.loops},
            {"quantise", play.quantise},
            {"started_at", to_rfc3339(play.started_at)},
            {"ended_at", time_or_null(play.ended_at)},
            {"error", json_or_null(play.error)},
            {"events_sent", play.events}};
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

Json transport_json(const TransportState& transport) {
  return {{"playing", transport.playing},
          {"tempo_bpm", transport.tempo_bpm},
          {"tick", transport.tick},
          {"meter", {{"numerator", transport.meter.numerator}, {"denominator", transport.meter.denominator}}},
          {"sync", "internal"},
          {"realtime", transport.realtime},
          {"realtime_detail", transport.realtime_detail}};
}

}  // namespace doodled::api
