#include "server/settings_reader.hpp"

#include <algorithm>

namespace doodled {
namespace {

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= 32 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

std::string shown(double number) {
  const auto whole = static_cast<std::int64_t>(number);
  return static_cast<double>(whole) == number ? std::to_string(whole) : Json(number).dump();
}
std::string shown(std::int64_t number) { return std::to_string(number); }

template <class Number>
std::string range(const std::string& kind, Number smallest, Number largest) {
  return "must be " + kind + " from " + shown(smallest) + " to " + shown(largest);
}

}  // namespace

void Complaints::add(std::string key, const std::string& place, const std::string& message) {
  const auto subject = key.empty() ? "" : key + " ";
  problems_.push_back({std::move(key), place + ": " + subject + message});
}

void Complaints::add(const Error& error) {
  problems_.insert(problems_.end(), error.problems.begin(), error.problems.end());
}

TableReader::TableReader(const TomlTable& table, std::size_t index, std::string file, Complaints& complaints)
    : prefix_(table.name + "[" + std::to_string(index) + "]."),
      file_(std::move(file)),
      line_(table.line),
      complaints_(complaints) {
  for (const auto& entry : table.entries) {
    values_[entry.key] = Json::parse(entry.json);
    lines_[entry.key] = entry.line;
  }
}

std::string TableReader::id() {
  auto id = text("id", true);
  if (!id.empty() && !is_id(id)) complain("id", "must be 1 to 32 of a-z, 0-9, _ and -");
  return id;
}

std::string TableReader::text(const std::string& key, bool needed) {
  const auto value = take(key);
  if (!value && needed) complain(key, "is missing");
  if (value && !value->is_string()) complain(key, "must be text");
  return value && value->is_string() ? value->get<std::string>() : std::string{};
}

std::string TableReader::choice(const std::string& key, std::span<const std::string_view> choices,
                                std::string_view fallback) {
  const bool given = has(key);
  auto value = text(key, false);
  if (!given) return std::string(fallback);
  if (std::ranges::find(choices, value) != choices.end()) return value;
  std::string message = "must be one of";
  for (const auto choice : choices) message.append(choice == choices.front() ? " " : ", ").append(choice);
  complain(key, message);
  return std::string(fallback);
}

std::vector<std::string> TableReader::some_of(const std::string& key,
                                              std::span<const std::string_view> choices) {
  const std::vector<std::string> all(choices.begin(), choices.end());
  const auto value = take(key);
  if (!value) return all;
  std::string known;
  for (const auto choice : choices) known.append(known.empty() ? "" : ", ").append(choice);
  const auto fits = [&](const Json& one) {
    return one.is_string() && std::ranges::find(all, one.get_ref<const std::string&>()) != all.end();
  };
  if (value->is_array() && !value->empty() && std::ranges::all_of(*value, fits))
    return value->get<std::vector<std::string>>();
  complain(key, "must be a list of some of " + known);
  return all;
}

bool TableReader::flag(const std::string& key, bool fallback) {
  const auto value = take(key);
  if (value && !value->is_boolean()) complain(key, "must be true or false");
  return value && value->is_boolean() ? value->get<bool>() : fallback;
}

double TableReader::number(const std::string& key, double smallest, double largest, double fallback) {
  const auto value = take(key);
  if (!value) return fallback;
  if (value->is_number() && value->get<double>() >= smallest && value->get<double>() <= largest)
    return value->get<double>();
  complain(key, range("a number", smallest, largest));
  return fallback;
}

std::int64_t TableReader::whole(const std::string& key, std::int64_t smallest, std::int64_t largest,
                                std::int64_t fallback) {
  const auto value = take(key);
  if (!value) return fallback;
  if (value->is_number_integer() && value->get<std::int64_t>() >= smallest &&
      value->get<std::int64_t>() <= largest)
    return value->get<std::int64_t>();
  complain(key, range("a whole number", smallest, largest));
  return fallback;
}

void TableReader::refuse_rest() {
  for (const auto& [key, value] : values_.items()) complain(key, "is no setting of this table");
}

void TableReader::complain(const std::string& key, const std::string& message) {
  const auto line = lines_.contains(key) ? lines_.at(key) : line_;
  complaints_.add(prefix_ + key, file_ + " line " + std::to_string(line), message);
}

std::optional<Json> TableReader::take(const std::string& key) {
  const auto found = values_.find(key);
  if (found == values_.end()) return std::nullopt;
  auto value = std::move(*found);
  values_.erase(found);
  return value;
}

}  // namespace doodled
