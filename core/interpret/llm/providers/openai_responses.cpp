#include "core/interpret/llm/providers/openai_responses.hpp"

#include <algorithm>

#include "core/interpret/llm/providers/openai_chat.hpp"
#include "core/interpret/llm/providers/parts.hpp"

namespace doodled::llm {
namespace {

OrderedJson user_item(const ModelCall& call) {
  OrderedJson content = OrderedJson::array({{{"type", "input_text"}, {"text", call.user}}});
  const auto& detail = call.capabilities.image_detail;
  if (call.picture)
    content.push_back({{"type", "input_image"},
                       {"image_url", picture_place},
                       {"detail", detail.empty() ? "auto" : detail}});
  return {{"role", "user"}, {"content", std::move(content)}};
}

OrderedJson input(const ModelCall& call) {
  OrderedJson items = OrderedJson::array({user_item(call)});
  for (const auto& turn : call.further)
    items.push_back({{"role", role_name(turn.role)}, {"content", turn.text}});
  return items;
}

OrderedJson format(const ModelCall& call) {
  if (auto schema = schema_for(call, Dialect::openai); !schema.is_null())
    return {
        {"type", "json_schema"}, {"name", call.schema_name}, {"strict", true}, {"schema", std::move(schema)}};
  if (call.schema.empty() || call.capabilities.structured == StructuredOutput::none) return nullptr;
  return {{"type", "json_object"}};
}

OrderedJson responses_body(const ModelCall& call) {
  constexpr int fewest_tokens = 16;
  OrderedJson body{{"model", call.model}, {"instructions", call.system}, {"input", input(call)}};
  if (auto shape = format(call); !shape.is_null()) body["text"] = {{"format", std::move(shape)}};
  if (!call.capabilities.thinking.empty()) body["reasoning"] = {{"effort", call.capabilities.thinking}};
  body["max_output_tokens"] = std::max(fewest_tokens, call.max_output_tokens);
  if (auto value = sent_temperature(call); !value.is_null()) body["temperature"] = value;
  body["store"] = false;
  if (!call.schema_name.empty()) body["prompt_cache_key"] = "doodled-" + call.schema_name;
  body["stream"] = asks_for_stream(call);
  if (asks_for_stream(call)) body["stream_options"] = {{"include_obfuscation", false}};
  return body;
}

// --- replies

Usage usage_of(const Json& usage) {
  return {count_at(usage, {"input_tokens"}),
          count_at(usage, {"output_tokens"}),
          count_at(usage, {"output_tokens_details", "reasoning_tokens"}),
          count_at(usage, {"input_tokens_details", "cached_tokens"}),
          std::nullopt,
          usage.is_object()};
}

ProviderError told_failure(const Json& error) {
  const std::string code = text_at(error, {"code"});
  const bool busy = code == "server_error" || code == "rate_limit_exceeded" || code == "server_is_overloaded";
  if (!busy && (code.find("image") != std::string::npos || code == "invalid_prompt"))
    return failure("rejected_request", text_at(error, {"message"}), false);
  return failure(code == "rate_limit_exceeded" ? "rate_limited" : "provider_failed",
                 text_at(error, {"message"}), busy);
}

struct Said {
  std::string text, refusal;
};

// The texts of all messages; reasoning comes before them.
Said said_in(const Json& response) {
  Said said;
  for (const auto& item : list_or_empty(at(response, {"output"}))) {
    if (text_at(item, {"type"}) != "message") continue;
    for (const auto& part : list_or_empty(at(item, {"content"}))) {
      if (text_at(part, {"type"}) == "output_text") said.text += text_at(part, {"text"});
      if (text_at(part, {"type"}) == "refusal") said.refusal += text_at(part, {"refusal"});
    }
  }
  return said;
}

void end_incomplete(const Json& response, ReplyState& state) {
  const std::string reason = text_at(response, {"incomplete_details", "reason"});
  if (reason == "max_output_tokens") return state.end(Finish::length);
  state.end(reason == "content_filter" ? Finish::filter : Finish::other, reason);
}

// A whole response object, alone or at the end of a stream whose deltas came before.
void read_response(const Json& response, ReplyState& state) {
  const std::string status = text_at(response, {"status"});
  state.reply.response_id = text_at(response, {"id"});
  state.reply.model = text_at(response, {"model"});
  state.reply.usage = usage_of(at(response, {"usage"}));
  const auto said = said_in(response);
  if (state.reply.text.empty()) state.add_text(said.text);
  state.ended = true;
  if (status == "failed" || at(response, {"error"}).is_object())
    return state.fail(told_failure(at(response, {"error"})));
  if (!said.refusal.empty()) return state.end(Finish::refusal, said.refusal);
  if (status == "incomplete") return end_incomplete(response, state);
  if (status == "completed") return state.end(Finish::stop);
  if (!status.empty()) state.end(Finish::other, status);
}

void read_part(const Json& json, ReplyState& state) {
  const std::string type = text_at(json, {"type"});
  if (type == "response.output_text.delta") return state.add_text(text_at(json, {"delta"}));
  if (type.starts_with("response.reasoning")) return state.add_thinking(text_at(json, {"delta"}));
  if (type == "response.completed" || type == "response.incomplete" || type == "response.failed")
    return read_response(at(json, {"response"}), state);
  if (type == "error") state.fail(told_failure(at(json, {"error"}).is_object() ? at(json, {"error"}) : json));
}

void read_whole(const Json& json, ReplyState& state) {
  if (text_at(json, {"object"}) == "response") return read_response(json, state);
  if (at(json, {"error"}).is_object()) state.fail(told_failure(at(json, {"error"})));
}

constexpr ReplyFormat responses_format{ReplyFormat::Framing::events, read_part, read_whole};

}  // namespace

Result<HttpRequest> OpenAiResponses::request(const ModelCall& call) const {
  if (auto fits = check_picture(call); !fits) return fits.error();
  auto request =
      json_post(join_url(call.endpoint.base_url, default_base_url(), "/v1", "/responses"),
                request_text(responses_body(call), call, picture_uri(call)), asks_for_stream(call));
  add_bearer(request, call.endpoint.key);
  return request;
}

std::unique_ptr<ReplyReader> OpenAiResponses::reader(const HttpRequest& request,
                                                     std::string_view content_type) const {
  return std::make_unique<JsonReplyReader>(responses_format, request.streaming, std::string(content_type));
}

ProviderError OpenAiResponses::classify(int status, const Headers& headers, std::string_view body) const {
  return classify_openai(status, headers, body);
}

bool OpenAiResponses::adapt(ModelCapabilities& capabilities, int status, std::string_view body) const {
  return adapt_openai(capabilities, status, body);
}

HttpRequest OpenAiResponses::list_models(const Endpoint& endpoint) const {
  return openai_models(endpoint, default_base_url());
}

Result<std::vector<OfferedModel>> OpenAiResponses::models(std::string_view body) const {
  return model_ids(body, "data", "id");
}

}  // namespace doodled::llm
