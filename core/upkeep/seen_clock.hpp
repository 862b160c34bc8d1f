// Whether the clock of the wall may be believed where belief costs something: a box whose clock jumps ahead
// by years would let go of nearly everything as too old.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

namespace doodled {

// What was seen of the clock, in wall milliseconds.
struct SeenClock {
  std::int64_t believed = 0;  // the latest time that was believed
  std::optional<std::int64_t> jumped,
      last;  // since it is doubted: where it jumped to, where it was last seen
};

inline constexpr std::int64_t clock_patience_ms = std::int64_t{7} * 24 * 3'600'000;

// One look at the clock, and whether it is believed. A time server is (`synchronised`), and so is who comes
// at most a week after what was believed last. Else it must stay for a week from where it jumped to, without
// another such jump and without going back behind it; the box may be off meanwhile.
bool believe(SeenClock& seen, std::int64_t now, bool synchronised);

// Kept in `file` from one start to the next. What is damaged there counts as nothing. Throws
// StoreUnavailable.
std::optional<SeenClock> load_seen_clock(const std::filesystem::path& file);
void save_seen_clock(const std::filesystem::path& file, const SeenClock& seen);

// Whether a time server sets this machine's clock, as the kernel says, or systemd where the kernel may not be
// asked.
bool clock_synchronised();

}  // namespace doodled
