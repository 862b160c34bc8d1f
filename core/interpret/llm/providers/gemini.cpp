#include "core/interpret/llm/providers/gemini.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/interpret/llm/providers/parts.hpp"

namespace doodled::llm {
namespace {

constexpr std::string_view version = "/v1beta";

OrderedJson text_part(std::string_view text) { return OrderedJson::array({{{"text", text}}}); }

OrderedJson contents(const ModelCall& call) {
  OrderedJson parts = OrderedJson::array();
  if (call.picture)
    parts.push_back({{"inlineData", {{"mimeType", call.picture->media_type}, {"data", picture_place}}}});
  parts.push_back({{"text", call.user}});
  OrderedJson list = OrderedJson::array({{{"role", "user"}, {"parts", std::move(parts)}}});
  for (const auto& turn : call.further)
    list.push_back(
        {{"role", turn.role == Turn::Role::user ? "user" : "model"}, {"parts", text_part(turn.text)}});
  return list;
}

// The field for the schema has been renamed more than once, so it can be chosen.
void add_schema(OrderedJson& config, const ModelCall& call) {
  auto schema = schema_for(call, Dialect::gemini);
  const auto& field = call.capabilities.schema_field;
  if (!schema.is_null() && field == "responseFormat") {
    config[field] = {{"text", {{"mimeType", "APPLICATION_JSON"}, {"schema", std::move(schema)}}}};
    return;
  }
  if (call.schema.empty() || call.capabilities.structured == StructuredOutput::none) return;
  config["responseMimeType"] = "application/json";
  if (!schema.is_null()) config[field.empty() ? "responseJsonSchema" : field] = std::move(schema);
}

// A level ('LOW') or, for the models before Gemini 3, a number of tokens.
OrderedJson thinking_config(const std::string& thinking) {
  const bool number = std::ranges::all_of(thinking, [](unsigned char c) { return std::isdigit(c) != 0; });
  if (number && thinking.size() < 7) return {{"thinkingBudget", std::stoi(thinking)}};
  return {{"thinkingLevel", thinking}};
}

OrderedJson generation_config(const ModelCall& call) {
  OrderedJson config = OrderedJson::object();
  add_schema(config, call);
  config["maxOutputTokens"] = call.max_output_tokens;
  if (auto value = sent_seed(call); !value.is_null()) config["seed"] = value;
  if (auto value = sent_temperature(call); !value.is_null()) config["temperature"] = value;
  if (!call.capabilities.thinking.empty())
    config["thinkingConfig"] = thinking_config(call.capabilities.thinking);
  return config;
}

OrderedJson generate_body(const ModelCall& call) {
  const bool told = call.capabilities.structured == StructuredOutput::schema;
  return {{"systemInstruction", {{"parts", text_part(told ? call.system : system_place)}}},
          {"contents", contents(call)},
          {"generationConfig", generation_config(call)}};
}

std::string generate_path(const ModelCall& call) {
  std::string_view model = call.model;
  if (model.starts_with("models/")) model.remove_prefix(7);
  return "/models/" + path_segment(model) +
         (asks_for_stream(call) ? ":streamGenerateContent?alt=sse" : ":generateContent");
}

// --- replies

Usage usage_of(const Json& usage) {
  const auto thinking = count_at(usage, {"thoughtsTokenCount"});
  return {count_at(usage, {"promptTokenCount"}),
          count_at(usage, {"candidatesTokenCount"}) + thinking,
          thinking,
          count_at(usage, {"cachedContentTokenCount"}),
          std::nullopt,
          usage.is_object()};
}

bool is_filter(const std::string& reason) {
  constexpr std::array<std::string_view, 8> reasons{
      "SAFETY", "RECITATION",   "BLOCKLIST", "PROHIBITED_CONTENT",
      "SPII",   "IMAGE_SAFETY", "LANGUAGE",  "IMAGE_PROHIBITED_CONTENT"};
  return std::ranges::find(reasons, reason) != reasons.end();
}

void end_candidate(const Json& candidate, ReplyState& state) {
  const std::string reason = text_at(candidate, {"finishReason"});
  const std::string message = text_at(candidate, {"finishMessage"});
  const std::string words = reason + (message.empty() ? "" : ": " + message);
  if (reason.empty()) return;
  if (reason == "STOP") return state.end(Finish::stop);
  if (reason == "MAX_TOKENS") return state.end(Finish::length);
  if (is_filter(reason)) return state.end(Finish::filter, words);
  state.end(reason.find("TOOL") != std::string::npos ? Finish::tool : Finish::other, words);
}

void add_part(const Json& part, ReplyState& state) {
  const Json& thought = at(part, {"thought"});
  if (thought.is_boolean() && thought.get<bool>())
    state.add_thinking(text_at(part, {"text"}));
  else
    state.add_text(text_at(part, {"text"}));
}

ProviderError told_failure(const Json& error) {
  const auto code = count_at(error, {"code"});
  return Gemini().classify(code >= 300 && code < 600 ? static_cast<int>(code) : 500, {},
                           to_text(Json{{"error", error}}));
}

// Pieces and whole answers have one shape; errors may come in a list of one.
void read(const Json& answer, ReplyState& state) {
  const Json& json = answer.is_array() ? first(answer) : answer;
  if (at(json, {"error"}).is_object()) return state.fail(told_failure(at(json, {"error"})));
  if (auto id = text_at(json, {"responseId"}); !id.empty()) state.reply.response_id = std::move(id);
  if (auto model = text_at(json, {"modelVersion"}); !model.empty()) state.reply.model = std::move(model);
  if (at(json, {"usageMetadata"}).is_object()) state.reply.usage = usage_of(at(json, {"usageMetadata"}));
  const std::string blocked = text_at(json, {"promptFeedback", "blockReason"});
  if (!blocked.empty()) return state.end(Finish::filter, blocked);
  const Json& candidate = first(at(json, {"candidates"}));
  for (const auto& part : list_or_empty(at(candidate, {"content", "parts"}))) add_part(part, state);
  end_candidate(candidate, state);
}

constexpr ReplyFormat generate_format{ReplyFormat::Framing::events, read, read};

void add_key(HttpRequest& request, const Secret& key) {
  if (!key.empty()) request.headers.emplace_back("x-goog-api-key", key.reveal());
}

// google.rpc.RetryInfo: '31s', '0.5s'.
std::optional<std::chrono::milliseconds> retry_delay(const Json& details) {
  for (const auto& detail : list_or_empty(details)) {
    const std::string delay = text_at(detail, {"retryDelay"});
    if (!delay.ends_with('s')) continue;
    const Json seconds = json_or_null(delay.substr(0, delay.size() - 1));
    if (seconds.is_number() && seconds.get<double>() >= 0 && seconds.get<double>() < 1e6)
      return std::chrono::milliseconds(static_cast<long long>(seconds.get<double>() * 1000));
  }
  return std::nullopt;
}

// A quota of a day does not come back by waiting.
bool is_daily(const Json& details) {
  for (const auto& detail : list_or_empty(details))
    for (const auto& violation : list_or_empty(at(detail, {"violations"})))
      if (text_at(violation, {"quotaId"}).find("PerDay") != std::string::npos) return true;
  return false;
}

}  // namespace

Result<HttpRequest> Gemini::request(const ModelCall& call) const {
  if (auto fits = check_picture(call); !fits) return fits.error();
  auto request =
      json_post(join_url(call.endpoint.base_url, default_base_url(), version, generate_path(call)),
                request_text(generate_body(call), call, picture_base64(call)), asks_for_stream(call));
  add_key(request, call.endpoint.key);
  return request;
}

std::unique_ptr<ReplyReader> Gemini::reader(const HttpRequest& request, std::string_view content_type) const {
  return std::make_unique<JsonReplyReader>(generate_format, request.streaming, std::string(content_type));
}

ProviderError Gemini::classify(int status, const Headers& headers, std::string_view body) const {
  const Json json = json_or_null(body);
  const Json& error = at(json.is_array() ? first(json) : json, {"error"});
  const Json& details = at(error, {"details"});
  auto failure = failure_of_status(status, headers, text_at(error, {"message"}));
  if (failure.retryable && !failure.retry_after) failure.retry_after = retry_delay(details);
  if (status == 429 && is_daily(details)) give_up(failure, "quota");
  if (status == 404) give_up(failure, "model_missing");
  return failure;
}

bool Gemini::adapt(ModelCapabilities& capabilities, int status, std::string_view body) const {
  if (status != 400) return false;
  const Json json = json_or_null(body);
  const std::string words = text_at(json.is_array() ? first(json) : json, {"error", "message"});
  const auto names = [&](std::string_view field) { return words.find(field) != std::string::npos; };
  if (names("thinking")) return !std::exchange(capabilities.thinking, {}).empty();
  if (names("seed")) return std::exchange(capabilities.seed, false);
  if (names("temperature")) return std::exchange(capabilities.temperature, false);
  if (names("too many states") || names("too complex"))
    return std::exchange(capabilities.structured, StructuredOutput::json) == StructuredOutput::schema;
  const bool json_schema =
      capabilities.schema_field.empty() || capabilities.schema_field == "responseJsonSchema";
  const bool unknown = names(json_schema ? "JsonSchema" : "responseFormat") || names("response_json_schema");
  if (!unknown || (!json_schema && capabilities.schema_field != "responseFormat")) return false;
  capabilities.schema_field = json_schema ? "responseFormat" : "responseSchema";
  return true;
}

HttpRequest Gemini::list_models(const Endpoint& endpoint) const {
  auto request = get(join_url(endpoint.base_url, default_base_url(), version, "/models"));
  add_key(request, endpoint.key);
  return request;
}

Result<std::vector<OfferedModel>> Gemini::models(std::string_view body) const {
  const Json json = json_or_null(body);
  if (!at(json, {"models"}).is_array()) return Error{"bad_reply", "the list of models has no \"models\""};
  std::vector<OfferedModel> models;
  for (const auto& model : at(json, {"models"})) {
    const auto& methods = list_or_empty(at(model, {"supportedGenerationMethods"}));
    const bool fits =
        std::ranges::any_of(methods, [](const Json& method) { return method == "generateContent"; });
    std::string name = text_at(model, {"name"});
    if (name.starts_with("models/")) name.erase(0, 7);
    if (fits && !name.empty()) models.push_back({std::move(name), {}, std::nullopt});
  }
  return models;
}

}  // namespace doodled::llm
