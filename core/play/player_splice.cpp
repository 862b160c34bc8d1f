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

// A stroke of a drum has no rest, and the tail of a short note would only be a second stroke off the beat.
bool worth_resuming(const Timeline& timeline, std::size_t track, Tick left) {
  return left >= ticks_per_step && timeline.tracks[track].role != Role::drums;
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
  hold(play, next, position, at, Handout::Kind::keep);
  Handout handout;
  handout.kind = Handout::Kind::splice;
  handout.origin = at - position;
  handout.at = at;
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
  hold(play, next, position, at, Handout::Kind::resume);
  play.spliced.push({play.version, at - play.starts_at});
  plan_next(play);
  return true;
}

// The next timeline that was known when the play began, if any is left.
void Player::plan_next(Performance& play) noexcept {
  const auto& splices = play.request.splices;
  if (play.next_planned >= splices.size()) return;
  const auto& planned = splices[play.next_planned++];
  play.next_timeline = planned.timeline.get();
  play.next_version = static_cast<std::uint32_t>(play.next_planned) + 1;
  play.splice_at = play.starts_at + planned.at;
}

// Notes that the next timeline holds across the boundary: what sounds already goes on without being struck
// again (`keep`, before the splice); what does not is struck there for the rest of its time (`resume`, after
// it), so that no track is silent until its next note.
void Player::hold(Performance& play, const Timeline& next, Tick position, Tick at,
                  Handout::Kind kind) noexcept {
  Handout handout;
  handout.kind = kind;
  for (const auto& event : next.events) {
    if (event.tick >= position) return;
    const auto* note = std::get_if<NoteOn>(&event.body);
    if (note == nullptr || event.tick + note->duration <= position) continue;
    const Tick left = event.tick + note->duration - position;
    if (kind == Handout::Kind::keep && !same_place(*play.timeline, next, event.track)) continue;
    if (kind == Handout::Kind::resume && !worth_resuming(next, event.track, left)) continue;
    handout.event = {position, event.track, note_on(note->pitch, note->velocity, left)};
    emit_all(play, handout, at);
  }
}

// A play that does not begin at its beginning has the parameters and the long notes of its place.
void Player::begin_inside(Performance& play) noexcept {
  const Tick position = play.starts_at - play.loop_start;
  play.next_event = first_event_at(*play.timeline, position);
  chase(play, position);
  hold(play, *play.timeline, position, play.starts_at, Handout::Kind::resume);
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
