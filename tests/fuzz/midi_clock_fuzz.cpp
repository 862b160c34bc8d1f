#include <cmath>

#include "core/sync/clock_follower.hpp"

// Real-time messages at any intervals: three bytes each, what and how much later.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  doodled::ClockFollower follower;
  doodled::Nanoseconds at{1'000'000'000};
  for (std::size_t i = 0; i + 3 <= size; i += 3) {
    at += doodled::Nanoseconds{(data[i + 1] << 8 | data[i + 2]) * std::int64_t{10'000}};
    std::optional<doodled::LeadingLine> news;
    if (data[i] % 8 < 5) news = follower.pulse(at);
    if (data[i] % 8 == 5) follower.start();
    if (data[i] % 16 == 6) follower.resume();
    if (data[i] % 16 == 14) follower.position(data[i + 1] << 7 | (data[i + 2] & 127));
    if (data[i] % 8 == 7) news = follower.stop(at);
    if (news && !(news->line.tempo_bpm >= 20 && news->line.tempo_bpm <= 400)) __builtin_trap();
    if (!std::isfinite(follower.jitter_ms())) __builtin_trap();
  }
  return 0;
}
