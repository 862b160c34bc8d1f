#include "core/store/record_fields.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "core/base/ids.hpp"

namespace doodled {
namespace {

bool are_texts(const Json& value) {
  return value.is_array() && std::ranges::all_of(value, [](const Json& item) { return item.is_string(); });
}

}  // namespace

RecordFields::RecordFields(const Json& json) : json_(json) {
  if (!json.is_object()) problems_.push_back({"", "is not an object"});
}

void RecordFields::complain(const std::string& key, std::string message) {
  const std::string pointer = "/" + key;
  const auto known = [&](const Problem& problem) { return problem.pointer == pointer; };
  if (std::ranges::none_of(problems_, known)) problems_.push_back({pointer, std::move(message)});
}

const Json* RecordFields::find(const char* key) const {
  if (!json_.is_object() || !json_.contains(key) || json_.at(key).is_null()) return nullptr;
  return &json_.at(key);
}

const Json* RecordFields::need(const char* key) {
  const Json* field = find(key);
  if (!field) complain(key, "is missing");
  return field;
}

std::string RecordFields::text(const char* key) { return need(key) ? optional_text(key) : std::string(); }

std::string RecordFields::sha256(const char* key) {
  std::string digits = text(key);
  if (!is_sha256(digits)) complain(key, "is not a SHA-256 in hexadecimal digits");
  return digits;
}

std::int64_t RecordFields::whole(const char* key, std::int64_t minimum, std::int64_t maximum) {
  const Json* field = need(key);
  if (!field) return minimum;
  const auto value = field->is_number_integer() ? field->get<std::int64_t>() : minimum - 1;
  if (value >= minimum && value <= maximum) return value;
  complain(key, "is not a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
  return minimum;
}

double RecordFields::number(const char* key, double minimum, double maximum) {
  const Json* field = need(key);
  if (!field) return minimum;
  const double value = field->is_number() ? field->get<double>() : minimum - 1;
  if (value >= minimum && value <= maximum) return value;
  complain(key, "is not a number from " + to_text(minimum) + " to " + to_text(maximum));
  return minimum;
}

std::int64_t RecordFields::time(const char* key) {
  return need(key) ? optional_time(key).value_or(0) : std::int64_t{0};
}

std::vector<std::string> RecordFields::texts(const char* key) {
  const Json* field = need(key);
  if (field && are_texts(*field)) return field->get<std::vector<std::string>>();
  complain(key, "is not a list of texts");
  return {};
}

std::string RecordFields::list(const char* key, std::size_t least) {
  const auto items = texts(key);
  if (items.size() < least) complain(key, "is empty");
  return to_text(Json(items));
}

std::string RecordFields::optional_text(const char* key) {
  const Json* field = find(key);
  if (!field) return {};
  if (!field->is_string()) return complain(key, "is not a text"), std::string();
  return field->get<std::string>();
}

std::string RecordFields::optional_json(const char* key) {
  const Json* field = find(key);
  return field ? to_text(*field) : std::string();
}

bool RecordFields::flag(const char* key) {
  const Json* field = find(key);
  if (field && !field->is_boolean()) complain(key, "is neither true nor false");
  return field && field->is_boolean() && field->get<bool>();
}

double RecordFields::optional_number(const char* key) {
  const Json* field = find(key);
  if (field && !field->is_number()) complain(key, "is not a number");
  return field && field->is_number() ? field->get<double>() : 0;
}

std::optional<std::int64_t> RecordFields::optional_time(const char* key) {
  const std::string text = optional_text(key);
  if (text.empty()) return std::nullopt;
  const auto at = from_rfc3339(text);
  if (!at) complain(key, "is not a time as in 2026-01-31T12:00:00.000Z");
  return at;
}

}  // namespace doodled
