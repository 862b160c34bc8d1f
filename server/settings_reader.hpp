// One [[name]] of the settings file while it is read, and what is wrong with it.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/settings_toml.hpp"

namespace doodled {

// All complaints of all sources.
class Complaints {
 public:
  void add(std::string key, const std::string& place, const std::string& message);
  void add(const Error& error);
  bool any() const { return !problems_.empty(); }
  Error error() && { return {"invalid_settings", "the settings cannot be used", std::move(problems_)}; }

 private:
  std::vector<Problem> problems_;
};

// Takes known keys out; what stays are the owner's. Each takes the fallback where the key is absent, and
// where its value is complained of.
class TableReader {
 public:
  TableReader(const TomlTable& table, std::size_t index, std::string file, Complaints& complaints);

  // 1 to 32 of a-z, 0-9, _ and -.
  std::string id();
  std::string text(const std::string& key, bool needed);
  // A list of texts out of `choices`; the fallback is all of them.
  std::vector<std::string> some_of(const std::string& key, std::span<const std::string_view> choices);
  std::string choice(const std::string& key, std::span<const std::string_view> choices,
                     std::string_view fallback);
  bool flag(const std::string& key, bool fallback);
  double number(const std::string& key, double smallest, double largest, double fallback = 0);
  std::int64_t whole(const std::string& key, std::int64_t smallest, std::int64_t largest,
                     std::int64_t fallback);
  bool has(const std::string& key) const { return values_.contains(key); }
  std::string rest() const { return to_text(values_); }
  // For owners that know all their keys.
  void refuse_rest();
  void complain(const std::string& key, const std::string& message);

 private:
  std::optional<Json> take(const std::string& key);

  std::string prefix_, file_;
  int line_;
  Complaints& complaints_;
  Json values_ = Json::object();
  std::map<std::string, int> lines_;
};

}  // namespace doodled
