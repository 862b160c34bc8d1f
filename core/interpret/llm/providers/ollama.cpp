#include "core/interpret/llm/providers/ollama.hpp"

#include <algorithm>

#include "core/interpret/llm/providers/parts.hpp"

namespace doodled::llm {
namespace {

OrderedJson messages(const ModelCall& call) {
  OrderedJson user{{"role", "user"}, {"content", call.user}};
  if (call.picture) user["images"] = OrderedJson::array({picture_place});
  OrderedJson list = OrderedJson::array({{{"role", "system"}, {"content", system_place}}, std::move(user)});
  for (const auto& turn : call.further)
    list.push_back({{"role", role_name(turn.role)}, {"content", turn.text}});
  return list;
}

// Without it a model that can think does, and the answer may end up among its thoughts.
OrderedJson think(const std::string& thinking) {
  if (thinking.empty() || thinking == "false") return false;
  return thinking == "true" ? OrderedJson(true) : OrderedJson(thinking);
}

// At most: three characters a token, and a picture of 1024 x 1024.
int question_tokens(const ModelCall& call) {
  constexpr std::size_t letters = 3, of_picture = 1500;
  auto size = system_with_schema(call).size() + call.user.size();
  for (const auto& turn : call.further) size += turn.text.size();
  return static_cast<int>(size / letters + (call.picture ? of_picture : 0));
}

// What does not fit into the context would push the question out of it, so the answer ends before.
int answer_tokens(const ModelCall& call, int context) {
  constexpr int fewest = 1024;
  return std::min(call.max_output_tokens, std::max(fewest, context - question_tokens(call)));
}

OrderedJson options(const ModelCall& call) {
  constexpr int fewest_context = 8192;  // the server's own default silently cuts the prompt
  const int context = std::max(fewest_context, call.capabilities.context_tokens);
  OrderedJson json{{"num_ctx", context}, {"num_predict", answer_tokens(call, context)}};
  if (auto value = sent_seed(call); !value.is_null()) json["seed"] = value;
  if (auto value = sent_temperature(call); !value.is_null()) json["temperature"] = value;
  return json;
}

OrderedJson chat_body(const ModelCall& call) {
  OrderedJson body{{"model", call.model}, {"messages", messages(call)}};
  if (auto schema = schema_for(call, Dialect::grammar); !schema.is_null())
    body["format"] = std::move(schema);
  else if (!call.schema.empty() && call.capabilities.structured == StructuredOutput::json)
    body["format"] = "json";
  body["stream"] = asks_for_stream(call);
  body["think"] = think(call.capabilities.thinking);
  body["truncate"] = false;
  body["keep_alive"] = "10m";
  body["options"] = options(call);
  return body;
}

// --- replies

void end_answer(const Json& json, ReplyState& state) {
  const std::string reason = text_at(json, {"done_reason"});
  state.ended = true;
  state.reply.usage = {
      count_at(json, {"prompt_eval_count"}), count_at(json, {"eval_count"}), 0, 0, std::nullopt,
      at(json, {"eval_count"}).is_number()};
  if (reason == "length") return state.end(Finish::length);
  state.end(reason.empty() || reason == "stop" ? Finish::stop : Finish::other,
            reason == "stop" ? "" : reason);
}

// Lines of a stream and whole answers have one shape.
void read(const Json& json, ReplyState& state) {
  if (const auto words = text_at(json, {"error"}); !words.empty())
    return state.fail(failure("provider_failed", words, true));
  if (auto model = text_at(json, {"model"}); !model.empty()) state.reply.model = std::move(model);
  if (const auto thought = text_at(json, {"message", "thinking"}); !thought.empty())
    state.add_thinking(thought);
  state.add_text(text_at(json, {"message", "content"}));
  const Json& done = at(json, {"done"});
  if (done.is_boolean() && done.get<bool>()) end_answer(json, state);
}

constexpr ReplyFormat chat_format{ReplyFormat::Framing::lines, read, read};

std::string url(const Endpoint& endpoint, std::string_view fallback, std::string_view path) {
  std::string_view base = endpoint.base_url;
  while (base.ends_with('/')) base.remove_suffix(1);
  for (const std::string_view version :
       {"/v1", "/api"})  // the root is meant: other clients want one of them said
    if (base.ends_with(version)) base.remove_suffix(version.size());
  return join_url(base, fallback, "", path);
}

}  // namespace

Result<HttpRequest> Ollama::request(const ModelCall& call) const {
  if (auto fits = check_picture(call); !fits) return fits.error();
  auto request = json_post(url(call.endpoint, default_base_url(), "/api/chat"),
                           request_text(chat_body(call), call, picture_base64(call)), asks_for_stream(call));
  add_bearer(request, call.endpoint.key);
  return request;
}

std::unique_ptr<ReplyReader> Ollama::reader(const HttpRequest& request, std::string_view content_type) const {
  return std::make_unique<JsonReplyReader>(chat_format, request.streaming, std::string(content_type));
}

ProviderError Ollama::classify(int status, const Headers& headers, std::string_view body) const {
  auto failure = failure_of_status(status, headers, text_at(json_or_null(body), {"error"}));
  if (status == 404) give_up(failure, "model_missing");
  return failure;
}

bool Ollama::adapt(ModelCapabilities& capabilities, int status, std::string_view body) const {
  const std::string words = text_at(json_or_null(body), {"error"});
  if (status != 400 || words.find("does not support thinking") == std::string::npos) return false;
  return !std::exchange(capabilities.thinking, {}).empty();
}

HttpRequest Ollama::list_models(const Endpoint& endpoint) const {
  auto request = get(url(endpoint, default_base_url(), "/api/tags"));
  add_bearer(request, endpoint.key);
  return request;
}

// Newer servers say of each model what it can do.
Result<std::vector<OfferedModel>> Ollama::models(std::string_view body) const {
  const Json json = json_or_null(body);
  if (!at(json, {"models"}).is_array()) return Error{"bad_reply", "the list of models has no \"models\""};
  std::vector<OfferedModel> models;
  for (const auto& model : at(json, {"models"})) {
    OfferedModel offered{text_at(model, {"name"}), text_at(model, {"digest"}), std::nullopt};
    const Json& abilities = at(model, {"capabilities"});
    if (abilities.is_array())
      offered.vision = std::ranges::any_of(abilities, [](const Json& word) { return word == "vision"; });
    if (!offered.name.empty()) models.push_back(std::move(offered));
  }
  return models;
}

}  // namespace doodled::llm
