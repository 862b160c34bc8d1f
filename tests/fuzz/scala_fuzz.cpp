// A Scala file: refused in words, or a tuning that keeps what it promises and gives every key a pitch.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/music/scala.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doodled;
  const auto tuning = tuning_from_scl({reinterpret_cast<const char*>(data), size});
  if (!tuning) {
    if (tuning.error().code != "invalid_scl" || tuning.error().message.empty()) std::abort();
    return 0;
  }
  const auto& cents = tuning->cents;
  if (cents.empty() || cents.size() > 1024 || !(cents.back() > 0)) std::abort();
  if (!std::ranges::all_of(cents, [](double cent) { return std::abs(cent) <= 12000; })) std::abort();
  for (int key = 0; key < 128; ++key)
    if (!std::isfinite(tuned_pitch(*tuning, key))) std::abort();
  return 0;
}
