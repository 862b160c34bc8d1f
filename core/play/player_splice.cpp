// Going on with another timeline in the middle of a play.
#include <algorithm>

#include "core/play/player.hpp"

namespace doodled {
namespace {

bool same_place(const Timeline& before, const Timeline& after, std::size_t track) {
  if (track >= before.tracks.size() || track >= after.tracks.size()) return false;
  const auto& old_track = before.tracks[track];
  const auto& new_track = after.tracks[track];
  return old_track.id == new_track.id && old_track.role == new_track.role &&
         old_track.channel == new_track.channel;
}

std::size_t first_event_at(const Timeline& timeline, Tick position) {
  const auto found =
      std::lower_bound(timeline.events.begin(), timeline.events.end(), position,
                       [](const TimelineEvent& event, Tick wanted) { return event.tick < wanted; });
  return static_cast<std::size_t>(found - timeline.events.begin());
}

}  // namespace

bool Player::do_splice(Performance& play) noexcept {
  const Timeline& next = *play.next_timeline;
  const Tick at = play.splice_at;
  if (at - play.loop_start >= play.timeline->length && !turn_over(play)) return false;
  const Tick position = (at - play.loop_start) % next.length;
  keep_sounding(play, next, position);
  Handout handout;
  handout.kind = Handout::Kind::splice;
  handout.timeline = &next;
  handout.version = play.next_version;
  emit_all(play, handout, at);
  play.timeline = &next;
  play.version = play.next_version;
  play.next_timeline = nullptr;
  play.loop_start = at - position;
  play.published_loop_start.store(play.loop_start);
  play.length.store(next.length);
  play.next_event = first_event_at(next, position);
  chase(play, position);
  return true;
}

// Notes that also the next timeline holds across the boundary go on without being struck again.
void Player::keep_sounding(Performance& play, const Timeline& next, Tick position) noexcept {
  Handout handout;
  handout.kind = Handout::Kind::keep;
  for (const auto& event : next.events) {
    if (event.tick >= position) return;
    const auto* note = std::get_if<NoteOn>(&event.body);
    if (note == nullptr || event.tick + note->duration <= position) continue;
    if (!same_place(*play.timeline, next, event.track)) continue;
    handout.event = event;
    emit_all(play, handout, play.splice_at);
  }
}

// Sends the values that parameters have at `position`: the last one of each before it.
void Player::chase(Performance& play, Tick position) noexcept {
  chased_parameters_.reset();
  chased_controllers_.reset();
  for (std::size_t i = play.next_event; i-- > 0;) {
    TimelineEvent event = play.timeline->events[i];
    if (!chase_first(event)) continue;
    event.tick = position;
    emit(play, event, play.loop_start + position);
  }
}

bool Player::chase_first(const TimelineEvent& event) noexcept {
  const std::size_t track = event.track % max_timeline_tracks;
  if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
    auto seen = chased_parameters_[track * parameter_count + static_cast<std::size_t>(change->parameter)];
    return !seen && (seen = true);
  }
  if (const auto* change = std::get_if<ControllerChange>(&event.body)) {
    auto seen = chased_controllers_[track * 128 + (change->controller & 127U)];
    return !seen && (seen = true);
  }
  return false;
}

}  // namespace doodled
