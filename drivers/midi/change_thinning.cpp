#include "drivers/midi/change_thinning.hpp"

#include <algorithm>
#include <map>

namespace doodled::midi {

void ChangeThinning::prepare(const Timeline& timeline, int per_second) {
  left_out_.clear();
  if (per_second <= 0) return;
  const double distance = timeline.tempo_bpm / 60 * ticks_per_quarter / per_second;
  struct Moving {
    Tick sent;
    Tick waiting = -1;  // too soon, but not left out until another one follows
  };
  std::map<std::pair<std::uint16_t, Parameter>, Moving> moving;
  for (const auto& event : timeline.events) {
    const auto* change = std::get_if<ParameterChange>(&event.body);
    if (change == nullptr) continue;
    const auto [found, first] = moving.try_emplace({event.track, change->parameter}, Moving{event.tick});
    auto& at = found->second;
    if (first || event.tick == at.sent || event.tick == at.waiting) continue;
    const auto soon = [&] { return static_cast<double>(event.tick - at.sent) < distance; };
    if (at.waiting >= 0) {
      if (soon())
        left_out_.push_back({at.waiting, event.track, change->parameter});
      else
        at.sent = at.waiting;
    }
    at.waiting = soon() ? event.tick : -1;
    if (at.waiting < 0) at.sent = event.tick;
  }
  std::ranges::sort(left_out_);
}

bool ChangeThinning::leaves_out(Tick tick, std::uint16_t track, Parameter parameter) const noexcept {
  return !left_out_.empty() && std::ranges::binary_search(left_out_, Change{tick, track, parameter});
}

}  // namespace doodled::midi
