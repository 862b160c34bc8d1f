// What of the log can be seen and changed while the program runs. Thread-safe.
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "core/base/log.hpp"

namespace doodled::log {

inline constexpr std::size_t most_tail_lines = 500;
// By Level.
inline constexpr std::array<std::string_view, 4> level_names = {"debug", "info", "warning", "error"};

// Oldest first, at most `count` and most_tail_lines, as they were written to stderr.
std::vector<std::string> tail(std::size_t count);

std::string_view level_name();
// False, and no change, where there is no such level.
bool set_level(std::string_view name);

}  // namespace doodled::log
