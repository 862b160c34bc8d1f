#include <cmath>

#include <doctest/doctest.h>

#include "core/play/player.hpp"
#include "tests/fakes/play_rig.hpp"

using namespace doodled;
using namespace doodled::fakes;
using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

namespace {

// Somebody else's clock: right in tempo and place but for `jitter`, told every sixteenth.
void lead(PlayRig& rig, const TempoLine& line, Nanoseconds length, Nanoseconds jitter = {}) {
  const auto end = rig.clock.now() + length;
  int turn = 0;
  while (rig.clock.now() < end) {
    auto told = line;
    told.time += (++turn % 2 == 0 ? 1 : -1) * jitter;
    rig.player.follow({told, true, false});
    rig.run(std::chrono::duration_cast<Nanoseconds>(20ms));
  }
}

std::vector<Nanoseconds> note_times(const PlayRig& rig) {
  std::vector<Nanoseconds> times;
  for (const auto& one : rig.recordings[0]->sent)
    if (one.text == "on 0 60") times.push_back(one.at);
  return times;
}

}  // namespace

TEST_CASE("a play waits for the leader and begins on the very moment of its start") {
  PlayRig rig;
  rig.player.follow({{rig.clock.now(), 0, 100}, false, false});
  auto& play = rig.play(timeline_of({{0, 240, 60}}, 960), 0);
  rig.run(2s);
  CHECK(rig.texts().empty());
  CHECK(play.status == PlayStatus::waiting);

  const auto start = rig.clock.now() + 5ms;
  rig.player.follow({{start, 0, 100}, true, true});
  rig.run(2s);

  const auto times = note_times(rig);
  REQUIRE(times.size() == 4);
  CHECK(times[0] == start);
  CHECK(times[1] - times[0] == 600ms);
  CHECK(rig.player.transport().at(rig.clock.now()).tempo_bpm == 100);
}

TEST_CASE("a tempo of ours that the leader's stands above is not shown for longer than a step") {
  PlayRig rig;
  rig.player.follow({{rig.clock.now(), 0, 100}, true, true});
  rig.step();
  rig.player.set_tempo(66);
  rig.step();
  CHECK(rig.player.transport().at(rig.clock.now()).tempo_bpm == 100);
}

TEST_CASE("when the leader stops, what plays is silent at once, and the next play waits again") {
  PlayRig rig;
  rig.player.follow({{rig.clock.now(), 0, 120}, true, true});
  auto& play = rig.play(timeline_of({{0, 3000, 60}}, 3840), 0);
  rig.run(200ms);
  CHECK(rig.recordings[0]->hanging() == 1);

  rig.player.follow({{rig.clock.now(), 400, 120}, false, false});
  rig.step();

  CHECK(rig.recordings[0]->hanging() == 0);
  CHECK(play.status == PlayStatus::stopped);
  auto& next = rig.play(timeline_of({{0, 240, 60}}, 960), 0);
  rig.run(1s);
  CHECK(next.status == PlayStatus::waiting);
}

TEST_CASE("the transport glides to where the leader is within a few beats, without a jump") {
  PlayRig rig;
  const auto begin = rig.clock.now();
  rig.player.follow({{begin, 0, 120}, true, true});
  rig.play(timeline_of({{0, 240, 60}}, 960), 0);
  rig.run(1s);
  // It is 200 ticks further than we thought, and faster.
  const TempoLine line{rig.clock.now(), 1920 + 200, 126};
  lead(rig, line, 6s);
  const auto state = rig.player.transport().at(rig.clock.now());
  CHECK(state.tick == doctest::Approx(line.tick_at(rig.clock.now())).epsilon(0.0002));
  CHECK(state.tempo_bpm == 126);
  const auto times = note_times(rig);
  for (std::size_t i = 1; i < times.size(); ++i) {
    CHECK(times[i] - times[i - 1] > 300ms);
    CHECK(times[i] - times[i - 1] < 520ms);
  }
  // The last notes are on the leader's beats.
  const double beat = line.tick_at(times.back()) / 960;
  CHECK(std::abs(beat - std::round(beat)) < 0.002);
}

TEST_CASE("a leader that wavers by a millisecond moves notes by less") {
  PlayRig rig;
  const TempoLine line{rig.clock.now(), 0, 120};
  rig.player.follow({line, true, true});
  rig.play(timeline_of({{0, 240, 60}}, 960), 0);
  lead(rig, line, 10s, 1ms);
  for (const auto at : note_times(rig)) {
    const double off_ms = (line.tick_at(at) - std::round(line.tick_at(at) / 960) * 960) * 0.52083;
    CHECK(std::abs(off_ms) < 1);
  }
}

TEST_CASE("a leader that counts anew leaves what plays in its place") {
  PlayRig rig;
  rig.player.follow({{rig.clock.now(), 0, 120}, true, true});
  rig.play(timeline_of({{0, 240, 60}, {960, 240, 62}}, 1920), 0);
  rig.run(2100ms);
  const auto before = rig.texts().size();
  rig.player.follow({{rig.clock.now(), 0, 120}, true, true});
  rig.run(2s);
  CHECK(rig.texts().size() - before >= 6);
  const auto times = note_times(rig);
  for (std::size_t i = 1; i < times.size(); ++i) CHECK(times[i] - times[i - 1] == 1s);
}

TEST_CASE("what waits for a leader that is given up begins at once") {
  PlayRig rig;
  rig.player.follow({{rig.clock.now(), 0, 120}, false, false});
  auto& play = rig.play(timeline_of({{0, 240, 60}}, 960), 1);
  rig.run(1s);
  rig.player.lead();
  rig.run(1s);
  CHECK(play.status == PlayStatus::finished);
  CHECK(note_times(rig).size() == 1);
}

TEST_CASE("a play can begin inside: with the parameters and the long notes of its place") {
  PlayRig rig;
  auto timeline = timeline_of({{0, 1920, 60}, {1920, 240, 62}}, 3840);
  timeline->events.insert(timeline->events.begin(), {0, 0, ParameterChange{Parameter::cutoff, 0.5F}});
  auto& performance = *rig.performances.emplace_back(std::make_unique<Performance>());
  performance.serial = 1;
  performance.request.timeline = timeline;
  performance.request.position = 960;
  performance.seats.emplace_back().runner = rig.runners[0].get();
  const auto asked = rig.clock.now();
  rig.player.start(performance);
  rig.run(3s);
  CHECK(rig.texts() ==
        Texts{"start 1", "play", "param 0 cutoff", "on 0 60", "off 0 60", "on 0 62", "off 0 62", "stop"});
  CHECK(rig.at(5) - asked == 502ms);
}

TEST_CASE("a play that joins is where it would be had it begun with the transport") {
  PlayRig rig;
  rig.player.follow({{rig.clock.now(), 0, 120}, true, true});
  rig.run(300ms);
  auto& performance = *rig.performances.emplace_back(std::make_unique<Performance>());
  performance.serial = 1;
  performance.request.timeline = timeline_of({{0, 240, 60}, {1920, 240, 60}}, 3840);
  performance.request.join = true;
  performance.seats.emplace_back().runner = rig.runners[0].get();
  rig.player.start(performance);
  const auto begin = rig.clock.now() - 300ms;
  rig.run(2s);
  const auto times = note_times(rig);
  REQUIRE(times.size() == 1);
  CHECK(times[0] - begin == 1s);
}
