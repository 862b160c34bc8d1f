// Spans of wall time that have names.
#pragma once
#include <cstdint>

namespace doodled {

constexpr std::int64_t hour_ms = 3'600'000, day_ms = 24 * hour_ms;

}  // namespace doodled
