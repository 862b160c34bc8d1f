// Plays that sound, or have ended, while the store can't take it (a full disk): remembered until it can.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "core/store/plays.hpp"

namespace doodled {

// Not thread-safe.
class UnwrittenPlays {
 public:
  static constexpr std::size_t most = 1000;  // the newest are kept

  void begun(const PlayRecord& play);
  // Also of a play whose beginning the store has.
  void over(const std::string& id, PlayPhase phase, std::int64_t at);
  // A play whose beginning is not written yet.
  std::optional<PlayRecord> find(const std::string& id) const;
  // Writes down what is remembered, the oldest first, as far as the store can take it now.
  void write(Plays& plays);

 private:
  struct End {
    PlayPhase phase;
    std::int64_t at;
  };
  struct Play {
    std::optional<PlayRecord> begun;
    std::optional<End> over;
  };

  Play& remember(const std::string& id);

  std::map<std::string, Play> plays_;  // by id, which begins with the time
};

}  // namespace doodled
