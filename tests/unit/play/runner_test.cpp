#include "core/play/runner.hpp"

#include <doctest/doctest.h>

#include "tests/fakes/play_rig.hpp"

using namespace doodled;
using namespace doodled::fakes;
using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

TEST_CASE("a device that is missing is looked for again and again and joins in when it comes") {
  PlayRig rig;
  rig.recordings[0]->gone = true;
  rig.recordings[0]->missing = true;
  rig.run(10s);
  CHECK(rig.runners[0]->state().status == DeviceStatus::missing);
  rig.play(timeline_of({{0, 240, 60}}, 960), 0);
  rig.run(1s);
  CHECK(rig.texts().empty());
  CHECK(rig.runners[0]->state().events_dropped > 0);

  rig.recordings[0]->gone = rig.recordings[0]->missing = false;
  rig.run(2s);

  CHECK(rig.runners[0]->state().status == DeviceStatus::ready);
  CHECK_FALSE(rig.texts().empty());
  CHECK(rig.recordings[0]->prepared == 1);
}

TEST_CASE("notes that sounded when a device went are ended when it is back") {
  PlayRig rig;
  rig.play(timeline_of({{0, 960, 60}}, 3840), 1);
  rig.run(200ms);
  rig.recordings[0]->gone = rig.recordings[0]->missing = true;
  rig.run(1s);
  CHECK(rig.recordings[0]->hanging() == 1);
  CHECK(rig.runners[0]->state().sounding == 0);

  rig.recordings[0]->gone = rig.recordings[0]->missing = false;
  rig.run(1s);

  CHECK(rig.recordings[0]->hanging() == 0);
}

// A note has ended 40 ms ago in a play that goes on.
struct NoteEnded : PlayRig {
  NoteEnded() {
    play(timeline_of({{0, 960, 60}}, 3840), 1);
    run(490ms);
    before = texts().size();
    run(50ms);
  }
  Recording& device() { return *recordings[0]; }
  void wake(Nanoseconds then) {
    device().host->wake();
    run(then);
  }
  std::size_t sent_since() const { return texts().size() - before; }

  std::size_t before = 0;
};

TEST_CASE(
    "a note that was ended before anybody saw that the device had gone is ended again when it is back") {
  NoteEnded rig;
  rig.device().gone = true;
  rig.run(1400ms);

  CHECK(rig.sent_since() == 2);
  CHECK(rig.device().hanging() == 0);
}

TEST_CASE("a note that was ended into nothing is ended again, also when a look before saw nothing of it") {
  NoteEnded rig;
  rig.wake(10ms);
  rig.device().gone = true;
  rig.wake(1s);

  CHECK(rig.sent_since() == 2);
  CHECK(rig.device().hanging() == 0);
}

TEST_CASE("a note whose second end goes nowhere, too, is ended a third time") {
  NoteEnded rig;
  for (int times = 0; times < 2; ++times) {
    rig.device().gone = true;
    rig.wake(1ms);
    rig.wake(1ms);
  }

  CHECK(rig.sent_since() >= 3);
  CHECK(rig.device().hanging() == 0);
}

TEST_CASE("a device that breaks at any send leaves no note hanging") {
  for (int failing = 0; failing < 12; ++failing) {
    CAPTURE(failing);
    PlayRig rig;
    rig.recordings[0]->sends_until_failure = failing;
    rig.play(timeline_of({{0, 1200, 60}, {240, 240, 62}, {240, 480, 64}, {960, 240, 65}}), 1);

    rig.run(10s);

    CHECK(rig.recordings[0]->hanging() == 0);
    CHECK(rig.runners[0]->state().sounding == 0);
    CHECK(rig.runners[0]->state().errors == (failing < 11 ? 1 : 0));
    CHECK(rig.runners[0]->has_finished(1));
  }
}

TEST_CASE("a device that goes on failing is tried again with growing pauses") {
  PlayRig rig;
  auto& recording = *rig.recordings[0];
  rig.play(timeline_of({{0, 60, 60}, {120, 60, 60}}, 240), 0);
  for (int i = 0; i < 200; ++i) {
    recording.sends_until_failure = 0;
    rig.run(250ms);
  }

  CHECK(recording.opened >= 5);
  CHECK(recording.opened <= 12);
}

TEST_CASE("panic ends notes and goes beyond") {
  PlayRig rig;
  rig.play(timeline_of({{0, 3840, 60}}), 0);
  rig.run(200ms);

  rig.runners[0]->panic();
  rig.runners[0]->step();

  CHECK(rig.texts() == Texts{"start 1", "play", "on 0 60", "off 0 60", "panic"});
}

TEST_CASE("a disabled device is silent and closed, and opens again") {
  PlayRig rig;
  rig.play(timeline_of({{0, 3840, 60}}), 0);
  rig.run(200ms);

  rig.runners[0]->set_enabled(false);
  rig.run(100ms);
  CHECK(rig.recordings[0]->hanging() == 0);
  CHECK(rig.recordings[0]->closed == 1);
  CHECK(rig.runners[0]->state().status == DeviceStatus::disabled);

  rig.runners[0]->set_enabled(true);
  rig.run(100ms);
  CHECK(rig.recordings[0]->opened == 2);
  CHECK(rig.runners[0]->state().status == DeviceStatus::ready);
}

TEST_CASE("what was sent is written down with loop, tick and time") {
  PlayRig rig;
  rig.play(timeline_of({{480, 240, 60}}, 960), 2);
  rig.run(3s);

  std::array<std::uint8_t, Packets::capacity> packet;
  SentHeader header;
  Texts lines;
  while (rig.runners[0]->sent().pop(header, packet.data()))
    lines.push_back(std::to_string(header.seq) + " " + std::to_string(header.loop) + " " +
                    std::to_string(header.tick) + " " + std::to_string(header.due / 1ms) + " " +
                    std::string(packet.begin(), packet.begin() + header.size));

  CHECK(lines == Texts{"0 0 0 0 start 1", "1 0 0 0 play", "2 0 480 250 on 0 60", "3 0 720 375 off 0 60",
                       "4 1 480 750 on 0 60", "5 1 720 875 off 0 60", "6 1 960 1000 stop"});
}

TEST_CASE("a device with latency gets everything that much earlier") {
  ManualClock clock;
  Recording recording;
  recording.clock = &clock;
  DeviceSettings settings;
  settings.latency_ms = 20;
  Runner runner(settings, std::make_unique<RecordingDriver>(recording), clock, {.spin = Nanoseconds{0}});

  CHECK(runner.latency() == 20ms);
}

TEST_CASE("lateness percentiles are within a bucket of the truth") {
  Lateness lateness;
  for (int i = 1; i <= 1000; ++i) lateness.add(std::chrono::microseconds{i});

  const auto summary = lateness.summary();

  CHECK(summary.count == 1000);
  CHECK(summary.p50 == doctest::Approx(0.5).epsilon(0.07));
  CHECK(summary.p99 == doctest::Approx(0.99).epsilon(0.07));
  CHECK(summary.max == doctest::Approx(1.0));
}

TEST_CASE("a driver is served when it asked to be, when it is woken and after each opening") {
  PlayRig rig;
  auto& recording = *rig.recordings[0];
  CHECK(recording.served.size() == 1);

  recording.serve_every = 100ms;
  recording.host->wake();
  rig.run(450ms);
  CHECK(recording.served.size() == 6);
  CHECK(recording.served.back() - recording.served[4] == 100ms);

  recording.serve_every = Nanoseconds::max();
  recording.gone = recording.missing = true;
  recording.host->wake();
  rig.run(300ms);
  recording.gone = recording.missing = false;
  const auto before = recording.served.size();
  rig.run(1s);
  CHECK(recording.opened == 2);
  CHECK(recording.served.size() == before + 1);
}

TEST_CASE("a driver that has something else to say of itself is asked again") {
  PlayRig rig;
  auto& recording = *rig.recordings[0];
  CHECK(rig.runners[0]->state().detail == "a recording");
  recording.words = "a recording, with lights";
  rig.run(100ms);
  CHECK(rig.runners[0]->state().detail == "a recording");
  recording.host->changed();
  rig.run(10ms);
  CHECK(rig.runners[0]->state().detail == "a recording, with lights");
}

TEST_CASE("what a driver sends beside the music is sent but not logged") {
  PlayRig rig;
  auto& recording = *rig.recordings[0];
  recording.speaks_aside = true;
  rig.play(timeline_of({{0, 240, 60}}, 960), 1);
  rig.run(100ms);
  const auto logged = rig.runners[0]->packets_sent();
  recording.host->wake();
  rig.run(10ms);

  CHECK(std::ranges::count(rig.texts(), "lights") == 1);
  CHECK(rig.runners[0]->packets_sent() == logged);

  rig.runners[0]->set_enabled(false);
  rig.run(10ms);
  CHECK(rig.texts().back() == "farewell");
  CHECK(recording.hanging() == 0);
}

TEST_CASE("a device that cannot be told goodbye is closed all the same") {
  PlayRig rig;
  auto& recording = *rig.recordings[0];
  recording.speaks_aside = true;
  recording.sends_until_failure = 0;

  rig.runners[0]->set_enabled(false);
  rig.run(1s);

  CHECK(rig.runners[0]->state().status == DeviceStatus::disabled);
  CHECK(recording.closed >= 1);
}
