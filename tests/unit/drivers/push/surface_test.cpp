#include "drivers/push/surface.hpp"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/push/fake_push.hpp"
#include "tests/fakes/push/fake_usb.hpp"
#include "tests/fakes/push/push_session.hpp"

using namespace doodled;
using namespace doodled::push;
using namespace std::chrono_literals;
using fakes::FakePush;
using fakes::ManualClock;

namespace {

// The cable between the surface and a fake Push.
struct FakePort final : SurfacePort {
  explicit FakePort(FakePush& device) : push(device) {}
  std::optional<Model> open() override {
    if (!there) return std::nullopt;
    open_ = true;
    return model;
  }
  void close() noexcept override { open_ = false; }
  bool alive() const noexcept override { return open_ && there; }
  bool send(Bytes bytes) noexcept override {
    if (!open_ || !there) return false;
    const Message message(bytes.begin(), bytes.end());
    log.push_back(to_hex(message));
    for (auto& answer : push.take(message)) inbox.push_back(std::move(answer));
    return true;
  }
  std::vector<Message> heard() override { return std::exchange(inbox, {}); }
  std::string describe() const override { return "a Push that is not real"; }

  FakePush& push;
  bool there = true;
  Model model = Model::push2;
  std::vector<Message> inbox;
  std::vector<std::string> log;

 private:
  bool open_ = false;
};

struct FakeHost final : SurfaceHost {
  bool enabled() const override { return wanted; }
  std::shared_ptr<const Score> score() override { return shown; }
  Now now() override { return current; }
  void wish(const Wish& wish) override { wishes.push_back(wish); }

  bool wanted = true;
  std::shared_ptr<const Score> shown = std::make_shared<const Score>(fakes::push_score());
  Now current;
  std::vector<Wish> wishes;
};

struct SurfaceRig {
  ManualClock clock;
  FakePush push;
  FakePort port{push};
  FakeHost host;
  SurfaceWork work{port, nullptr, host, clock, {}};

  void run(Nanoseconds time) {
    const auto end = clock.now() + time;
    while (clock.now() < end) {
      const auto next = work.step();
      clock.set(std::min(end, std::max(next, clock.now() + 1us)));
    }
    CHECK(push.complaints.empty());
  }
  void hear(std::initializer_list<int> message) {
    port.inbox.emplace_back(message.begin(), message.end());
    work.step();
  }
  SurfaceStatus status() const { return work.state().status; }
};

std::string golden(const std::string& name) {
  std::ifstream file(std::string(DOODLED_SOURCE_DIR) + "/tests/golden/push/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void check_golden(const std::string& name, const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& line : lines) all += line + "\n";
  if (std::getenv("DOODLED_WRITE_GOLDEN") != nullptr)
    std::ofstream(std::string(DOODLED_SOURCE_DIR) + "/tests/golden/push/" + name) << all;
  CHECK(all == golden(name));
}

}  // namespace

TEST_CASE("a Push is greeted, switched to User mode and lit") {
  SurfaceRig rig;
  rig.run(1s);
  CHECK(rig.status() == SurfaceStatus::ours);
  CHECK(rig.work.state().detail == "a Push that is not real, firmware 1.0.47");
  CHECK(rig.push.mode == 1);
  CHECK(rig.push.strip_mode == 3);
  CHECK(rig.push.led_brightness == 127);
  CHECK(rig.push.display_brightness == 255);
  CHECK(rig.push.lit_pads() > 10);
  CHECK(rig.port.log.at(0) == "f07e7f0601f7");
  CHECK(rig.port.log.at(1) == "f000211d01010a01f7");
}

TEST_CASE("what the hands do is asked of the host") {
  SurfaceRig rig;
  rig.run(1s);
  rig.hear({0xb0, 85, 127});
  rig.hear({0xb0, 85, 0});
  rig.hear({0x90, 0, 127});
  rig.hear({0xb0, 71, 5});
  rig.hear({0x90, 0, 0});
  rig.hear({0xb0, 87, 127});
  rig.hear({0xb0, 88, 127});
  rig.hear({0xfe});
  using enum Wish::Kind;
  CHECK(rig.host.wishes == std::vector<Wish>{{play, 0, 0},
                                             {touch_macro, 0, 1},
                                             {turn_macro, 0, 5 / 210.0},
                                             {touch_macro, 0, 0},
                                             {vary, 0, 0},
                                             {keep, 0, 0}});
}

TEST_CASE("at the end the Push is dark, its palette and modes are its own again, and Live may have it") {
  SurfaceRig rig;
  rig.host.current.playing = Playing::playing;
  rig.run(2s);
  CHECK_FALSE(rig.push.dark());
  rig.work.finish();
  CHECK(rig.push.dark());
  CHECK(rig.push.palette == rig.push.factory);
  CHECK(rig.push.mode == 0);
  CHECK(rig.push.strip_mode == 0x68);
  CHECK(rig.push.aftertouch == 0);
  CHECK(rig.push.complaints.empty());
}

TEST_CASE("a device that is disabled is given back, and taken again") {
  SurfaceRig rig;
  rig.run(1s);
  rig.host.wanted = false;
  rig.run(1s);
  CHECK(rig.push.dark());
  CHECK(rig.push.mode == 0);
  CHECK(rig.status() == SurfaceStatus::disabled);
  rig.host.wanted = true;
  rig.run(2s);
  CHECK(rig.status() == SurfaceStatus::ours);
  CHECK(rig.push.lit_pads() > 10);
}

TEST_CASE("a Push that is pulled and put back is lit anew") {
  SurfaceRig rig;
  rig.run(1s);
  rig.port.there = false;
  rig.run(2s);
  CHECK(rig.status() == SurfaceStatus::absent);
  CHECK(rig.work.state().lit == 0);
  rig.push = FakePush{};  // it lost its power
  rig.port.there = true;
  rig.run(1s);
  CHECK(rig.status() == SurfaceStatus::ours);
  CHECK(rig.push.mode == 1);
  CHECK(rig.push.lit_pads() > 10);
  rig.work.finish();
  CHECK(rig.push.dark());
  CHECK(rig.push.palette == rig.push.factory);
}

TEST_CASE(
    "one that answers nothing is lit all the same; what was not read of its palette is not given back") {
  SurfaceRig rig;
  rig.push.answers = false;
  rig.run(2s);
  CHECK(rig.status() == SurfaceStatus::ours);
  CHECK(rig.push.lit_pads() > 10);
  rig.work.finish();
  CHECK(rig.push.dark());
}

TEST_CASE("the user button gives the Push to Live and takes it back") {
  SurfaceRig rig;
  rig.run(1s);
  rig.hear({0xb0, 59, 127});
  rig.run(100ms);
  CHECK(rig.push.mode == 0);
  CHECK(rig.push.dark());
  CHECK(rig.status() == SurfaceStatus::aside);
  const auto before = rig.port.log.size();
  rig.host.current.playing = Playing::playing;
  rig.hear({0xb0, 85, 127});  // Live's now
  rig.run(1s);
  CHECK(rig.port.log.size() == before);
  CHECK(rig.host.wishes.empty());

  rig.hear({0xb0, 59, 127});
  rig.run(100ms);
  CHECK(rig.push.mode == 1);
  CHECK(rig.status() == SurfaceStatus::ours);
  CHECK(rig.push.lit_pads() > 10);
}

TEST_CASE("when Live takes the Push by itself, nothing more is sent") {
  SurfaceRig rig;
  rig.run(1s);
  rig.push.mode = 0;
  rig.hear({0xf0, 0x00, 0x21, 0x1d, 0x01, 0x01, 0x0a, 0x00, 0xf7});
  CHECK(rig.status() == SurfaceStatus::aside);
  const auto before = rig.port.log.size();
  rig.host.current.playing = Playing::playing;
  rig.run(1s);
  CHECK(rig.port.log.size() == before);
}

TEST_CASE("another session starts at its beginning") {
  SurfaceRig rig;
  rig.run(1s);
  rig.hear({0xb0, 21, 127});  // the second track
  rig.hear({0xb0, 45, 127});  // the second page
  rig.host.shown = std::make_shared<const Score>(fakes::push_score("01another"));
  rig.run(100ms);
  CHECK(rig.push.pad(0, 5) != FakePush::Rgb{});
}

TEST_CASE("what is sent to a Push 2 from its greeting to its end is the golden sequence") {
  SurfaceRig rig;
  rig.run(100ms);
  rig.host.current.playing = Playing::playing;
  for (int step = 0; step < 32; step += 3) {
    rig.host.current.tick = step * 240;
    rig.run(20ms);
  }
  rig.work.finish();
  check_golden("push2.hex", rig.port.log);
}

TEST_CASE("what is sent to a Push 3 from its greeting to its end is the golden sequence") {
  SurfaceRig rig;
  rig.port.model = Model::push3;
  rig.push.tells_palette = false;
  rig.run(200ms);
  rig.hear({0xb0, 51, 127});
  rig.host.current.playing = Playing::playing;
  rig.run(20ms);
  rig.work.finish();
  check_golden("push3.hex", rig.port.log);
}

TEST_CASE("a surface of its own thread lights, listens and gives back") {
  FakePush push;
  FakeHost host;
  SystemClock clock;
  {
    Surface surface([&](Bell&) { return std::make_unique<FakePort>(push); }, nullptr, host, clock, {},
                    "push");
    while (surface.state().status != SurfaceStatus::ours) std::this_thread::yield();
  }
  CHECK(push.dark());
  CHECK(push.mode == 0);
}
