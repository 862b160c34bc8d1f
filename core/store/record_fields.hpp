// Reads the fields of a stored record's JSON and collects what does not fit. A null counts as missing.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace doodled {

class RecordFields {
 public:
  explicit RecordFields(const Json& json);

  // Missing or misshapen ones are complained of and give an empty value.
  std::string text(const char* key);
  std::string sha256(const char* key);
  std::int64_t whole(const char* key, std::int64_t minimum = 0,
                     std::int64_t maximum = std::numeric_limits<std::int32_t>::max());
  double number(const char* key, double minimum, double maximum);
  std::int64_t time(const char* key);  // RFC 3339; milliseconds since 1970
  std::vector<std::string> texts(const char* key);
  std::string list(const char* key, std::size_t least);  // JSON text of an array of texts
  template <class Enum>
  Enum word(const char* key, std::optional<Enum> (*from)(std::string_view)) {
    const std::string name = text(key);
    const auto value = from(name);
    if (!value) complain(key, "is no such word");
    return value.value_or(Enum{});
  }

  // Missing ones are empty, false or 0.
  std::string optional_text(const char* key);
  std::string optional_json(const char* key);  // JSON text
  bool flag(const char* key);
  double optional_number(const char* key);
  std::optional<std::int64_t> optional_time(const char* key);

  template <class Record>
  Result<Record> result(Record record) const {
    if (problems_.empty()) return record;
    return Error{"invalid_record", "the record does not have the expected form", problems_};
  }

 private:
  const Json* find(const char* key) const;
  const Json* need(const char* key);
  void complain(const std::string& key, std::string message);

  const Json& json_;
  std::vector<Problem> problems_;
};

}  // namespace doodled
