#include "core/interpret/llm/providers/anthropic.hpp"

#include "core/interpret/llm/providers/parts.hpp"

namespace doodled::llm {
namespace {

constexpr std::string_view api_version = "2023-06-01";

OrderedJson user_content(const ModelCall& call) {
  OrderedJson content = OrderedJson::array();
  if (call.picture)
    content.push_back(
        {{"type", "image"},
         {"source",
          {{"type", "base64"}, {"media_type", call.picture->media_type}, {"data", picture_place}}}});
  content.push_back({{"type", "text"}, {"text", call.user}});
  return content;
}

OrderedJson messages(const ModelCall& call) {
  OrderedJson list = OrderedJson::array({{{"role", "user"}, {"content", user_content(call)}}});
  for (const auto& turn : call.further)
    list.push_back({{"role", role_name(turn.role)}, {"content", turn.text}});
  return list;
}

bool is_mode(const std::string& thinking) { return thinking == "adaptive" || thinking == "disabled"; }

OrderedJson output_config(const ModelCall& call) {
  const auto& thinking = call.capabilities.thinking;
  OrderedJson config = OrderedJson::object();
  if (!thinking.empty() && !is_mode(thinking)) config["effort"] = thinking;
  if (auto schema = schema_for(call, Dialect::anthropic); !schema.is_null())
    config["format"] = {{"type", "json_schema"}, {"schema", std::move(schema)}};
  return config;
}

OrderedJson messages_body(const ModelCall& call) {
  const bool told = call.capabilities.structured == StructuredOutput::schema;
  OrderedJson body{{"model", call.model},
                   {"max_tokens", call.max_output_tokens},
                   {"system", OrderedJson::array({{{"type", "text"},
                                                   {"text", told ? call.system : system_place},
                                                   {"cache_control", {{"type", "ephemeral"}}}}})},
                   {"messages", messages(call)}};
  if (auto config = output_config(call); !config.empty()) body["output_config"] = std::move(config);
  if (is_mode(call.capabilities.thinking)) body["thinking"] = {{"type", call.capabilities.thinking}};
  if (auto value = sent_temperature(call); !value.is_null()) body["temperature"] = value;
  body["stream"] = asks_for_stream(call);
  return body;
}

// --- replies

// Input and output are told apart in a stream: at its start the one, at its end the other.
void add_usage(const Json& usage, Usage& sum) {
  if (!usage.is_object()) return;
  const auto cached = count_at(usage, {"cache_read_input_tokens"});
  const auto input =
      count_at(usage, {"input_tokens"}) + count_at(usage, {"cache_creation_input_tokens"}) + cached;
  if (input > 0) sum.input_tokens = input;
  if (cached > 0) sum.cached_tokens = cached;
  if (const auto output = count_at(usage, {"output_tokens"}); output > 0) sum.output_tokens = output;
  if (const auto thinking = count_at(usage, {"output_tokens_details", "thinking_tokens"}); thinking > 0)
    sum.thinking_tokens = thinking;
  sum.known = true;
}

ProviderError told_failure(const Json& error) {
  const std::string type = text_at(error, {"type"});
  const std::string words = text_at(error, {"message"});
  if (type == "overloaded_error") return failure("overloaded", words, true);
  if (type == "rate_limit_error") return failure("rate_limited", words, true);
  if (type == "api_error" || type == "timeout_error") return failure("provider_failed", words, true);
  return failure("rejected_request", words, false);
}

std::string refusal_words(const Json& details) {
  const std::string category = text_at(details, {"category"}),
                    explanation = text_at(details, {"explanation"});
  return category + (category.empty() || explanation.empty() ? "" : ": ") + explanation;
}

void end_message(const Json& message, ReplyState& state) {
  const std::string reason = text_at(message, {"stop_reason"});
  if (reason.empty()) return;
  if (reason == "end_turn" || reason == "stop_sequence") return state.end(Finish::stop);
  if (reason == "max_tokens" || reason == "model_context_window_exceeded")
    return state.end(Finish::length, reason);
  if (reason == "refusal") return state.end(Finish::refusal, refusal_words(at(message, {"stop_details"})));
  state.end(reason == "tool_use" ? Finish::tool : Finish::other, reason);
}

void read_head(const Json& message, ReplyState& state) {
  state.reply.response_id = text_at(message, {"id"});
  state.reply.model = text_at(message, {"model"});
  add_usage(at(message, {"usage"}), state.reply.usage);
}

void add_block(const Json& block, ReplyState& state) {
  if (text_at(block, {"type"}) == "text") state.add_text(text_at(block, {"text"}));
  if (text_at(block, {"type"}) == "thinking") state.add_thinking(text_at(block, {"thinking"}));
}

void add_delta(const Json& delta, ReplyState& state) {
  if (text_at(delta, {"type"}) == "text_delta") state.add_text(text_at(delta, {"text"}));
  if (text_at(delta, {"type"}) == "thinking_delta") state.add_thinking(text_at(delta, {"thinking"}));
}

void read_part(const Json& json, ReplyState& state) {
  const std::string type = text_at(json, {"type"});
  if (type == "message_start") return read_head(at(json, {"message"}), state);
  if (type == "content_block_start") return add_block(at(json, {"content_block"}), state);
  if (type == "content_block_delta") return add_delta(at(json, {"delta"}), state);
  if (type == "error") return state.fail(told_failure(at(json, {"error"})));
  if (type == "message_stop") state.ended = true;
  if (type != "message_delta") return;
  add_usage(at(json, {"usage"}), state.reply.usage);
  end_message(at(json, {"delta"}), state);
}

void read_whole(const Json& json, ReplyState& state) {
  if (text_at(json, {"type"}) == "error") return state.fail(told_failure(at(json, {"error"})));
  read_head(json, state);
  for (const auto& block : list_or_empty(at(json, {"content"}))) add_block(block, state);
  end_message(json, state);
}

constexpr ReplyFormat messages_format{ReplyFormat::Framing::events, read_part, read_whole};

void add_key(HttpRequest& request, const Secret& key) {
  request.headers.emplace_back("anthropic-version", api_version);
  if (!key.empty()) request.headers.emplace_back("x-api-key", key.reveal());
}

}  // namespace

Result<HttpRequest> Anthropic::request(const ModelCall& call) const {
  if (auto fits = check_picture(call); !fits) return fits.error();
  auto request =
      json_post(join_url(call.endpoint.base_url, default_base_url(), "/v1", "/messages"),
                request_text(messages_body(call), call, picture_base64(call)), asks_for_stream(call));
  add_key(request, call.endpoint.key);
  return request;
}

std::unique_ptr<ReplyReader> Anthropic::reader(const HttpRequest& request,
                                               std::string_view content_type) const {
  return std::make_unique<JsonReplyReader>(messages_format, request.streaming, std::string(content_type));
}

ProviderError Anthropic::classify(int status, const Headers& headers, std::string_view body) const {
  const Json json = json_or_null(body);
  const Json& error = at(json, {"error"});
  auto failure = failure_of_status(status, headers, text_at(error, {"message"}));
  if (text_at(error, {"details", "error_code"}) == "enforced_spend_limit_reached") give_up(failure, "quota");
  if (status == 404) give_up(failure, "model_missing");
  return failure;
}

// Its words name the field: 'temperature: this model only accepts 1.0'.
bool Anthropic::adapt(ModelCapabilities& capabilities, int status, std::string_view body) const {
  if (status != 400) return false;
  const std::string words = text_at(json_or_null(body), {"error", "message"});
  const auto names = [&](const char* field) { return words.find(field) != std::string::npos; };
  if (names("temperature")) return std::exchange(capabilities.temperature, false);
  if (names("effort") || names("thinking")) return !std::exchange(capabilities.thinking, {}).empty();
  if (!names("output_config") && !names("chema")) return false;  // 'Schema is too complex for compilation'

  return std::exchange(capabilities.structured, StructuredOutput::none) == StructuredOutput::schema;
}

HttpRequest Anthropic::list_models(const Endpoint& endpoint) const {
  auto request = get(join_url(endpoint.base_url, default_base_url(), "/v1", "/models"));
  add_key(request, endpoint.key);
  return request;
}

Result<std::vector<OfferedModel>> Anthropic::models(std::string_view body) const {
  return model_ids(body, "data", "id");
}

}  // namespace doodled::llm
