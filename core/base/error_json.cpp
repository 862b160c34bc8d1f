#include "core/base/error_json.hpp"

#include <nlohmann/json.hpp>

namespace doodled {

Json to_json(const Error& error) {
  Json json{{"code", error.code}, {"message", error.message}, {"errors", Json::array()}};
  for (const auto& problem : error.problems)
    json["errors"].push_back({{"pointer", problem.pointer}, {"message", problem.message}});
  return json;
}

}  // namespace doodled
