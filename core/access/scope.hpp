// What a client may do. Each scope holds the ones before it.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace doodled {

enum class Scope : std::uint8_t {
  none,    // what anybody may: see the page, pair
  play,    // look, hear, play, stop, steer the transport
  create,  // also pictures, jobs, sessions, live drawing, devices, and letting others in
  admin,   // also settings, log, backups, tokens
};

inline constexpr std::array<std::string_view, 4> scope_names = {"none", "play", "create", "admin"};

constexpr std::string_view to_string(Scope scope) { return scope_names[static_cast<std::size_t>(scope)]; }

constexpr std::optional<Scope> scope_from(std::string_view name) {
  for (std::size_t i = 0; i < scope_names.size(); ++i)
    if (scope_names[i] == name) return static_cast<Scope>(i);
  return std::nullopt;
}

constexpr bool covers(Scope held, Scope needed) { return held >= needed; }

}  // namespace doodled
