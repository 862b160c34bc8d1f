#include "core/play/player.hpp"

#include <doctest/doctest.h>

#include "tests/fakes/play_rig.hpp"

using namespace doodled;
using namespace doodled::fakes;
using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

TEST_CASE("a timeline is sent once, in order, at its times") {
  PlayRig rig;
  auto& play = rig.play(timeline_of({{0, 240, 60}, {240, 240, 62}}, 960));

  rig.run(2s);

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 60", "off 0 60", "on 0 62", "off 0 62", "stop"});
  CHECK(rig.at(4) - rig.at(2) == 125ms);
  CHECK(rig.at(6) - rig.at(2) == 500ms);
  CHECK(play.status == PlayStatus::finished);
  CHECK(rig.runners[0]->has_finished(play.serial));
  CHECK_FALSE(rig.player.transport().at(rig.clock.now()).playing);
}

TEST_CASE("an event leaves on the very nanosecond when the clock allows it") {
  PlayRig rig;
  rig.play(timeline_of({{0, 240, 60}}, 960), 0);

  rig.run(3600s);

  const auto& sent = rig.recordings[0]->sent;
  const auto first = sent[2].at;
  std::size_t loop = 0;
  for (std::size_t i = 2; i < sent.size(); i += 2, ++loop) {
    REQUIRE(sent[i].text == "on 0 60");
    REQUIRE(sent[i].at - first == 500ms * loop);
  }
  CHECK(loop > 7198);
}

TEST_CASE("a transport that stood still begins within two milliseconds") {
  PlayRig rig;
  const auto asked = rig.clock.now();
  rig.play(timeline_of({{0, 240, 60}}, 960));

  rig.run(100ms);

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 60"});
  CHECK(rig.at(2) - asked == 2ms);
}

TEST_CASE("a loop ends after its count and starts again without a gap") {
  PlayRig rig;
  auto& play = rig.play(timeline_of({{0, 960, 60}}, 960), 3);

  rig.run(3s);

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 60", "off 0 60", "on 0 60", "off 0 60", "on 0 60",
                             "off 0 60", "stop"});
  CHECK(rig.at(4) - rig.at(2) == 500ms);
  CHECK(play.status == PlayStatus::finished);
}

TEST_CASE("stop ends the sounding notes at once and sends nothing that was queued") {
  PlayRig rig;
  auto& play = rig.play(timeline_of({{0, 3000, 60}, {480, 240, 64}}), 0);
  rig.run(230ms);

  rig.player.stop(play);
  rig.step();

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 60", "off 0 60", "stop"});
  CHECK(play.status == PlayStatus::stopped);
  rig.run(5s);
  CHECK(rig.texts().size() == 5);
  CHECK(rig.runners[0]->state().sounding == 0);
}

TEST_CASE("a tempo change goes on from where the music is") {
  PlayRig rig;
  rig.play(timeline_of({{0, 240, 60}, {960, 240, 61}, {1920, 240, 62}, {2880, 240, 63}}), 1);
  rig.run(780ms);  // in the second quarter

  rig.player.set_tempo(60);
  rig.run(4s);

  const auto& sent = rig.recordings[0]->sent;
  std::vector<Nanoseconds> ons;
  for (const auto& one : sent)
    if (one.text.rfind("on", 0) == 0) ons.push_back(one.at);
  REQUIRE(ons.size() == 4);
  CHECK(ons[1] - ons[0] == 500ms);
  // 810 ms of handing out have passed, 280 of 500 ms of the quarter; the rest takes twice as long.
  CHECK(ons[2] - ons[1] > 500ms);
  CHECK(ons[2] - ons[1] < 1000ms);
  CHECK(ons[3] - ons[2] == 1000ms);
}

TEST_CASE("a tempo that was asked for shows at once, and the last one stays") {
  PlayRig rig;
  const auto shown = [&rig] { return rig.player.transport().at(rig.clock.now()).tempo_bpm; };
  rig.player.set_tempo(66);
  CHECK(shown() == 66);
  rig.player.set_tempo(90);
  CHECK(shown() == 90);
  rig.step();
  CHECK(shown() == 90);
}

TEST_CASE("a new play takes a busy device over at the bar") {
  PlayRig rig;
  auto& first = rig.play(timeline_of({{0, 3840, 60}}), 0);
  rig.run(700ms);

  auto& second = rig.play(timeline_of({{0, 240, 72}}), 1, Quantise::bar);
  rig.run(600ms);
  CHECK(second.status == PlayStatus::waiting);
  rig.run(4s);

  CHECK(rig.texts() ==
        Texts{"start 1", "play", "on 0 60", "off 0 60", "start 1", "play", "on 0 72", "off 0 72", "stop"});
  CHECK(rig.at(6) - rig.at(2) == 2000ms);
  CHECK(rig.at(3) == rig.at(6));
  CHECK(first.status == PlayStatus::replaced);
  CHECK(second.status == PlayStatus::finished);
}

TEST_CASE("a play that takes one of two devices leaves the other playing") {
  PlayRig rig(2);
  auto& first = rig.play(timeline_of({{0, 240, 60}}, 960), 0, Quantise::none, {0, 1});
  rig.run(100ms);

  auto& second = rig.play(timeline_of({{0, 240, 72}}, 960), 1, Quantise::beat, {1});
  rig.run(2s);

  CHECK(first.status == PlayStatus::playing);
  CHECK(second.status == PlayStatus::finished);
  const auto other = rig.texts(1);
  CHECK(std::count(other.begin(), other.end(), "on 0 60") == 1);
  CHECK(std::count(other.begin(), other.end(), "on 0 72") == 1);
  CHECK(rig.recordings[1]->hanging() == 0);
}

TEST_CASE("a waiting play that is stopped changes nothing") {
  PlayRig rig;
  auto& first = rig.play(timeline_of({{0, 240, 60}}, 960), 6);
  rig.run(100ms);
  auto& second = rig.play(timeline_of({{0, 240, 72}}), 1, Quantise::bar);
  rig.run(50ms);

  rig.player.stop(second);
  rig.run(4s);

  const auto sent = rig.texts();
  CHECK(std::count(sent.begin(), sent.end(), "on 0 60") == 6);
  CHECK(std::count(sent.begin(), sent.end(), "on 0 72") == 0);
  CHECK(second.status == PlayStatus::stopped);
  CHECK(first.status == PlayStatus::finished);
}

TEST_CASE("another timeline goes on at the step, holding the notes that both have") {
  PlayRig rig;
  const auto before = timeline_of({{0, 3840, 48}, {0, 1920, 60}});
  const auto after = timeline_of({{0, 3840, 48}, {960, 240, 67}});
  auto& play = rig.play(before, 0);
  rig.run(300ms);

  rig.player.splice(play, *after, 2, Quantise::step);
  rig.run(1500ms);

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 48", "on 0 60", "off 0 60", "on 0 67", "off 0 67"});
  CHECK(rig.at(4) - rig.at(2) == 375ms);
  CHECK(rig.at(5) - rig.at(2) == 500ms);
  CHECK(play.seats[0].arrived == 2);
  rig.run(300ms);
  CHECK(rig.recordings[0]->hanging() == 1);
  rig.player.stop(play);
  rig.step();
  CHECK(rig.recordings[0]->hanging() == 0);
}

TEST_CASE("another timeline that changes a track's channel ends its notes") {
  PlayRig rig;
  const auto before = timeline_of({{0, 3840, 48}});
  const auto after = timeline_of({{0, 3840, 48}});
  after->tracks[0].channel = 2;
  auto& play = rig.play(before, 0);
  rig.run(300ms);

  rig.player.splice(play, *after, 2, Quantise::bar);
  rig.player.splice(play, *after, 2, Quantise::step);
  rig.run(400ms);

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 48", "off 0 48", "on 0 48"});
}

TEST_CASE("a long note of the next timeline is struck at the boundary for the rest of its time") {
  PlayRig rig;
  const auto before = timeline_of({{0, 240, 48}});
  const auto after = timeline_of({{0, 1920, 55}, {0, 500, 60}, {480, 240, 67}});
  auto& play = rig.play(before, 0);
  rig.run(80ms);

  rig.player.splice(play, *after, 2, Quantise::step);
  rig.run(1200ms);

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 48", "off 0 48", "on 0 55", "on 0 60", "on 0 67",
                             "off 0 60", "off 0 67", "off 0 55"});
  CHECK(rig.recordings[0]->hanging() == 0);
}

TEST_CASE("drums and the tails of short notes are not struck at the boundary") {
  PlayRig rig;
  const auto before = timeline_of({{0, 240, 48}});
  const auto drums = timeline_of({{0, 1920, 36}});
  drums->tracks[0].role = Role::drums;
  const auto tail = timeline_of({{0, 400, 60}});
  auto& first = rig.play(before, 0);
  rig.run(100ms);
  rig.player.splice(first, *drums, 2, Quantise::step);
  rig.run(200ms);
  rig.player.splice(first, *tail, 3, Quantise::step);
  rig.run(300ms);

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 48", "off 0 48"});
}

TEST_CASE("a play tells with what it went on, and where") {
  PlayRig rig;
  const auto timeline = timeline_of({{0, 240, 48}}), second = timeline_of({{0, 240, 50}}),
             third = timeline_of({{0, 240, 52}});
  auto& play = rig.play(timeline, 0);
  rig.run(100ms);
  rig.player.splice(play, *second, 2, Quantise::bar);
  rig.player.splice(play, *third, 3, Quantise::bar);
  rig.run(3s);

  REQUIRE(play.spliced.front() != nullptr);
  CHECK(play.spliced.front()->version == 3);
  CHECK(play.spliced.front()->at == 3840);
  play.spliced.pop();
  CHECK(play.spliced.front() == nullptr);
}

TEST_CASE("a play whose changes are known beforehand sends what it sent when they came") {
  const auto timeline = timeline_of({{0, 240, 48}, {960, 1920, 50}}),
             second = timeline_of({{0, 3840, 52}, {480, 240, 55}});
  const auto third = timeline_of({{0, 240, 60}, {2000, 240, 62}}, 1920);
  PlayRig live;
  auto& played = live.play(timeline, 0);
  live.run(700ms);
  live.player.splice(played, *second, 2, Quantise::step);
  live.run(1s);
  live.player.splice(played, *third, 3, Quantise::bar);
  live.run(4s);

  PlayRig again;
  auto& replay = again.play(timeline, 0);
  for (const auto& next : {second, third}) {
    replay.request.splices.push_back({played.spliced.front()->at, next});
    played.spliced.pop();
  }
  again.run(5700ms);

  CHECK(again.texts() == live.texts());
  CHECK(again.texts().size() > 12);
}

TEST_CASE("a spliced timeline brings the values its parameters have there") {
  PlayRig rig;
  const auto before = timeline_of({{0, 240, 48}});
  const auto after = timeline_of({{0, 240, 48}});
  after->events.insert(after->events.begin(), {0, 0, ParameterChange{Parameter::cutoff, 0.5F}});
  auto& play = rig.play(before, 0);
  rig.run(300ms);

  rig.player.splice(play, *after, 2, Quantise::step);
  rig.run(300ms);

  CHECK(rig.texts().back() == "param 0 cutoff");
}

TEST_CASE("taking a device out of its only play stops the play") {
  PlayRig rig;
  auto& play = rig.play(timeline_of({{0, 3840, 60}}), 0);
  rig.run(200ms);

  rig.player.leave(*rig.runners[0]);
  rig.step();

  CHECK(play.status == PlayStatus::stopped);
  CHECK(rig.recordings[0]->hanging() == 0);
}

TEST_CASE("the same play sends the same again") {
  PlayRig rig;
  const auto timeline = timeline_of({{0, 240, 60}, {0, 480, 64}, {300, 77, 67}});
  rig.play(timeline, 2);
  rig.run(10s);
  const auto once = rig.texts();

  rig.play(timeline, 2);
  rig.run(10s);

  const auto twice = rig.texts();
  CHECK(Texts(twice.begin() + static_cast<std::ptrdiff_t>(once.size()), twice.end()) == once);
}
