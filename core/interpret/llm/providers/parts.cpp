#include "core/interpret/llm/providers/parts.hpp"

#include <array>
#include <map>
#include <mutex>

namespace doodled::llm {
namespace {

constexpr std::size_t dialects = 4;

// A mode's schema in one dialect as text, made once and kept: of both there are few.
const std::string& lowered_once(std::string_view master, Dialect dialect) {
  static std::mutex mutex;
  static std::array<std::map<std::string, std::string, std::less<>>, dialects> known;
  std::lock_guard lock(mutex);
  auto& of_dialect = known.at(static_cast<std::size_t>(dialect));
  const auto found = of_dialect.find(master);
  if (found != of_dialect.end()) return found->second;
  auto text = lowered(OrderedJson::parse(master), dialect).dump();
  return of_dialect.emplace(master, std::move(text)).first->second;
}

// The string value that stands for a schema in a request being built.
std::string schema_place(Dialect dialect) { return "\x01schema" + std::to_string(static_cast<int>(dialect)); }

}  // namespace

OrderedJson schema_for(const ModelCall& call, Dialect dialect) {
  if (call.schema.empty() || call.capabilities.structured != StructuredOutput::schema) return nullptr;
  return schema_place(dialect);
}

std::string request_text(const OrderedJson& body, const ModelCall& call, const std::string& picture) {
  auto text = body_text(body, picture);
  for (std::size_t i = 0; i < dialects; ++i) {
    const auto dialect = static_cast<Dialect>(i);
    const std::string place = OrderedJson(schema_place(dialect)).dump();
    if (const auto found = text.find(place); found != std::string::npos)
      text.replace(found, place.size(), lowered_once(call.schema, dialect));
  }
  return text;
}

std::string system_with_schema(const ModelCall& call) {
  std::string text(call.system);
  if (call.schema.empty()) return text;
  return text + "\n\nAnswer with one JSON object that follows this JSON Schema, and with nothing else:\n" +
         lowered_once(call.schema, Dialect::grammar);
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
