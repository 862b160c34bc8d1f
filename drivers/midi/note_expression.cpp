#include "drivers/midi/note_expression.hpp"

#include <algorithm>

namespace doodled::midi {
namespace {

// Drums keep their own channel: the zone ends before it, and is none where its manager would be.
int members_of(const DeviceProfile& profile, bool drummed) {
  const bool lower = profile.mpe_zone == MpeZone::lower;
  const int before_drums = lower ? profile.drum_channel - 2 : 15 - profile.drum_channel;
  return drummed ? std::min(profile.mpe_members, std::max(0, before_drums)) : profile.mpe_members;
}

}  // namespace

void NoteExpressions::prepare(const Timeline& timeline, const DeviceProfile& profile) {
  const auto tracks = timeline.tracks.size();
  notes_.assign(tracks * 128, {});
  drums_.assign(tracks, false);
  expressive_.assign(tracks, false);
  for (std::size_t i = 0; i < tracks; ++i) drums_[i] = timeline.tracks[i].role == Role::drums;
  for (const auto& event : timeline.events)
    if (event.track < tracks && std::holds_alternative<NoteExpression>(event.body))
      expressive_[event.track] = true;
  members_ = members_of(profile, std::ranges::find(drums_, true) != drums_.end());
  zone_ = profile.mpe_zone;
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
  if (mpe() && !drums_[track]) channels_.release(zone_channel(zone_, note.channel));
  return note.channel;
}

}  // namespace doodled::midi
