#include "core/play/play_checks.hpp"

namespace doodled {
namespace {

Error at(std::string code, std::string pointer, std::string message) {
  return {std::move(code), message, {{std::move(pointer), message}}};
}

}  // namespace

std::optional<Error> check_timeline(const Timeline* timeline) {
  if (timeline == nullptr || timeline->length < ticks_per_step)
    return at("empty_timeline", "/timeline", "there is nothing to play: the timeline is shorter than a step");
  if (timeline->tracks.size() > max_timeline_tracks)
    return at("too_large", "/timeline/tracks", "a timeline of more than 128 tracks cannot be played");
  return check_tempo(timeline->tempo_bpm);
}

std::optional<Error> check_tempo(double tempo_bpm) {
  if (tempo_bpm >= min_tempo_bpm && tempo_bpm <= max_tempo_bpm) return std::nullopt;
  return at("invalid_tempo", "/tempo_bpm", "the tempo must be 20 to 400 quarter notes a minute");
}

std::optional<Error> check_request(const PlayRequest& request) {
  if (request.devices.empty()) return at("no_devices", "/devices", "name at least one device to play on");
  if (request.loops < 0 || request.loops > 1'000'000)
    return at("invalid_loops", "/loops", "loops must be 0 (endless) to 1000000");
  if (request.tempo_bpm)
    if (auto error = check_tempo(*request.tempo_bpm)) return error;
  for (const auto& splice : request.splices)
    if (auto error = check_timeline(splice.timeline.get())) return error;
  return check_timeline(request.timeline.get());
}

}  // namespace doodled
