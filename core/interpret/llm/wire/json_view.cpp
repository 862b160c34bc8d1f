#include "core/interpret/llm/wire/json_view.hpp"

#include <nlohmann/json.hpp>

namespace doodled::llm {
namespace {

const Json null_value;

}  // namespace

Json json_or_null(std::string_view body) {
  auto json = parse_json(body);
  return json ? *std::move(json) : Json();
}

const Json& at(const Json& json, std::initializer_list<const char*> keys) {
  const Json* place = &json;
  for (const char* key : keys) {
    if (!place->is_object()) return null_value;
    const auto found = place->find(key);
    if (found == place->end()) return null_value;
    place = &*found;
  }
  return *place;
}

const Json& first(const Json& list) { return list.is_array() && !list.empty() ? list.front() : null_value; }

const Json& list_or_empty(const Json& json) {
  static const Json empty = Json::array();
  return json.is_array() ? json : empty;
}

std::string text_at(const Json& json, std::initializer_list<const char*> keys) {
  const Json& value = at(json, keys);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

std::optional<double> number_at(const Json& json, std::initializer_list<const char*> keys) {
  const Json& value = at(json, keys);
  return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

std::int64_t count_at(const Json& json, std::initializer_list<const char*> keys) {
  const double value = number_at(json, keys).value_or(0);
  return value >= 0 && value <= 9007199254740992.0 ? static_cast<std::int64_t>(value) : 0;
}

}  // namespace doodled::llm
