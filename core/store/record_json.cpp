#include "core/store/record_json.hpp"

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "core/store/record_fields.hpp"

namespace doodled {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json json_or_null(const std::string& text) { return text.empty() ? Json() : Json::parse(text); }
Json time_or_null(const std::optional<std::int64_t>& at) { return at ? Json(to_rfc3339(*at)) : Json(); }

}  // namespace

Json to_json(const Image& image) {
  return {{"id", image.id},
          {"sha256", image.sha256()},
          {"size", image.size},
          {"media_type", image.facts.media_type},
          {"width", image.facts.width},
          {"height", image.facts.height},
          {"orientation", image.facts.orientation},
          {"created_at", to_rfc3339(image.created_at)},
          {"forgotten_at", time_or_null(image.forgotten_at)},
          {"local_only", image.stays}};
}

Result<Image> image_from_json(const Json& json) {
  RecordFields from(json);
  Image image;
  image.id = from.sha256("id");
  image.size = from.whole("size");
  image.facts = {from.text("media_type"), static_cast<int>(from.whole("width")),
                 static_cast<int>(from.whole("height")), static_cast<int>(from.whole("orientation", 1, 8))};
  image.created_at = from.time("created_at");
  image.forgotten_at = from.optional_time("forgotten_at");
  image.stays = from.flag("local_only");
  return from.result(std::move(image));
}

Json to_json(const Job& job) {
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
          {"candidates", json_or_null(job.candidates)},
          {"fresh", job.fresh},
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

Result<Job> job_from_json(const Json& json) {
  RecordFields from(json);
  Job job;
  job.id = from.text("id");
  job.state = from.word("state", job_state_from);
  job.stage = from.optional_text("stage");
  job.progress = from.number("progress", 0, 1);
  job.mode = from.text("mode");
  job.image_id = from.optional_text("image_id");
  job.prompt = from.optional_text("prompt");
  job.interpreter = from.text("interpreter");
  job.interpreters = from.list("interpreters", 1);
  job.candidates = from.optional_json("candidates");
  job.fresh = from.flag("fresh");
  job.options = from.optional_json("options");
  job.play = from.optional_json("play");
  job.attempts = static_cast<int>(from.whole("attempts"));
  job.session_ids = from.texts("session_ids");
  job.play_ids = from.texts("play_ids");
  job.error = from.optional_json("error");
  job.created_at = from.time("created_at");
  job.started_at = from.optional_time("started_at");
  job.finished_at = from.optional_time("finished_at");
  return from.result(std::move(job));
}

Json to_json(const Interpretation& interpretation) {
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
          {"duration_ms", interpretation.duration_ms},
          {"input_tokens", interpretation.input_tokens},
          {"output_tokens", interpretation.output_tokens},
          {"cost", interpretation.cost},
          {"cache_key", text_or_null(interpretation.cache_key)}};
}

Result<Interpretation> interpretation_from_json(const Json& json) {
  RecordFields from(json);
  Interpretation interpretation;
  interpretation.id = from.text("id");
  interpretation.job_id = from.optional_text("job_id");
  interpretation.interpreter = from.text("interpreter");
  interpretation.kind = from.text("kind");
  interpretation.model = from.optional_text("model");
  interpretation.prompt_version = from.optional_text("prompt_version");
  interpretation.request = from.optional_json("request");
  interpretation.answer = from.optional_text("answer");
  interpretation.usage = from.optional_json("usage");
  interpretation.error = from.optional_json("error");
  interpretation.created_at = from.time("created_at");
  interpretation.duration_ms = from.whole("duration_ms");
  interpretation.input_tokens = static_cast<std::int64_t>(from.optional_number("input_tokens"));
  interpretation.output_tokens = static_cast<std::int64_t>(from.optional_number("output_tokens"));
  interpretation.cost = from.optional_number("cost");
  interpretation.cache_key = from.optional_text("cache_key");
  return from.result(std::move(interpretation));
}

Json to_json(const PlayRecord& play) {
  return {{"id", play.id},
          {"session_id", play.session_id},
          {"job_id", text_or_null(play.job_id)},
          {"replay_of", text_or_null(play.replay_of)},
          {"devices", Json::parse(play.devices)},
          {"state", to_string(play.state)},
          {"loops", play.loops},
          {"quantise", play.quantise},
          {"evolve", json_or_null(play.evolve)},
          {"started_at", to_rfc3339(play.started_at)},
          {"ended_at", time_or_null(play.ended_at)},
          {"error", json_or_null(play.error)},
          {"resume", play.resume},
          {"resumed_from", text_or_null(play.resumed_from)},
          {"events_sent", play.events}};
}

Result<PlayRecord> play_from_json(const Json& json) {
  RecordFields from(json);
  PlayRecord play;
  play.id = from.text("id");
  play.session_id = from.text("session_id");
  play.job_id = from.optional_text("job_id");
  play.replay_of = from.optional_text("replay_of");
  play.devices = from.list("devices", 0);
  play.state = from.word("state", play_phase_from);
  play.loops = static_cast<int>(from.whole("loops"));
  play.quantise = from.text("quantise");
  play.evolve = from.optional_json("evolve");
  play.started_at = from.time("started_at");
  play.ended_at = from.optional_time("ended_at");
  play.error = from.optional_json("error");
  play.events = from.whole("events_sent");
  play.resume = from.flag("resume");
  play.resumed_from = from.optional_text("resumed_from");
  return from.result(std::move(play));
}

}  // namespace doodled
