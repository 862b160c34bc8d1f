#include "core/upkeep/seen_clock.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include <sys/timex.h>

#include "core/store/durable_files.hpp"

namespace doodled {
namespace {

void start_to_doubt(SeenClock& seen, std::int64_t now) { seen.jumped = seen.last = now; }

bool stayed(SeenClock& seen, std::int64_t now) {
  if (!seen.jumped || now < *seen.jumped || now - *seen.last > clock_patience_ms) {
    start_to_doubt(seen, now);
    return false;
  }
  seen.last = std::max(*seen.last, now);
  return now - *seen.jumped >= clock_patience_ms;
}

}  // namespace

bool believe(SeenClock& seen, std::int64_t now, bool synchronised) {
  if (synchronised) {
    seen = {now, {}, {}};
    return true;
  }
  if (now - seen.believed > clock_patience_ms && !stayed(seen, now)) return false;
  // A clock that was set back keeps what was believed, so that its way forth is no jump.
  seen = {std::max(seen.believed, now), {}, {}};
  return true;
}

std::optional<SeenClock> load_seen_clock(const std::filesystem::path& file) {
  std::ifstream stream(file);
  SeenClock seen;
  if (!(stream >> seen.believed)) return std::nullopt;
  if (std::int64_t jumped = 0, last = 0; stream >> jumped >> last) seen.jumped = jumped, seen.last = last;
  return seen;
}

void save_seen_clock(const std::filesystem::path& file, const SeenClock& seen) {
  std::string text = std::to_string(seen.believed);
  if (seen.jumped) text += " " + std::to_string(*seen.jumped) + " " + std::to_string(*seen.last);
  const std::filesystem::path next = file.string() + ".next";
  store::write_synced(next, as_bytes(text + "\n"));
  store::move_durably(next, file);
}

bool clock_synchronised() {
  timex state{};
  if (const int told = adjtimex(&state); told >= 0) return told != TIME_ERROR;
  std::error_code absent;
  return std::filesystem::exists("/run/systemd/timesync/synchronized", absent);
}

}  // namespace doodled
