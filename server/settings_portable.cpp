#include "server/settings_portable.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <nlohmann/json.hpp>

#include "core/base/text_result.hpp"
#include "core/interpret/net/url.hpp"
#include "server/settings_toml.hpp"

namespace doodled {
namespace {

// Refused in the settings; a file that was never loaded may hold them all the same.
constexpr std::array<std::string_view, 6> secrets{"key",      "api_key", "secret",
                                                  "password", "token",   "authorization"};

bool is_bare(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
}

// JSON's texts, numbers and lists are TOML's; its objects are written otherwise.
std::string as_toml(const Json& value) {
  std::string text;
  if (value.is_array()) {
    for (const auto& one : value) text += (text.empty() ? "" : ", ") + as_toml(one);
    return "[" + text + "]";
  }
  if (!value.is_object()) return value.dump();
  for (const auto& [key, inner] : value.items())
    text += (text.empty() ? "" : ", ") + Json(key).dump() + " = " + as_toml(inner);
  return "{" + text + "}";
}

Json place_of(const Json& url) {
  const auto text = url.is_string() ? url.get<std::string>() : std::string();
  const auto place = url_place(text.substr(0, text.find('?')));
  if (!place) return "";
  const bool six = place->host.find(':') != std::string::npos;
  return place->scheme + "://" + (six ? "[" + place->host + "]" : place->host) + "/";
}

void add_line(std::string& text, const std::string& key, const Json& value) {
  text += (is_bare(key) ? key : Json(key).dump()) + " = " + as_toml(value) + "\n";
}

void add_table(std::string& text, const TomlTable& table) {
  text += "\n[[" + table.name + "]]\n";
  for (const auto& entry : table.entries) {
    if (std::ranges::find(secrets, entry.key) != secrets.end()) continue;
    const auto value = Json::parse(entry.json);
    add_line(text, entry.key, table.name == "webhook" && entry.key == "url" ? place_of(value) : value);
  }
}

}  // namespace

Result<std::string> portable_settings(std::string_view toml) {
  const auto file = parse_toml(toml, "settings");
  if (!file) return file.error();
  std::string text =
      "# The settings of the box that this archive was made on. Keys and secrets are not among them, nor "
      "what follows\n# the host in the address of a webhook.\n";
  for (const auto& entry : file->entries) add_line(text, entry.key, Json::parse(entry.json));
  for (const auto& table : file->tables) add_table(text, table);
  return text_result(text);
}

}  // namespace doodled
