// A player and runners without threads, on a clock that the test moves: the same work, in one order.
#pragma once
#include <memory>
#include <vector>

#include "core/play/player.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/recording_driver.hpp"

namespace doodled::fakes {

class PlayRig {
 public:
  explicit PlayRig(std::size_t devices = 1) : player(clock) {
    for (std::size_t i = 0; i < devices; ++i) {
      auto& recording = *recordings.emplace_back(std::make_unique<Recording>());
      recording.clock = &clock;
      RunnerOptions options;
      options.spin = Nanoseconds{0};
      DeviceSettings settings;
      settings.id = "device" + std::to_string(i);
      runners.push_back(
          std::make_unique<Runner>(settings, std::make_unique<RecordingDriver>(recording), clock, options));
      runners.back()->step();
    }
    std::vector<Runner*> told;
    for (auto& runner : runners) told.push_back(runner.get());
    player.use(std::move(told));
  }

  Performance& play(std::shared_ptr<const Timeline> timeline, int loops = 1,
                    Quantise quantise = Quantise::none, std::vector<std::size_t> devices = {0}) {
    auto& performance = *performances.emplace_back(std::make_unique<Performance>());
    performance.serial = performances.size();
    performance.request.id = std::to_string(performance.serial);
    performance.request.timeline = std::move(timeline);
    performance.request.loops = loops;
    performance.request.quantise = quantise;
    for (const auto device : devices) performance.seats.emplace_back().runner = runners[device].get();
    player.start(performance);
    return performance;
  }

  // Steps everybody at every moment somebody asked for, until `time` from now has passed.
  void run(Nanoseconds time) {
    const auto end = clock.now() + time;
    for (;;) {
      const auto next = step();
      if (next > end) break;
      clock.set(next);
    }
    clock.set(end);
    step();
  }
  Nanoseconds step() {
    auto next = player.step();
    for (auto& runner : runners) next = std::min(next, runner->step());
    return std::max(next, clock.now() + Nanoseconds{1});
  }

  std::vector<std::string> texts(std::size_t device = 0) const { return recordings[device]->texts(); }
  Nanoseconds at(std::size_t index, std::size_t device = 0) const {
    return recordings[device]->sent[index].at;
  }

  ManualClock clock;
  Player player;
  std::vector<std::unique_ptr<Recording>> recordings;
  std::vector<std::unique_ptr<Runner>> runners;
  std::vector<std::unique_ptr<Performance>> performances;
};

struct NoteAt {
  Tick start, duration;
  int pitch;
};

// One track, 120 quarter notes a minute (a step lasts 125 ms), 4/4.
inline std::shared_ptr<Timeline> timeline_of(const std::vector<NoteAt>& notes, Tick length = 3840) {
  auto timeline = std::make_shared<Timeline>();
  timeline->length = length;
  timeline->tracks.push_back({.id = "lead", .name = "Lead", .role = Role::lead, .channel = 1, .pads = {}});
  for (const auto& note : notes) {
    const auto pitch = static_cast<std::uint8_t>(note.pitch);
    timeline->events.push_back({note.start, 0, note_on(pitch, 100, note.duration)});
    timeline->events.push_back({note.start + note.duration, 0, NoteOff{pitch}});
  }
  std::stable_sort(timeline->events.begin(), timeline->events.end(), [](const auto& a, const auto& b) {
    return a.tick != b.tick ? a.tick < b.tick : a.body.index() < b.body.index();
  });
  return timeline;
}

}  // namespace doodled::fakes
