// Any answer that fits a schema, from a seed: what a model that knows nothing may say under a grammar.
#pragma once
#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/base/random.hpp"

namespace doodled::llm {

inline Json random_value(const nlohmann::ordered_json& schema, Random& random) {
  const auto between = [&](int low, int high) { return low + random.below(high - low + 1); };
  if (schema.contains("const")) return Json::parse(schema["const"].dump());
  if (schema.contains("enum")) {
    const auto& values = schema["enum"];
    return Json::parse(
        values[static_cast<std::size_t>(random.below(static_cast<int>(values.size())))].dump());
  }
  const auto type = schema.value("type", "");
  if (type == "integer") return between(schema["minimum"].get<int>(), schema["maximum"].get<int>());
  if (type == "boolean") return random.below(2) == 1;
  if (type == "string")
    return std::string(
        static_cast<std::size_t>(between(schema.value("minLength", 0), schema["maxLength"].get<int>())), 'x');
  if (type == "array") {
    Json list = Json::array();
    for (int n = between(schema["minItems"].get<int>(), schema["maxItems"].get<int>()); n > 0; --n)
      list.push_back(random_value(schema["items"], random));
    return list;
  }
  Json object = Json::object();
  for (const auto& [name, child] : schema["properties"].items()) object[name] = random_value(child, random);
  return object;
}

}  // namespace doodled::llm
