// How long a thread runs before others of the same priority get their turn.
#pragma once
#include <chrono>

namespace doodled::http {

// For the calling thread, 0.1 to 100 ms; its nice value stays. One with a short slice has its turn sooner
// after it wakes. Linux since 6.12 (EEVDF); an older one keeps its own slices, and false means that it
// refused.
bool ask_for_time_slice(std::chrono::microseconds slice) noexcept;

}  // namespace doodled::http
