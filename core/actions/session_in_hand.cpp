#include "core/actions/session_in_hand.hpp"

#include <nlohmann/json.hpp>

namespace doodled {

Result<void> SessionInHand::look() {
  const auto sounding = rack_.sounding();
  if (sounding == play_id_ && !session_id_.empty()) return {};
  if (sounding.empty() && !session_id_.empty()) {
    play_id_.clear();
    return {};
  }
  if (sounding.empty()) {
    const auto id = newest();
    return id ? take(*id) : Result<void>(id.error());
  }
  const auto play = performer_.record(sounding);
  if (!play) return play.error();
  if (play->session_id != session_id_) return take(play->session_id, sounding);
  play_id_ = sounding;
  return {};
}

Result<void> SessionInHand::take(const std::string& session_id, const std::string& play_id) {
  const auto record = store_.sessions.get(session_id);
  if (!record) return record.error();
  const auto session = session_from_json(Json::parse(record->document));
  if (!session) return session.error();
  if (session_id != session_id_) controls_.use(*session);
  session_id_ = session_id;
  play_id_ = play_id;
  return {};
}

void SessionInHand::become(const std::string& session_id, const Session& session) {
  session_id_ = session_id;
  controls_.go_on_with(session);
}

Result<std::string> SessionInHand::newest() const {
  const auto page = store_.sessions.list({}, {.limit = 1, .cursor = {}});
  if (!page) return page.error();
  if (page->items.empty()) return Error{"no_session", "there is no session yet; read a picture first", {}};
  return Result<std::string>(boost::system::in_place_value, page->items.front().id);
}

}  // namespace doodled
