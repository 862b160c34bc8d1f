#include "drivers/midi/port_choice.hpp"

#include <algorithm>

#include "drivers/midi/port_name.hpp"

namespace doodled::midi {
namespace {

using Indices = std::vector<std::size_t>;

// The name of a port of ours would match its own device's pattern.
bool is_ours(const std::string& name) { return name.starts_with("doodled"); }

bool has_any(const std::string& name, const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [&](const std::string& word) { return contains_word(name, word); });
}

Indices candidates(std::span<const std::string> names, const PortWish& wish) {
  Indices found;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!is_ours(names[i]) && name_matches(names[i], wish.pattern) && !has_any(names[i], wish.never))
      found.push_back(i);
  return found;
}

Indices in_role(std::span<const std::string> names, const Indices& from, const PortWish& wish) {
  if (wish.roles.empty()) return from;
  const auto says_role = [&](std::size_t i) { return has_any(names[i], wish.roles); };
  if (std::ranges::none_of(from, says_role))
    return wish.role < from.size() ? Indices{from[wish.role]} : Indices{};
  Indices found;
  for (const auto i : from)
    if (contains_word(names[i], wish.roles[wish.role])) found.push_back(i);
  return found;
}

}  // namespace

std::optional<std::size_t> choose_port(std::span<const std::string> names, const PortWish& wish,
                                       const std::string& before, bool had_twin) {
  const auto fitting = in_role(names, candidates(names, wish), wish);
  if (fitting.empty()) return std::nullopt;
  const auto first = [&](auto like) {
    return std::ranges::find_if(fitting, [&](std::size_t i) { return like(names[i]) == like(before); });
  };
  if (before.empty()) return fitting.front();
  if (const auto same = first(stable_name); same != fitting.end()) return *same;
  const auto counted = first(uncounted_name);
  if (had_twin && (counted == fitting.end() || called_alike(names, wish, *counted) == 1)) return std::nullopt;
  return counted != fitting.end() ? *counted : fitting.front();
}

std::size_t called_alike(std::span<const std::string> names, const PortWish& wish, std::size_t index) {
  const auto name = uncounted_name(names[index]);
  return static_cast<std::size_t>(
      std::ranges::count_if(in_role(names, candidates(names, wish), wish),
                            [&](std::size_t i) { return uncounted_name(names[i]) == name; }));
}

}  // namespace doodled::midi
