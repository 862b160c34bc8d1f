// Rules about how many notes sound, how loud, and on what.
#include <nlohmann/json.hpp>

#include "core/rules/patterns.hpp"
#include "core/rules/rule_functions.hpp"

namespace doodled::rules {
namespace {

int voices_of(Role role, const RuleValues& values) {
  if (role == Role::bass) return values.bass_voices;
  return role == Role::lead ? values.lead_voices : values.voices;
}

// The notes that still sound, the earliest first, while the pattern is walked.
class Sounding {
 public:
  Sounding(const Place& place, std::size_t most, Verdicts& verdicts)
      : place_(place), most_(most), verdicts_(verdicts) {}

  void strike(std::size_t index) {
    const auto& notes = place_.pattern.notes;
    const Tick now = notes[index].start;
    std::erase_if(voices_, [&](std::size_t i) { return notes[i].start + notes[i].duration <= now; });
    if (voices_.size() >= most_)
      give_way(now, index);
    else
      voices_.push_back(index);
  }
  std::vector<std::size_t> gone;

 private:
  // The oldest voice ends where the new one begins; where all began just now, the new one is left out.
  void give_way(Tick now, std::size_t index) {
    auto& notes = place_.pattern.notes;
    auto& oldest = notes[voices_.front()];
    const std::string why = "more than " + std::to_string(most_) + " at once";
    if (oldest.start == now) {
      verdicts_.repaired(place_.note(index), why + "; this one is left out", notes[index].velocity, nullptr);
      gone.push_back(index);
      return;
    }
    verdicts_.repaired(place_.note(voices_.front()) + "/duration", why + "; ends where the next begins",
                       oldest.duration, now - oldest.start);
    oldest.duration = now - oldest.start;
    voices_.erase(voices_.begin());
    voices_.push_back(index);
  }

  const Place& place_;
  const std::size_t most_;
  Verdicts& verdicts_;
  std::vector<std::size_t> voices_;
};

void limit_voices(Session& session, const Place& place, int most, Verdicts& verdicts) {
  Sounding sounding(place, static_cast<std::size_t>(most), verdicts);
  for (const auto index : by_start(place.pattern)) sounding.strike(index);
  std::ranges::sort(sounding.gone);
  take_out(session, place, sounding.gone);
}

void device_range(const Place& place, const DeviceLimits& device, Verdicts& verdicts) {
  for (std::size_t n = 0; n < place.pattern.notes.size(); ++n) {
    auto& note = place.pattern.notes[n];
    int pitch = note.pitch;
    while (pitch < device.lowest && pitch + 12 <= device.highest) pitch += 12;
    while (pitch > device.highest && pitch - 12 >= device.lowest) pitch -= 12;
    if (pitch == note.pitch) continue;
    verdicts.repaired(place.note(n) + "/pitch",
                      device.name + " does not reach it: moved to " + verdicts.named(pitch), note.pitch,
                      pitch);
    note.pitch = pitch;
  }
}

}  // namespace

void velocity(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const int softest = options.values.softest, loudest = std::max(softest, options.values.loudest);
  for_each_pattern(session, options, [&](const Place& place) {
    for (std::size_t n = 0; n < place.pattern.notes.size(); ++n) {
      auto& note = place.pattern.notes[n];
      const int heard = std::clamp(note.velocity, softest, loudest);
      if (heard == note.velocity) continue;
      verdicts.repaired(place.note(n) + "/velocity",
                        heard == softest ? "too soft to be heard" : "louder than wished", note.velocity,
                        heard);
      note.velocity = heard;
    }
  });
}

void polyphony(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  for_each_pattern(session, options, [&](const Place& place) {
    if (!place.is_drums())
      limit_voices(session, place, voices_of(place.track.role, options.values), verdicts);
  });
}

void device(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  if (!options.device) return;
  const auto& limits = *options.device;
  for_each_pattern(session, options, [&](const Place& place) {
    if (place.is_drums()) return;
    device_range(place, limits, verdicts);
    limit_voices(session, place, limits.polyphony, verdicts);
  });
}

}  // namespace doodled::rules
