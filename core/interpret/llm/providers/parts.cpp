#include "core/interpret/llm/providers/parts.hpp"

#include <array>
#include <map>
#include <mutex>

namespace doodled::llm {
namespace {

struct Lowered {
  OrderedJson schema;
  std::string text;
};

// A mode's schema in one dialect, made once and kept: of both there are few, and a request is built several
// times a job.
const Lowered& lowered_once(const std::string& master, Dialect dialect) {
  static std::mutex mutex;
  static std::array<std::map<std::string, Lowered>, 4> known;
  std::lock_guard lock(mutex);
  auto& of_dialect = known.at(static_cast<std::size_t>(dialect));
  const auto found = of_dialect.find(master);
  if (found != of_dialect.end()) return found->second;
  auto schema = lowered(OrderedJson::parse(master), dialect);
  auto text = schema.dump();
  return of_dialect.emplace(master, Lowered{std::move(schema), std::move(text)}).first->second;
}

}  // namespace

OrderedJson schema_for(const ModelCall& call, Dialect dialect) {
  if (call.schema.empty() || call.capabilities.structured != StructuredOutput::schema) return nullptr;
  return lowered_once(call.schema, dialect).schema;
}

std::string system_with_schema(const ModelCall& call) {
  if (call.schema.empty()) return call.system;
  return call.system +
         "\n\nAnswer with one JSON object that follows this JSON Schema, and with nothing else:\n" +
         lowered_once(call.schema, Dialect::grammar).text;
}

bool asks_for_stream(const ModelCall& call) { return call.stream && call.capabilities.streaming; }

OrderedJson sent_temperature(const ModelCall& call) {
  return call.capabilities.temperature && call.temperature ? OrderedJson(*call.temperature) : OrderedJson();
}

OrderedJson sent_seed(const ModelCall& call) {
  constexpr std::uint64_t most = 0x7fffffff;  // servers keep it in 32 signed bits
  return call.capabilities.seed && call.seed ? OrderedJson(*call.seed & most) : OrderedJson();
}

std::string picture_uri(const ModelCall& call) {
  return call.picture ? data_uri(*call.picture) : std::string{};
}
std::string picture_base64(const ModelCall& call) {
  return call.picture ? base64(*call.picture) : std::string{};
}

Result<void> check_picture(const ModelCall& call) {
  if (!call.picture) return {};
  if (!call.capabilities.vision)
    return Error{"unsupported",
                 "the model " + call.model + " takes no pictures",
                 {{"image", "can't be read by this model"}}};
  if (call.picture->media_type != "image/png" && call.picture->media_type != "image/jpeg")
    return Error{
        "unsupported", "pictures are sent as PNG or JPEG", {{"image", "is " + call.picture->media_type}}};
  return {};
}

Result<std::vector<OfferedModel>> model_ids(std::string_view body, const char* list, const char* name) {
  const auto json = parse_json(body);
  if (!json) return Error{"bad_reply", "the list of models is no JSON"};
  if (!at(*json, {list}).is_array())
    return Error{"bad_reply", std::string("the list of models has no \"") + list + '"'};
  std::vector<OfferedModel> models;
  for (const auto& model : at(*json, {list}))
    if (auto id = text_at(model, {name}); !id.empty()) models.push_back({std::move(id), {}, std::nullopt});
  return models;
}

std::string_view role_name(Turn::Role role) { return role == Turn::Role::assistant ? "assistant" : "user"; }

}  // namespace doodled::llm
