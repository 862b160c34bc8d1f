#include "drivers/midi/note_expression.hpp"

#include <algorithm>

namespace doodled::midi {

void NoteExpressions::prepare(const Timeline& timeline, const DeviceProfile& profile) {
  const auto tracks = timeline.tracks.size();
  notes_.assign(tracks * 128, {});
  drums_.assign(tracks, false);
  expressive_.assign(tracks, false);
  for (std::size_t i = 0; i < tracks; ++i) drums_[i] = timeline.tracks[i].role == Role::drums;
  for (const auto& event : timeline.events)
    if (event.track < tracks && std::holds_alternative<NoteExpression>(event.body))
      expressive_[event.track] = true;
  // Drums keep their own channel: the zone ends before it.
  const bool drummed = std::ranges::find(drums_, true) != drums_.end();
  const int room = drummed && profile.drum_channel > 1 ? profile.drum_channel - 2 : 15;
  members_ = profile.drum_channel == 1 && drummed ? 0 : std::min(profile.mpe_members, room);
  bend_range_ = members_ > 0 ? static_cast<int>(most_bend) : profile.bend_range;
  timbre_free_ = std::ranges::none_of(profile.controllers, [](const ParameterRoute& route) {
    return route.carrier == Carrier::controller && route.number == 74;
  });
  channels_.reset(members_);
  newest_.fill(nullptr);
  for (auto& channel : told_) channel.fill(-1);
}

int NoteExpressions::end(std::size_t track, int channel, int pitch) noexcept {
  auto& note = note_of(track, pitch);
  if (!note.sounding) return channel;
  note.sounding = false;
  if (mpe() && !drums_[track]) channels_.release(note.channel);
  return note.channel;
}

}  // namespace doodled::midi
