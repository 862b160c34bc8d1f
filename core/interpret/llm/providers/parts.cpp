#include "core/interpret/llm/providers/parts.hpp"

#include <array>
#include <map>
#include <mutex>

namespace doodled::llm {
namespace {

constexpr std::size_t dialects = 4;

// What is made of the modes' texts once and kept: of modes and dialects there are few.
class KeptTexts {
 public:
  template <class Make>
  const std::string& get(std::string_view made_of, const Make& make) {
    std::lock_guard lock(mutex_);
    const auto found = known_.find(made_of);
    return found != known_.end() ? found->second : known_.emplace(made_of, make()).first->second;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> known_;
};

std::string as_json(const OrderedJson& value) {
  return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

const std::string& lowered_once(std::string_view master, Dialect dialect) {
  static std::array<KeptTexts, dialects> known;
  return known.at(static_cast<std::size_t>(dialect)).get(master, [&] {
    return lowered(OrderedJson::parse(master), dialect).dump();
  });
}

const std::string& system_once(const ModelCall& call) {
  static KeptTexts known;
  return known.get(std::string(call.system).append(1, '\0').append(call.schema),
                   [&] { return as_json(system_with_schema(call)); });
}

std::string schema_place(Dialect dialect) { return "\x01schema" + std::to_string(static_cast<int>(dialect)); }

const std::string* schema_at(std::string_view place, std::string_view master) {
  for (std::size_t i = 0; i < dialects && !master.empty(); ++i)
    if (place == schema_place(static_cast<Dialect>(i))) return &lowered_once(master, static_cast<Dialect>(i));
  return nullptr;
}

// False for what is no place.
bool add_ready(std::string& text, std::string_view place, const ModelCall& call, const std::string& picture) {
  if (place == picture_place)
    text.append("\"").append(picture).append("\"");  // base64 needs no escaping
  else if (place == system_place)
    text += system_once(call);
  else if (const auto* schema = schema_at(place, call.schema))
    text += *schema;
  else
    return false;
  return true;
}

}  // namespace

OrderedJson schema_for(const ModelCall& call, Dialect dialect) {
  if (call.schema.empty() || call.capabilities.structured != StructuredOutput::schema) return nullptr;
  return schema_place(dialect);
}

// Quotes inside other texts are escaped, so that the mark is found at the beginning of a string only.
std::string request_text(const OrderedJson& body, const ModelCall& call, const std::string& picture) {
  constexpr std::string_view mark = "\"\\u0001";
  const auto draft = as_json(body);
  std::string text;
  text.reserve(draft.size() + picture.size() + call.system.size() + call.schema.size());
  std::size_t written = 0;
  for (auto at = draft.find(mark); at != draft.npos; at = draft.find(mark, at + 1)) {
    const auto name = at + mark.size(), end = draft.find('"', name);
    text.append(draft, written, at - written);
    written = at;
    if (add_ready(text, "\x01" + draft.substr(name, end - name), call, picture)) written = end + 1;
  }
  return text.append(draft, written);
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
