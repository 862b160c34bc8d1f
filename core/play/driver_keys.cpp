#include "core/play/driver_keys.hpp"

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

bool is_within(const Json& value, int lowest, int highest) {
  return value.is_number_integer() && value >= lowest && value <= highest;
}

std::string must_be(int lowest, int highest) {
  return " must be a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest);
}

}  // namespace

DriverKeys::DriverKeys(const DeviceSettings& settings) : json_(std::make_unique<Json>(Json::object())) {
  if (settings.json.empty()) return;
  auto parsed = parse_json(settings.json);
  if (!parsed) {
    error_ = parsed.error();
  } else if (!parsed->is_object()) {
    complain("", "the driver's settings must be an object");
  } else {
    *json_ = std::move(*parsed);
  }
}

DriverKeys::~DriverKeys() = default;

const Json* DriverKeys::find(const std::string& key) {
  known_.insert(key);
  const auto found = json_->find(key);
  return found == json_->end() ? nullptr : &*found;
}

void DriverKeys::complain(const std::string& key, const std::string& message) {
  if (!error_) error_ = Error{"invalid_device", message, {{key, message}}};
}

std::string DriverKeys::text(const std::string& key, std::string otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (value->is_string()) return value->get<std::string>();
  complain(key, key + " must be a text");
  return otherwise;
}

int DriverKeys::integer(const std::string& key, int otherwise, int lowest, int highest) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (is_within(*value, lowest, highest)) return value->get<int>();
  complain(key, key + must_be(lowest, highest));
  return otherwise;
}

std::map<std::string, int> DriverKeys::integers(const std::string& key, int lowest, int highest) {
  std::map<std::string, int> read;
  const Json* value = find(key);
  if (value == nullptr) return read;
  if (!value->is_object()) {
    complain(key, key + " must be a table of whole numbers");
    return read;
  }
  for (const auto& [name, number] : value->items()) {
    if (is_within(number, lowest, highest))
      read[name] = number.get<int>();
    else
      complain(key + "/" + name, key + "." + name + must_be(lowest, highest));
  }
  return read;
}

bool DriverKeys::flag(const std::string& key, bool otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (value->is_boolean()) return value->get<bool>();
  complain(key, key + " must be true or false");
  return otherwise;
}

std::optional<Error> DriverKeys::error() const {
  if (error_) return error_;
  for (const auto& [key, value] : json_->items())
    if (known_.count(key) == 0)
      return Error{"invalid_device", "the driver has no setting \"" + key + "\"", {{key, "unknown key"}}};
  return std::nullopt;
}

}  // namespace doodled
