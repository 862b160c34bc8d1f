// The one list of all settings outside [[device]] and [[interpreter]].
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/json.hpp"
#include "server/settings.hpp"

namespace doodled {

// Where a value lives. Durations are whole seconds in the file.
using Slot = std::variant<std::string*, std::vector<std::string>*, std::filesystem::path*, bool*, int*,
                          std::int64_t*, double*, std::chrono::milliseconds*, std::chrono::seconds*>;

struct SettingRow {
  std::string_view key;  // "table.name"
  Slot (*slot)(Settings&);
  std::string_view explanation;
  double smallest = 0, largest = 0;                // numbers only
  std::span<const std::string_view> choices = {};  // strings only; empty: any
};

std::span<const SettingRow> setting_rows();
const SettingRow* find_setting(std::string_view key);

// What is wrong with the value ("must be a whole number from 1 to 16"), or nothing when it was set.
std::optional<std::string> set_value(const SettingRow& row, Settings& settings, const Json& value);
// The text of a command line or of the environment as a value for this row: text that is no number or no flag
// stays text and is refused by set_value.
Json value_from_text(const SettingRow& row, std::string_view text);
// The value as TOML.
std::string value_as_toml(const SettingRow& row, Settings& settings);

}  // namespace doodled
