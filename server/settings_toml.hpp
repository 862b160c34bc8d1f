// A TOML file as keys and values with their lines. The only door to toml++.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace doodled {

struct TomlEntry {
  std::string key;   // "table.name"; in a list's table just "name"
  std::string json;  // the value
  int line = 0;
};

// One [[name]].
struct TomlTable {
  std::string name;
  int line = 0;
  std::vector<TomlEntry> entries;
};

struct TomlFile {
  std::vector<TomlEntry> entries;  // of plain tables, dates as text
  std::vector<TomlTable> tables;   // of lists of tables, in their order
};

// Code: invalid_settings, with the line in the message.
Result<TomlFile> parse_toml(std::string_view text, std::string_view file_name);

}  // namespace doodled
