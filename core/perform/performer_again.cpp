// Plays that are played again, and those that go on after the end of the process.
#include <nlohmann/json.hpp>

#include "core/perform/performer.hpp"
#include "core/play/arrange.hpp"

namespace doodled {
namespace {

// Of a stored list of ids those that there are.
std::vector<std::string> known_devices(const DeviceRack& rack, const std::string& ids) {
  std::vector<std::string> known;
  for (auto& id : Json::parse(ids).get<std::vector<std::string>>())
    if (rack.device(id)) known.push_back(std::move(id));
  return known;
}

Result<std::shared_ptr<const Timeline>> timeline_of(const std::string& document) {
  const auto session = session_from_json(Json::parse(document));
  if (!session) return session.error();
  return std::make_shared<const Timeline>(arrange(*session));
}

}  // namespace

Result<PlayRecord> Performer::replay(const std::string& play_id, const PerformRequest& request) {
  const auto play = store_.plays.get(play_id);
  if (!play) return play.error();
  const auto versions = store_.plays.versions(play_id, true);
  if (!versions) return versions.error();
  const auto session = store_.sessions.get(play->session_id);
  if (!session) return session.error();
  const auto timeline = timeline_of(session->document);
  if (!timeline) return timeline.error();
  PlayRequest again{{},
                    *timeline,
                    request.devices,
                    play->loops,
                    request.quantise,
                    static_cast<std::int32_t>(session->position),
                    std::nullopt,
                    {}};
  Documents documents;
  for (const auto& version : *versions) {
    const auto next = timeline_of(version.document);
    if (!next) return next.error();
    if (version.version == 1) {  // of a play that was resumed
      again.timeline = *next;
      continue;
    }
    again.splices.push_back({version.tick, *next});
    documents[static_cast<std::uint32_t>(again.splices.size()) + 1] = version.document;
  }
  PlayRecord record;
  record.session_id = play->session_id;
  record.replay_of = play_id;
  record.resume = request.resume.value_or(resume_by_default_);
  return start(std::move(record), std::move(again), std::move(documents));
}

Result<PlayRecord> Performer::resume(const PlayRecord& interrupted) {
  const auto place = store_.plays.place(interrupted.id);
  if (!place) return place.error();
  const auto session = store_.sessions.get(interrupted.session_id);
  if (!session) return session.error();
  const auto timeline = timeline_of(place->document.empty() ? session->document : place->document);
  if (!timeline) return timeline.error();
  const auto length = (*timeline)->length;
  const int loop = place->loop + static_cast<int>(place->tick / length);  // an end of a note may lie beyond
  if (interrupted.loops != 0 && loop >= interrupted.loops)
    return Error{"play_over", "it had come to its end"};
  PlayRequest again{.id = {},
                    .timeline = *timeline,
                    .devices = known_devices(*rack_, interrupted.devices),
                    .loops = interrupted.loops == 0 ? 0 : interrupted.loops - loop,
                    .session_number = static_cast<std::int32_t>(session->position)};
  if (again.devices.empty()) return Error{"no_devices", "none of its devices is there any more"};
  again.position = place->tick % length;
  PlayRecord record;
  record.session_id = interrupted.session_id;
  record.resume = true;
  record.resumed_from = interrupted.id;
  auto resumed = start(std::move(record), std::move(again), {});
  if (resumed && !place->document.empty()) store_.plays.add_version(resumed->id, {1, 0, place->document});
  return resumed;
}

}  // namespace doodled
