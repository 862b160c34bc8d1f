#include <iostream>

#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"
#include "core/interpret/accept.hpp"
#include "server/commands.hpp"

namespace doodled::commands {
namespace {

// 'bars=8' -> 8, 'key=E minor' -> "E minor", 'parts=drums,bass' -> ["drums", "bass"].
Json option_value(std::string_view name, std::string_view text) {
  if (name == "parts") {
    Json list = Json::array();
    while (!text.empty()) {
      const auto comma = std::min(text.find(','), text.size());
      list.push_back(text.substr(0, comma));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return list;
  }
  const auto json = parse_json(text);
  return json && !json->is_structured() ? *json : Json(text);
}

}  // namespace

Result<ComposeOptions> compose_options_from(const std::string& mode,
                                            const std::vector<std::string>& options) {
  Json json = Json::object();
  for (const auto& option : options) {
    const auto sign = option.find('=');
    if (sign == std::string::npos)
      return Error{"invalid_option", "\"" + option + "\" is not name=value", {{option, "has no ="}}};
    const std::string name = option.substr(0, sign);
    json[name] = option_value(name, std::string_view(option).substr(sign + 1));
  }
  return compose_options(mode, json);
}

int compose(const ComposeCommand& command) {
  auto options = compose_options_from("prompt", command.options);
  if (!options) return report(options.error(), misused);
  options->prompt = command.prompt;
  auto session = doodled::compose({}, *options);
  if (!session) return report(session.error(), misused);
  const auto accepted = accept(std::move(*session));
  if (!accepted) return report(accepted.error());
  std::cout << to_text(accepted->document) << std::endl;
  return done;
}

}  // namespace doodled::commands
