#include "server/settings_toml.hpp"

#include <sstream>

#include <nlohmann/json.hpp>
#include <toml++/toml.h>

namespace doodled {
namespace {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

Json to_json(const toml::node& node);

Json to_json(const toml::array& array) {
  auto list = Json::array();
  for (const auto& one : array) list.push_back(to_json(one));
  return list;
}

Json to_json(const toml::table& table) {
  auto object = Json::object();
  for (const auto& [key, value] : table) object[std::string(key.str())] = to_json(value);
  return object;
}

template <class Date>
std::string as_text(const Date& date) {
  std::ostringstream text;
  text << date;
  return text.str();
}

Json to_json(const toml::node& node) {
  if (const auto* table = node.as_table()) return to_json(*table);
  if (const auto* array = node.as_array()) return to_json(*array);
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* whole = node.as_integer()) return whole->get();
  if (const auto* real = node.as_floating_point()) return real->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  if (const auto* date = node.as_date()) return as_text(date->get());
  if (const auto* time = node.as_time()) return as_text(time->get());
  return as_text(node.as_date_time()->get());
}

void add_entries(const toml::table& table, const std::string& prefix, std::vector<TomlEntry>& entries) {
  for (const auto& [key, value] : table) {
    const auto path = prefix + std::string(key.str());
    if (const auto* inner = value.as_table())
      add_entries(*inner, path + ".", entries);
    else
      entries.push_back({path, to_text(to_json(value)), line_of(value)});
  }
}

void add_tables(const toml::array& array, const std::string& name, std::vector<TomlTable>& tables) {
  for (const auto& one : array) {
    TomlTable table{name, line_of(one), {}};
    for (const auto& [key, value] : *one.as_table())
      table.entries.push_back({std::string(key.str()), to_text(to_json(value)), line_of(value)});
    tables.push_back(std::move(table));
  }
}

TomlFile to_file(const toml::table& root) {
  TomlFile file;
  for (const auto& [key, value] : root) {
    const std::string name(key.str());
    if (const auto* table = value.as_table())
      add_entries(*table, name + ".", file.entries);
    else if (const auto* array = value.as_array();
             array && !array->empty() && array->is_homogeneous<toml::table>())
      add_tables(*array, name, file.tables);
    else
      file.entries.push_back({name, to_text(to_json(value)), line_of(value)});
  }
  return file;
}

}  // namespace

Result<TomlFile> parse_toml(std::string_view text, std::string_view file_name) {
  try {
    return to_file(toml::parse(text));
  } catch (const toml::parse_error& error) {
    const auto place = std::string(file_name) + " line " + std::to_string(error.source().begin.line);
    const auto message = place + ": " + std::string(error.description());
    return Error{"invalid_settings", message, {{"", message}}};
  }
}

}  // namespace doodled
