#include "core/play/device_rack.hpp"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>

#include <doctest/doctest.h>

#include "tests/fakes/play_rig.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

const SystemClock system_time;

Recording begun_anew() {
  Recording begun;
  begun.clock = &system_time;
  return begun;
}

Recording recording = begun_anew();
std::atomic<std::promise<void>*> hold_sends = nullptr;  // sends wait for it

class HeldDriver final : public Driver {
 public:
  void open() override {}
  void close() noexcept override {}
  void prepare(const Timeline&) override {}
  void encode(const TimelineEvent&, Packets& packets) noexcept override { packets.add(as_bytes("x")); }
  void encode_panic(Packets&) noexcept override {}
  void send(Bytes) override {
    if (auto* released = hold_sends.load()) released->get_future().wait();
  }
  std::string describe() const override { return "held"; }
};

const DriverPlugin recording_plugin{
    "recording", "", "generic", {Capability::notes}, [](const DeviceSettings&, const DeviceProfile&) {
      return Result<std::unique_ptr<Driver>>(std::make_unique<RecordingDriver>(recording));
    }};
const DriverPlugin held_plugin{"held", "", "generic", {}, [](const DeviceSettings&, const DeviceProfile&) {
                                 return Result<std::unique_ptr<Driver>>(std::make_unique<HeldDriver>());
                               }};
const std::array<const DriverPlugin*, 2> plugins{&recording_plugin, &held_plugin};

DeviceSettings device(const char* id, const char* driver) {
  DeviceSettings settings;
  settings.id = id;
  settings.driver = driver;
  return settings;
}

// Waits for what the rack tells; only a real hang reaches the limit.
class Ear {
 public:
  RackListener listener() {
    RackListener made;
    made.play_changed = [this](const PlayState& state) {
      hear(state.id + " " + std::string(to_string(state.status)));
    };
    made.device_changed = [this](const DeviceState& state) {
      hear(state.id + " " + std::string(to_string(state.status)));
    };
    return made;
  }
  bool heard(const std::string& wanted) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds{30},
                             [&] { return std::find(lines_.begin(), lines_.end(), wanted) != lines_.end(); });
  }

 private:
  void hear(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

struct Counting final : PlayLogSink {
  void spliced(std::string_view play, std::uint32_t version, Tick at) override {
    lines.push_back(std::string(play) + " version " + std::to_string(version) + " at " + std::to_string(at));
  }
  std::vector<std::string> lines;
  void write(std::span<const SentPacket> packets) override {
    for (const auto& packet : packets)
      lines.push_back(std::string(packet.play_id) + " " + std::to_string(packet.seq) + " " +
                      std::string(packet.bytes.begin(), packet.bytes.end()));
  }
  void finished(const PlayState& play, std::uint64_t missed) override {
    lines.push_back(play.id + " end " + std::to_string(missed));
  }
};

PlayRequest request(const char* id, const char* on, int loops = 1) {
  PlayRequest made;
  made.id = id;
  made.timeline = timeline_of({{0, 120, 60}}, 240);
  made.devices = {on};
  made.loops = loops;
  return made;
}

}  // namespace

TEST_CASE("a play on a rack is sent, logged to its end and remembered") {
  Ear ear;
  Counting log;
  recording = begun_anew();
  RackConfig config;
  config.devices = {device("synth", "recording")};
  config.drivers = plugins;
  config.listener = ear.listener();
  config.log = &log;
  auto rack = DeviceRack::make(std::move(config));
  REQUIRE(rack.has_value());

  REQUIRE((*rack)->play(request("p1", "synth")).has_value());
  REQUIRE(ear.heard("p1 finished"));

  CHECK(log.lines == std::vector<std::string>{"p1 0 start 1", "p1 1 play", "p1 2 on 0 60", "p1 3 off 0 60",
                                              "p1 4 stop", "p1 end 0"});
  const auto state = (*rack)->play_state("p1");
  REQUIRE(state.has_value());
  CHECK(state->packets_sent == 5);
  CHECK((*rack)->play(request("p1", "synth")).error().code == "duplicate_play");
  CHECK((*rack)->stop("p1")->status == PlayStatus::finished);
}

TEST_CASE("destroying a rack ends its notes") {
  Ear ear;
  recording = begun_anew();
  RackConfig config;
  config.devices = {device("synth", "recording")};
  config.drivers = plugins;
  config.listener = ear.listener();
  auto rack = DeviceRack::make(std::move(config));
  auto endless = request("p", "synth", 0);
  endless.timeline = timeline_of({{0, 3840 * 100, 60}}, 3840 * 100);
  REQUIRE((*rack)->play(endless).has_value());
  REQUIRE(ear.heard("p playing"));

  rack->reset();

  CHECK(recording.hanging() == 0);
  CHECK(recording.closed >= 1);
}

TEST_CASE("what is done at a device is heard, and what plays can be shown") {
  recording = begun_anew();
  std::vector<std::string> heard;
  RackConfig config;
  config.devices = {device("surface", "recording")};
  config.drivers = plugins;
  config.heard = [&](const std::string& id, const DeviceInput& input) {
    heard.push_back(id + " " + std::to_string(input.number));
  };
  auto rack = DeviceRack::make(std::move(config));
  REQUIRE(rack.has_value());
  CHECK((*rack)->device("surface")->capabilities == Capabilities{Capability::notes});

  recording.host->did({.kind = DeviceInput::Kind::macro, .number = 3, .value = 0.5F});
  CHECK(heard == std::vector<std::string>{"surface 3"});
  CHECK_FALSE(recording.host->transport().playing);
  CHECK(recording.host->scene() == nullptr);

  auto scene = std::make_shared<Scene>();
  scene->session_id = "s";
  (*rack)->show(scene);
  CHECK(recording.host->scene()->session_id == "s");
}

TEST_CASE("a send that never returns holds up nobody") {
  Ear ear;
  recording = begun_anew();
  std::promise<void> release;
  hold_sends = &release;
  RackConfig config;
  config.devices = {device("dead", "held"), device("synth", "recording")};
  config.drivers = plugins;
  config.listener = ear.listener();
  auto rack = DeviceRack::make(std::move(config));

  REQUIRE((*rack)->play(request("lost", "dead")).has_value());
  REQUIRE((*rack)->play(request("heard", "synth")).has_value());
  REQUIRE(ear.heard("heard finished"));
  REQUIRE(ear.heard("dead stuck"));
  REQUIRE(ear.heard("lost finished"));
  rack->reset();

  hold_sends = nullptr;
  release.set_value();
}

TEST_CASE("requests that cannot be played name the field") {
  RackConfig config;
  config.devices = {device("synth", "recording")};
  config.drivers = plugins;
  auto rack = DeviceRack::make(std::move(config));
  auto& devices = **rack;
  const auto code = [&](auto change) {
    auto bad = request("x", "synth");
    change(bad);
    return devices.play(bad).error().code;
  };

  CHECK(code([](PlayRequest& r) { r.devices = {"piano"}; }) == "unknown_device");
  CHECK(code([](PlayRequest& r) { r.devices.clear(); }) == "no_devices");
  CHECK(code([](PlayRequest& r) { r.loops = -1; }) == "invalid_loops");
  CHECK(code([](PlayRequest& r) { r.timeline = nullptr; }) == "empty_timeline");
  CHECK(code([](PlayRequest& r) { r.tempo_bpm = 5; }) == "invalid_tempo");
  CHECK(devices.stop("nothing").error().code == "unknown_play");
  CHECK(devices.set_tempo(1e9).error().code == "invalid_tempo");
  CHECK(devices.panic("piano").error().code == "unknown_device");
}

TEST_CASE("settings of devices that cannot be used name the device and the key") {
  const auto pointer = [](std::vector<DeviceSettings> devices) {
    RackConfig config;
    config.devices = std::move(devices);
    config.drivers = plugins;
    return DeviceRack::make(std::move(config)).error().problems.at(0).pointer;
  };
  auto unknown_profile = device("a", "held");
  unknown_profile.profile = "nobody";

  CHECK(pointer({device("a", "piano")}) == "/device/0/driver");
  CHECK(pointer({device("a", "held"), device("a", "held")}) == "/device/1/id");
  CHECK(pointer({device("A b", "held")}) == "/device/0/id");
  CHECK(pointer({unknown_profile}) == "/device/0/profile");
}

TEST_CASE("a changed device is opened again while it plays, and an unchanged one is left alone") {
  Ear ear;
  recording = begun_anew();
  RackConfig config;
  config.devices = {device("synth", "recording")};
  config.drivers = plugins;
  config.listener = ear.listener();
  auto rack = DeviceRack::make(std::move(config));
  auto long_play = request("p", "synth", 2);
  long_play.timeline = timeline_of({{0, 960, 60}, {960, 960, 62}}, 1920);
  REQUIRE((*rack)->play(long_play).has_value());
  REQUIRE(ear.heard("p playing"));

  const auto same = (*rack)->reconfigure({device("synth", "recording")}, {});
  REQUIRE(same.has_value());
  CHECK(same->kept == std::vector<std::string>{"synth"});

  auto later = device("synth", "recording");
  later.latency_ms = 3;
  const auto changed = (*rack)->reconfigure({later}, {});
  REQUIRE(changed.has_value());
  CHECK(changed->changed == std::vector<std::string>{"synth"});
  REQUIRE(ear.heard("p finished"));

  CHECK(recording.opened == 2);
  CHECK(recording.hanging() == 0);
  CHECK(recording.texts().back() == "stop");
  CHECK((*rack)->play_state("p")->events_dropped == 0);
}

TEST_CASE("devices come and go by their settings, and notes of one that goes are ended") {
  Ear ear;
  recording = begun_anew();
  RackConfig config;
  config.devices = {device("synth", "recording")};
  config.drivers = plugins;
  config.listener = ear.listener();
  auto rack = DeviceRack::make(std::move(config));
  auto endless = request("p", "synth", 0);
  endless.timeline = timeline_of({{0, 3840 * 100, 60}}, 3840 * 100);
  REQUIRE((*rack)->play(endless).has_value());
  REQUIRE(ear.heard("p playing"));

  const auto report = (*rack)->reconfigure({device("other", "recording")}, {});

  REQUIRE(report.has_value());
  CHECK(report->added == std::vector<std::string>{"other"});
  CHECK(report->removed == std::vector<std::string>{"synth"});
  REQUIRE((*rack)->devices().size() == 1);
  CHECK((*rack)->devices()[0].id == "other");
  CHECK((*rack)->device("synth").error().code == "unknown_device");
  rack->reset();
  CHECK(recording.hanging() == 0);
}

TEST_CASE("settings that can't be used change no device") {
  recording = begun_anew();
  RackConfig config;
  config.devices = {device("synth", "recording")};
  config.drivers = plugins;
  auto rack = DeviceRack::make(std::move(config));

  const auto refused =
      (*rack)->reconfigure({device("new", "recording"), device("bad", "no such driver")}, {});

  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().problems.at(0).pointer == "/device/1/driver");
  REQUIRE((*rack)->devices().size() == 1);
  CHECK((*rack)->devices()[0].id == "synth");
}

TEST_CASE("a device whose call never returns is replaced by a new one") {
  Ear ear;
  recording = begun_anew();
  std::promise<void> release;
  hold_sends = &release;
  RackConfig config;
  config.devices = {device("synth", "held")};
  config.drivers = plugins;
  config.listener = ear.listener();
  auto rack = DeviceRack::make(std::move(config));
  REQUIRE((*rack)->play(request("lost", "synth")).has_value());
  REQUIRE(ear.heard("synth stuck"));

  const auto report = (*rack)->reconfigure({device("synth", "recording")}, {});

  REQUIRE(report.has_value());
  CHECK(report->changed == std::vector<std::string>{"synth"});
  REQUIRE((*rack)->play(request("heard", "synth")).has_value());
  REQUIRE(ear.heard("heard finished"));
  rack->reset();
  hold_sends = nullptr;
  release.set_value();
}
