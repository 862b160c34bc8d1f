#include <nlohmann/json.hpp>

#include "core/base/error_json.hpp"
#include "core/interpret/llm/conversation.hpp"
#include "core/interpret/llm/wire/encoding.hpp"

namespace doodled::llm {
namespace {

Json to_json(const Usage& usage) {
  if (!usage.known) return nullptr;
  Json json{{"input_tokens", usage.input_tokens},
            {"output_tokens", usage.output_tokens},
            {"thinking_tokens", usage.thinking_tokens},
            {"cached_tokens", usage.cached_tokens}};
  if (usage.cost) json["cost"] = *usage.cost;
  return json;
}

Json to_json(const std::vector<Problem>& problems) {
  Json list = Json::array();
  for (const auto& problem : problems)
    list.push_back({{"pointer", problem.pointer}, {"message", problem.message}});
  return list;
}

// An answer that is one is told by its text; for all else the body is kept as it came.
Json to_json(const Attempt& attempt) {
  const auto& reply = attempt.reply;
  Json json{{"reason", attempt.reason},
            {"max_output_tokens", attempt.max_output_tokens},
            {"finish", to_string(reply.finish)},
            {"model", reply.model},
            {"response_id", reply.response_id},
            {"fingerprint", reply.fingerprint},
            {"answer", reply.text},
            {"usage", to_json(reply.usage)},
            {"repairs", attempt.repairs},
            {"violations", to_json(attempt.violations)}};
  if (!reply.thinking.empty()) json["thinking"] = reply.thinking;
  if (!reply.detail.empty()) json["detail"] = reply.detail;
  if (reply.text.empty()) json["raw"] = reply.raw;
  return json;
}

Json turns(const std::vector<Turn>& further) {
  Json list = Json::array();
  for (const auto& turn : further)
    list.push_back({{"role", turn.role == Turn::Role::user ? "user" : "assistant"}, {"text", turn.text}});
  return list;
}

}  // namespace

// The picture's bytes left out: its SHA-256 stands beside.
ModelCall Conversation::without_picture() const {
  ModelCall call = call_;
  if (!call.picture) return call;
  auto empty = std::make_shared<PreparedPicture>(*call.picture);
  empty->bytes.clear();
  call.picture = std::move(empty);
  return call;
}

Result<HttpRequest> Conversation::first_request() const {
  ModelCall first = without_picture();
  first.further.clear();
  return provider_->request(first);
}

Usage Conversation::usage() const {
  Usage sum;
  for (const auto& attempt : attempts_) sum += attempt.reply.usage;
  return sum;
}

std::string Conversation::prompt_version() const { return prompt_version_; }

RawReply Conversation::record() const {
  Json sent{{"kind", settings_.kind},
            {"model", settings_.model},
            {"prompt_version", prompt_version_},
            {"url", first_.url}};
  if (call_.picture)
    sent["image"] = {{"sha256", call_.picture->sha256},
                     {"media_type", call_.picture->media_type},
                     {"width", call_.picture->width},
                     {"height", call_.picture->height}};
  if (!call_.further.empty()) sent["further"] = turns(call_.further);
  Json attempts = Json::array();
  for (const auto& attempt : attempts_) attempts.push_back(to_json(attempt));
  sent["attempts"] = std::move(attempts);
  const bool any = !attempts_.empty();
  const std::string reported = any ? attempts_.back().reply.model : "";
  auto text = to_text(sent);
  text.insert(1, "\"body\":" + first_.body + ",");  // as it was sent, keys in its order
  return {without_secret(std::move(text), call_.endpoint.key), any ? attempts_.back().reply.text : "",
          reported.empty() ? settings_.model : reported, prompt_version_, to_text(to_json(usage()))};
}

std::string Conversation::cache_key() const {
  std::string key;
  const std::string_view picture = call_.picture ? std::string_view(call_.picture->sha256) : "";
  for (const std::string_view part :
       {std::string_view(settings_.kind), std::string_view(first_.url), std::string_view(first_.body),
        std::string_view(prompt_version_), picture, std::string_view(request_.options),
        std::string_view(request_.mode)})
    (key += part) += '\0';
  return sha256_hex(key);
}

}  // namespace doodled::llm
