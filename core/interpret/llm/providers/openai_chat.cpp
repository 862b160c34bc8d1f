#include "core/interpret/llm/providers/openai_chat.hpp"

#include "core/interpret/llm/providers/parts.hpp"

namespace doodled::llm {
namespace {

constexpr std::string_view public_base = "https://api.openai.com";
constexpr std::string_view local_base = "http://127.0.0.1:8080";

OrderedJson user_content(const ModelCall& call) {
  if (!call.picture) return call.user;
  OrderedJson image{{"url", picture_place}};
  if (!call.capabilities.image_detail.empty()) image["detail"] = call.capabilities.image_detail;
  return OrderedJson::array(
      {{{"type", "text"}, {"text", call.user}}, {{"type", "image_url"}, {"image_url", image}}});
}

OrderedJson messages(const ModelCall& call, bool openai) {
  OrderedJson list = OrderedJson::array();
  if (openai)
    list.push_back({{"role", "developer"}, {"content", call.system}});
  else
    list.push_back({{"role", "system"}, {"content", system_place}});
  list.push_back({{"role", "user"}, {"content", user_content(call)}});
  for (const auto& turn : call.further)
    list.push_back({{"role", role_name(turn.role)}, {"content", turn.text}});
  return list;
}

OrderedJson response_format(const ModelCall& call, Dialect dialect) {
  if (auto schema = schema_for(call, dialect); !schema.is_null())
    return {{"type", "json_schema"},
            {"json_schema", {{"name", call.schema_name}, {"strict", true}, {"schema", std::move(schema)}}}};
  if (call.capabilities.structured == StructuredOutput::none || call.schema.empty()) return nullptr;
  return {{"type", "json_object"}};
}

bool is_openrouter(const ModelCall& call) {
  return host_of(call.endpoint.base_url).ends_with("openrouter.ai");
}

void add_openai_fields(OrderedJson& body, const ModelCall& call) {
  body["store"] = false;
  if (!call.schema_name.empty()) body["prompt_cache_key"] = "doodled-" + call.schema_name;
}

OrderedJson stream_options(bool openai) {
  OrderedJson options{{"include_usage", true}};
  if (openai) options["include_obfuscation"] = false;
  return options;
}

OrderedJson chat_body(const ModelCall& call, bool openai) {
  const bool router = !openai && is_openrouter(call);
  OrderedJson body{{"model", call.model}, {"messages", messages(call, openai)}};
  const auto dialect = openai ? Dialect::openai : router ? Dialect::anthropic : Dialect::grammar;
  if (auto format = response_format(call, dialect); !format.is_null())
    body["response_format"] = std::move(format);
  const auto& field = call.capabilities.token_field;
  body[!field.empty() ? field : openai ? "max_completion_tokens" : "max_tokens"] = call.max_output_tokens;
  if (!call.capabilities.thinking.empty()) body["reasoning_effort"] = call.capabilities.thinking;
  if (auto value = sent_temperature(call); !value.is_null()) body["temperature"] = value;
  if (auto value = sent_seed(call); !value.is_null()) body["seed"] = value;
  if (openai) add_openai_fields(body, call);
  if (router) body["provider"] = {{"require_parameters", true}};
  body["stream"] = asks_for_stream(call);
  if (asks_for_stream(call)) body["stream_options"] = stream_options(openai);
  return body;
}

// --- replies

Usage chat_usage(const Json& usage) {
  Usage result{count_at(usage, {"prompt_tokens"}),
               count_at(usage, {"completion_tokens"}),
               count_at(usage, {"completion_tokens_details", "reasoning_tokens"}),
               count_at(usage, {"prompt_tokens_details", "cached_tokens"}),
               number_at(usage, {"cost"}),
               true};
  return result;
}

// A text, or a list of parts of which those of type 'text' are the answer.
void add_content(const Json& content, ReplyState& state) {
  if (content.is_string()) state.add_text(content.get<std::string>());
  for (const auto& part : list_or_empty(content))
    if (text_at(part, {"type"}) == "text") state.add_text(text_at(part, {"text"}));
}

void add_message(const Json& message, ReplyState& state) {
  for (const char* key : {"reasoning_content", "reasoning"})  // llama.cpp and vLLM; OpenRouter
    if (const auto thought = text_at(message, {key}); !thought.empty()) state.add_thinking(thought);
  add_content(at(message, {"content"}), state);
  if (const auto refusal = text_at(message, {"refusal"}); !refusal.empty()) state.reply.detail += refusal;
}

void end_choice(const std::string& reason, ReplyState& state) {
  if (reason == "error")
    return state.fail(failure("provider_failed", "the provider gave up in the middle", true));
  if (!state.reply.detail.empty()) return state.end(Finish::refusal, state.reply.detail);
  if (reason == "stop" || reason == "eos") return state.end(Finish::stop);
  if (reason == "length") return state.end(Finish::length);
  if (reason == "content_filter") return state.end(Finish::filter, reason);
  state.end(reason == "tool_calls" || reason == "function_call" ? Finish::tool : Finish::other, reason);
}

ProviderError told_failure(const Json& error) {
  const Json& code = at(error, {"code"});
  const int status = code.is_number_integer() ? static_cast<int>(count_at(error, {"code"})) : 0;
  const std::string body = to_text(Json{{"error", error}});
  if (status >= 300 && status < 600) return classify_openai(status, {}, body);
  const std::string word = code.is_string() ? code.get<std::string>() : text_at(error, {"type"});
  const bool busy = word == "rate_limit_exceeded" || word == "server_error" ||
                    word == "server_is_overloaded" || word == "overloaded_error" || word == "slow_down";
  return failure(busy ? "overloaded" : "provider_failed", text_at(error, {"message"}), busy);
}

void read_common(const Json& json, ReplyState& state) {
  if (at(json, {"error"}).is_object()) state.fail(told_failure(at(json, {"error"})));
  if (at(json, {"error"}).is_string())
    state.fail(failure("provider_failed", text_at(json, {"error"}), false));
  if (auto id = text_at(json, {"id"}); !id.empty()) state.reply.response_id = std::move(id);
  if (auto model = text_at(json, {"model"}); !model.empty()) state.reply.model = std::move(model);
  if (auto print = text_at(json, {"system_fingerprint"}); !print.empty())
    state.reply.fingerprint = std::move(print);
  if (at(json, {"usage"}).is_object()) state.reply.usage = chat_usage(at(json, {"usage"}));
}

void read_choice(const Json& json, const char* message, ReplyState& state) {
  read_common(json, state);
  const Json& choice = first(at(json, {"choices"}));
  if (state.error || !choice.is_object()) return;
  if (at(choice, {"error"}).is_object()) return state.fail(told_failure(at(choice, {"error"})));
  add_message(at(choice, {message}), state);
  if (const auto reason = text_at(choice, {"finish_reason"}); !reason.empty()) end_choice(reason, state);
}

void read_part(const Json& json, ReplyState& state) { read_choice(json, "delta", state); }

void read_whole(const Json& json, ReplyState& state) {
  read_choice(json, "message", state);
  const Json& choice = first(at(json, {"choices"}));
  if (!state.finished && at(choice, {"message"}).is_object())
    state.end(Finish::stop);  // some servers leave it out
}

constexpr ReplyFormat chat_format{ReplyFormat::Framing::events, read_part, read_whole};

// Servers that know no schemas, or whose grammar does not take this one: any object will do, then nothing.
bool ask_for_less(ModelCapabilities& capabilities, std::string_view body) {
  const bool shape = body.find("response_format") != body.npos || body.find("json_schema") != body.npos ||
                     body.find("grammar") != body.npos;
  if (!shape || capabilities.structured == StructuredOutput::none) return false;
  const bool was_schema = capabilities.structured == StructuredOutput::schema;
  capabilities.structured = was_schema ? StructuredOutput::json : StructuredOutput::none;
  return true;
}

bool is_spent(const std::string& word) {
  return word == "insufficient_quota" || word == "credit_balance_exhausted" ||
         word == "organization_spend_limit_exceeded" || word == "project_spend_limit_exceeded" ||
         word == "organization_usage_limit_exceeded";
}

}  // namespace

std::string_view OpenAiChat::default_base_url() const {
  return flavour_ == Flavour::openai ? public_base : local_base;
}

Result<HttpRequest> OpenAiChat::request(const ModelCall& call) const {
  if (auto fits = check_picture(call); !fits) return fits.error();
  const bool openai = flavour_ == Flavour::openai;
  auto request =
      json_post(join_url(call.endpoint.base_url, default_base_url(), "/v1", "/chat/completions"),
                request_text(chat_body(call, openai), call, picture_uri(call)), asks_for_stream(call));
  add_bearer(request, call.endpoint.key);
  return request;
}

std::unique_ptr<ReplyReader> OpenAiChat::reader(const HttpRequest& request,
                                                std::string_view content_type) const {
  return std::make_unique<JsonReplyReader>(chat_format, request.streaming, std::string(content_type));
}

ProviderError OpenAiChat::classify(int status, const Headers& headers, std::string_view body) const {
  auto error = classify_openai(status, headers, body);
  const Json json = json_or_null(body);
  // llama.cpp answers 500 to requests that it can't read and to pictures that its model can't see.
  if (flavour_ == Flavour::compatible && status == 500 &&
      text_at(json, {"error", "type"}) == "server_error" && count_at(json, {"error", "code"}) == 500)
    give_up(error, "rejected_request");
  return error;
}

bool OpenAiChat::adapt(ModelCapabilities& capabilities, int status, std::string_view body) const {
  if (adapt_openai(capabilities, status, body)) return true;
  return flavour_ == Flavour::compatible && status == 400 && ask_for_less(capabilities, body);
}

HttpRequest OpenAiChat::list_models(const Endpoint& endpoint) const {
  return openai_models(endpoint, default_base_url());
}

Result<std::vector<OfferedModel>> OpenAiChat::models(std::string_view body) const {
  return model_ids(body, "data", "id");
}

HttpRequest openai_models(const Endpoint& endpoint, std::string_view fallback) {
  auto request = get(join_url(endpoint.base_url, fallback, "/v1", "/models"));
  add_bearer(request, endpoint.key);
  return request;
}

ProviderError classify_openai(int status, const Headers& headers, std::string_view body) {
  const Json json = json_or_null(body);
  const Json& error = at(json, {"error"});
  const std::string words = error.is_string() ? error.get<std::string>() : text_at(error, {"message"});
  auto failure = failure_of_status(status, headers, words);
  const std::string code = text_at(error, {"code"}), type = text_at(error, {"type"});
  const std::string routed = text_at(error, {"metadata", "error_type"});  // OpenRouter
  if (is_spent(code) || is_spent(type)) give_up(failure, "quota");
  if (code == "model_not_found") give_up(failure, "model_missing");
  if (type == "exceed_context_size_error" || code == "context_length_exceeded" ||
      routed == "context_length_exceeded")
    give_up(failure, "too_large");
  if (routed == "refusal" || routed == "content_policy_violation") give_up(failure, "rejected_request");
  return failure;
}

bool adapt_openai(ModelCapabilities& capabilities, int status, std::string_view body) {
  if (status != 400) return false;
  const std::string param = text_at(json_or_null(body), {"error", "param"});
  if (param == "temperature") return std::exchange(capabilities.temperature, false);
  if (param == "seed") return std::exchange(capabilities.seed, false);
  if (param == "reasoning_effort" || param == "reasoning.effort" || param == "reasoning")
    return !std::exchange(capabilities.thinking, {}).empty();
  const char* other = param == "max_tokens"              ? "max_completion_tokens"
                      : param == "max_completion_tokens" ? "max_tokens"
                                                         : nullptr;
  return other && std::exchange(capabilities.token_field, other) != other;
}

}  // namespace doodled::llm
