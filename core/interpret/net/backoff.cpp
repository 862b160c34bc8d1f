#include "core/interpret/net/backoff.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <string>

namespace doodled {
namespace {

using std::chrono::milliseconds;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  });
  return text;
}

std::string_view value_of(const llm::Headers& headers, const std::string& name) {
  for (const auto& [known, value] : headers)
    if (lower(known) == name) return value;
  return {};
}

struct Unit {
  std::string_view name;
  double ms;
};
constexpr std::array<Unit, 5> units{
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

// "6m0.5s"
std::optional<milliseconds> period_from(std::string_view text) {
  double sum = 0;
  while (!text.empty()) {
    double amount = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (failed != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const auto letters = std::min(text.find_first_of("0123456789."), text.size());
    const auto* unit = std::ranges::find(units, text.substr(0, letters), &Unit::name);
    if (unit == units.end() || amount < 0 || amount > 1e6) return std::nullopt;
    sum += amount * unit->ms;
    text.remove_prefix(letters);
  }
  return milliseconds(static_cast<std::int64_t>(sum));
}

// "2026-01-31T12:00:00Z", seconds with or without a fraction.
std::optional<milliseconds> until(std::string_view text, std::int64_t wall_ms) {
  std::tm when{};
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%d-%d-%dT%d:%d:%d", &when.tm_year, &when.tm_mon, &when.tm_mday,
                  &when.tm_hour, &when.tm_min, &when.tm_sec) != 6 ||
      !(copy.ends_with('Z') || copy.ends_with("+00:00")))
    return std::nullopt;
  when.tm_year -= 1900;
  when.tm_mon -= 1;
  return milliseconds(std::max<std::int64_t>(0, std::int64_t{timegm(&when)} * 1000 - wall_ms));
}

}  // namespace

std::optional<milliseconds> retry_delay(const Backoff& backoff, int failures,
                                        std::optional<milliseconds> wish, double random) {
  if (failures >= backoff.tries) return std::nullopt;
  if (wish && *wish > backoff.longest_wish) return std::nullopt;
  if (wish) return std::max(*wish, milliseconds{0});
  const auto doubled = backoff.first * (std::int64_t{1} << std::min(failures - 1, 20));
  const auto full = static_cast<double>(std::min(doubled, backoff.longest).count());
  return milliseconds(static_cast<std::int64_t>(full * (1 - random / 4)));
}

std::optional<milliseconds> hold_back(const llm::Headers& headers, std::int64_t wall_ms) {
  std::optional<milliseconds> longest;
  const auto look = [&](const std::string& remaining, const std::string& reset) {
    if (value_of(headers, remaining) != "0") return;
    const auto text = value_of(headers, reset);
    const auto wait = text.find('T') == text.npos ? period_from(text) : until(text, wall_ms);
    if (wait && wait->count() > 0) longest = std::max(longest.value_or(*wait), *wait);
  };
  for (const std::string kind : {"requests", "tokens"})
    look("x-ratelimit-remaining-" + kind, "x-ratelimit-reset-" + kind);
  for (const std::string kind : {"requests", "tokens", "input-tokens", "output-tokens"})
    look("anthropic-ratelimit-" + kind + "-remaining", "anthropic-ratelimit-" + kind + "-reset");
  return longest;
}

}  // namespace doodled
