#include "core/interpret/llm/providers/parts.hpp"

namespace doodled::llm {

OrderedJson schema_for(const ModelCall& call, Dialect dialect) {
  if (call.schema.empty() || call.capabilities.structured != StructuredOutput::schema) return nullptr;
  return lowered(OrderedJson::parse(call.schema), dialect);
}

std::string system_with_schema(const ModelCall& call) {
  if (call.schema.empty()) return call.system;
  const auto schema = lowered(OrderedJson::parse(call.schema), Dialect::grammar);
  return call.system +
         "\n\nAnswer with one JSON object that follows this JSON Schema, and with nothing else:\n" +
         schema.dump();
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
