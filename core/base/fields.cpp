#include "core/base/fields.hpp"

#include <cmath>

namespace doodled {
namespace {

const Json& empty_object() {
  static const Json object = Json::object();
  return object;
}

std::string range_text(double minimum, double maximum) {
  return "between " + to_text(minimum) + " and " + to_text(maximum);
}

}  // namespace

Fields::Fields(const Json& value, std::string pointer, std::vector<Problem>& problems)
    : value_(value), pointer_(std::move(pointer)), problems_(problems) {}

const Json* Fields::find(const char* key) const { return has(key) ? &value_.at(key) : nullptr; }

void Fields::complain(const std::string& key, std::string message) {
  problems_.push_back({key.empty() ? pointer_ : pointer_ + "/" + key, std::move(message)});
}

double Fields::number(const char* key, double minimum, double maximum, double fallback) {
  const Json* field = find(key);
  if (!field) return fallback;
  if (!field->is_number()) return complain(key, "is not a number"), fallback;
  const double number = field->get<double>();
  if (!(number >= minimum && number <= maximum))
    return complain(key, "is not " + range_text(minimum, maximum)), fallback;
  return number;
}

int Fields::whole(const char* key, int minimum, int maximum, int fallback) {
  const Json* field = find(key);
  if (!field) return fallback;
  const double value = field->is_number() ? field->get<double>() : std::nan("");
  if (value >= minimum && value <= maximum && value == std::floor(value)) return static_cast<int>(value);
  complain(key, "is not a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
  return fallback;
}

std::string Fields::text(const char* key, std::string fallback) {
  const Json* field = find(key);
  if (!field) return fallback;
  if (!field->is_string()) return complain(key, "is not a text"), fallback;
  return field->get<std::string>();
}

bool Fields::flag(const char* key, bool fallback) {
  const Json* field = find(key);
  if (!field) return fallback;
  if (!field->is_boolean()) return complain(key, "is not true or false"), fallback;
  return field->get<bool>();
}

Fields Fields::object(const char* key, bool required) {
  const Json* field = find(key);
  if (!field && required) complain(key, "is missing");
  if (field && !field->is_object()) complain(key, "is not an object");
  return {field && field->is_object() ? *field : empty_object(), pointer_ + "/" + key, problems_};
}

std::vector<Fields> Fields::objects(const char* key, bool required) {
  const Json* field = find(key);
  if (!field && required) complain(key, "is missing");
  if (field && !field->is_array()) complain(key, "is not a list");
  std::vector<Fields> children;
  if (!field || !field->is_array()) return children;
  for (std::size_t i = 0; i < field->size(); ++i) {
    const std::string place = pointer_ + "/" + key + "/" + std::to_string(i);
    if (field->at(i).is_object())
      children.emplace_back(field->at(i), place, problems_);
    else
      problems_.push_back({place, "is not an object"});
  }
  return children;
}

std::vector<Json> Fields::list(const char* key, bool required) {
  const Json* field = find(key);
  if (!field && required) complain(key, "is missing");
  if (field && !field->is_array()) complain(key, "is not a list");
  if (!field || !field->is_array()) return {};
  return {field->begin(), field->end()};
}

}  // namespace doodled
