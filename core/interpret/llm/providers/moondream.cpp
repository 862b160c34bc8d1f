#include "core/interpret/llm/providers/moondream.hpp"

#include "core/interpret/llm/providers/parts.hpp"

namespace doodled::llm {
namespace {

// There is one question and no conversation: a complaint is said with it.
std::string question(const ModelCall& call) {
  std::string text = system_with_schema(call) + "\n\n" + call.user;
  for (const auto& turn : call.further)
    if (turn.role == Turn::Role::user) text += "\n\n" + turn.text;
  return text;
}

OrderedJson query_body(const ModelCall& call) {
  OrderedJson settings{{"max_tokens", call.max_output_tokens}};
  if (auto value = sent_temperature(call); !value.is_null()) settings["temperature"] = value;
  return {{"image_url", picture_place},
          {"question", question(call)},
          {"stream", asks_for_stream(call)},
          {"settings", std::move(settings)}};
}

// The client reads 'answer'; the documentation says 'result'.
std::string answer_in(const Json& json) {
  const Json& answer = at(json, {"answer"}).is_null() ? at(json, {"result"}) : at(json, {"answer"});
  if (answer.is_string()) return answer.get<std::string>();
  return answer.is_object() ? to_text(answer) : std::string{};
}

void read_common(const Json& json, ReplyState& state) {
  const Json& error = at(json, {"error"});
  if (error.is_string()) state.fail(failure("provider_failed", text_at(json, {"error"}), false));
  if (error.is_object()) state.fail(failure("provider_failed", text_at(error, {"message"}), false));
}

void read_part(const Json& json, ReplyState& state) {
  read_common(json, state);
  state.add_text(text_at(json, {"chunk"}));
  const Json& completed = at(json, {"completed"});
  if (!completed.is_boolean() || !completed.get<bool>()) return;
  state.end(Finish::stop);
  state.ended = true;
}

void read_whole(const Json& json, ReplyState& state) {
  read_common(json, state);
  const bool answered = !at(json, {"answer"}).is_null() || !at(json, {"result"}).is_null();
  if (state.error || !answered) return;
  state.add_text(answer_in(json));
  state.end(Finish::stop);
}

constexpr ReplyFormat query_format{ReplyFormat::Framing::events, read_part, read_whole};

}  // namespace

Result<HttpRequest> Moondream::request(const ModelCall& call) const {
  if (!call.picture)
    return Error{"unsupported", "Moondream answers questions about pictures only", {{"image", "is missing"}}};
  if (auto fits = check_picture(call); !fits) return fits.error();
  auto request = json_post(join_url(call.endpoint.base_url, default_base_url(), "/v1", "/query"),
                           request_text(query_body(call), call, picture_uri(call)), asks_for_stream(call));
  if (!call.endpoint.key.empty())
    request.headers.emplace_back("X-Moondream-Auth", call.endpoint.key.reveal());
  return request;
}

std::unique_ptr<ReplyReader> Moondream::reader(const HttpRequest& request,
                                               std::string_view content_type) const {
  return std::make_unique<JsonReplyReader>(query_format, request.streaming, std::string(content_type));
}

ProviderError Moondream::classify(int status, const Headers& headers, std::string_view body) const {
  const Json json = json_or_null(body);
  const std::string detail = text_at(json, {"detail"}), error = text_at(json, {"error"});
  return failure_of_status(status, headers, detail.empty() ? error : detail);
}

// Nothing lists its models, so the question is whether anything answers: the station's health.
HttpRequest Moondream::list_models(const Endpoint& endpoint) const {
  auto request = get(join_url(endpoint.base_url, default_base_url(), "/v1", "/health"));
  if (!endpoint.key.empty()) request.headers.emplace_back("X-Moondream-Auth", endpoint.key.reveal());
  return request;
}

Result<std::vector<OfferedModel>> Moondream::models(std::string_view) const {
  return std::vector<OfferedModel>{};
}

}  // namespace doodled::llm
