#include "core/store/text_list.hpp"

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/store/database.hpp"

namespace doodled::store {

std::string text_list(const std::vector<std::string>& texts) { return to_text(Json(texts)); }

std::vector<std::string> texts_from(const std::string& list) {
  if (list == "[]") return {};
  try {
    return Json::parse(list).get<std::vector<std::string>>();
  } catch (const Json::exception& failure) {
    throw StoreUnavailable("damaged", std::string("a list in the database: ") + failure.what());
  }
}

}  // namespace doodled::store
