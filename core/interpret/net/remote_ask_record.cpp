// What is kept of a RemoteAsk.
#include <nlohmann/json.hpp>

#include "core/interpret/net/remote_ask.hpp"

namespace doodled {

// Four characters a token, and a token for 750 pixels: what providers' own rules of thumb say.
double RemoteAsk::estimated_cost() const {
  const auto& call = conversation_->call();
  llm::Usage usage;
  usage.input_tokens =
      static_cast<std::int64_t>(call.system.size() + call.user.size() + call.schema.size()) / 4;
  if (call.picture) usage.input_tokens += std::int64_t{call.picture->width} * call.picture->height / 750;
  usage.output_tokens = call.max_output_tokens;
  return asked_->cost_of(usage);
}

RawReply RemoteAsk::reply() const {
  if (!conversation_) return {};
  auto reply = conversation_->record();
  const auto usage = conversation_->usage();
  reply.usage = usage_json();
  reply.input_tokens = usage.input_tokens;
  reply.output_tokens = usage.output_tokens;
  reply.cost = asked_->cost_of(usage);
  reply.cache_key = cache_key_;
  return reply;
}

// For traces: the line, the picture, and each request with what came of it. A request that follows an answer
// that was looked at is the repair of that answer.
std::vector<Span> RemoteAsk::parts() const {
  std::vector<Span> parts;
  if (begun_ == Nanoseconds{0}) return parts;
  parts.push_back({"wait in line", came_, begun_});
  if (!tries_.empty()) parts.push_back({"prepare", begun_, tries_.front().begun});
  bool repair = false;
  for (const auto& one : tries_) {
    const auto end = one.begun + one.total;
    Span request{"request", one.begun, end,
                 to_text(Json{{"status", one.status}, {"error", one.error}, {"repair", repair}})};
    if (one.first_byte.count() > 0)
      request.parts = {{"first byte", one.begun, one.begun + one.first_byte},
                       {"stream", one.begun + one.first_byte, end}};
    parts.push_back(std::move(request));
    if (one.judged != Nanoseconds{0}) parts.push_back({"rules", one.judged, one.accepted});
    repair = one.judged != Nanoseconds{0};
  }
  return parts;
}

std::string RemoteAsk::usage_json() const {
  const auto usage = conversation_->usage();
  Json tries = Json::array();
  for (const auto& one : tries_)
    tries.push_back({{"at", to_rfc3339(one.at)},
                     {"status", one.status},
                     {"error", one.error.empty() ? Json() : Json(one.error)},
                     {"first_byte_ms", one.first_byte.count()},
                     {"total_ms", one.total.count()}});
  Json json{{"cost", asked_->cost_of(usage)}, {"tries", std::move(tries)}};
  if (!usage.known) return to_text(json);
  json["input_tokens"] = usage.input_tokens;
  json["output_tokens"] = usage.output_tokens;
  json["thinking_tokens"] = usage.thinking_tokens;
  json["cached_tokens"] = usage.cached_tokens;
  return to_text(json);
}

}  // namespace doodled
