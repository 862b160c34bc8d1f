#include "core/vary/restore.hpp"

#include <nlohmann/json.hpp>

namespace doodled::varying {
namespace {

bool is_sequence(const std::string& name) {
  return name == "notes" || name == "points" || name == "evidence" || name == "samples";
}

// Whether going on at `token` still leads to the same thing as before.
bool leads_on(const Json& after, const Json& before, const std::string& token, const std::string& list) {
  if (after.type() != before.type()) return false;
  if (before.is_object()) return after.contains(token);
  if (!before.is_array()) return false;
  return is_sequence(list) ? after.size() == before.size() : std::stoull(token) < after.size();
}

std::vector<std::string> tokens_of(Json::json_pointer pointer) {
  std::vector<std::string> tokens;
  for (; !pointer.empty(); pointer.pop_back()) tokens.insert(tokens.begin(), pointer.back());
  return tokens;
}

}  // namespace

const Json* value_at(const Json& document, const std::string& pointer) {
  try {
    return &document.at(Json::json_pointer(pointer));
  } catch (const Json::exception&) {
    return nullptr;
  }
}

void restore(Json& after, const Json& before, const std::string& pointer) {
  Json* to = &after;
  const Json* from = &before;
  std::string list;
  for (const auto& token : tokens_of(Json::json_pointer(pointer))) {
    // Members that have their default may not be written.
    if (to->is_object() && from->is_object() && !to->contains(token)) (*to)[token] = from->at(token);
    if (!leads_on(*to, *from, token, list)) break;
    to = to->is_object() ? &(*to)[token] : &(*to)[std::stoull(token)];
    from = from->is_object() ? &from->at(token) : &from->at(std::stoull(token));
    list = token;
  }
  *to = *from;
}

}  // namespace doodled::varying
