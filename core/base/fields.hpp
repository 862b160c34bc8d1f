// Reads the fields of a JSON object that somebody else shaped, and collects every complaint instead of
// stopping at the first one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"

namespace doodled {

class Fields {
 public:
  Fields(const Json& value, std::string pointer, std::vector<Problem>& problems);

  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }
  const std::string& pointer() const { return pointer_; }
  const Json& value() const { return value_; }

  // A missing or misshapen field gives the fallback; misshapen ones are complained of.
  double number(const char* key, double minimum, double maximum, double fallback);
  int whole(const char* key, int minimum, int maximum, int fallback);
  std::string text(const char* key, std::string fallback = {});
  bool flag(const char* key, bool fallback);

  // Children. A missing one is an empty object or list; `required` makes that a complaint.
  Fields object(const char* key, bool required = false);
  std::vector<Fields> objects(const char* key, bool required = false);
  std::vector<Json> list(const char* key, bool required = false);

  void complain(const std::string& key, std::string message);

 private:
  const Json* find(const char* key) const;

  const Json& value_;
  std::string pointer_;
  std::vector<Problem>& problems_;
};

}  // namespace doodled
