#include "core/store/unwritten_plays.hpp"

#include "core/base/log.hpp"

namespace doodled {
namespace {

void tell_unless_written(const Result<PlayRecord>& written, const std::string& id) {
  if (!written)
    log::warning("player", "a play is not written down", {{"play", id}, {"reason", written.error().message}});
}

}  // namespace

UnwrittenPlays::Play& UnwrittenPlays::remember(const std::string& id) {
  if (plays_.size() >= most && !plays_.contains(id)) plays_.erase(plays_.begin());
  return plays_[id];
}

void UnwrittenPlays::begun(const PlayRecord& play) { remember(play.id).begun = play; }

void UnwrittenPlays::over(const std::string& id, PlayPhase phase, std::int64_t at) {
  Play& play = remember(id);
  play.over = {phase, at};
  if (!play.begun) return;
  play.begun->state = phase;
  play.begun->ended_at = at;
}

std::optional<PlayRecord> UnwrittenPlays::find(const std::string& id) const {
  const auto found = plays_.find(id);
  return found == plays_.end() ? std::nullopt : found->second.begun;
}

void UnwrittenPlays::write(Plays& plays) try {
  while (!plays_.empty()) {
    auto& [id, play] = *plays_.begin();
    if (play.begun) tell_unless_written(plays.start(*play.begun), id);
    play.begun.reset();
    if (play.over) plays.end(id, play.over->phase, play.over->at);
    plays_.erase(plays_.begin());
  }
} catch (const StoreUnavailable& failure) {
  log::debug("player", "plays wait to be written down", {{"reason", failure.what()}});
}

}  // namespace doodled
