#include "core/interpret/locks.hpp"

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

constexpr std::size_t most_locks = 32, most_words = 200;

Error unusable(std::string pointer, std::string message) {
  return {"invalid_option", "some options can't be used", {{std::move(pointer), std::move(message)}}};
}

bool is_short_text(const Json& value) {
  return value.is_string() && value.get_ref<const std::string&>().size() <= most_words;
}

}  // namespace

Result<std::vector<std::string>> take_locks(Json& options) {
  std::vector<std::string> locks;
  if (!options.is_object() || !options.contains("locks")) return locks;
  const Json given = std::move(options["locks"]);
  options.erase("locks");
  if (!given.is_array() || given.size() > most_locks)
    return unusable("/options/locks", "is no list of at most 32 texts");
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!is_short_text(given[i]))
      return unusable("/options/locks/" + std::to_string(i), "is no text of at most 200 characters");
    locks.push_back(given[i].get<std::string>());
  }
  return locks;
}

}  // namespace doodled
