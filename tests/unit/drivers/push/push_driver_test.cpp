#include <doctest/doctest.h>

#include "drivers/push/push_keys.hpp"
#include "drivers/push/scene_host.hpp"
#include "drivers/registry.hpp"
#include "tests/conformance/exercise_driver.hpp"
#include "tests/fakes/push/push_session.hpp"

using namespace doodled;
using namespace doodled::push;

namespace {

DeviceSettings settings_with(const char* json) {
  DeviceSettings settings;
  settings.id = "push";
  settings.json = json;
  return settings;
}

std::string fault(const char* json) {
  const auto keys = read_push_keys(settings_with(json));
  return keys ? "" : keys.error().problems.at(0).pointer;
}

PushKeys keys(const char* json) { return std::move(*read_push_keys(settings_with(json))); }

struct FakeDriverHost final : DriverHost {
  void did(const DeviceInput& input) noexcept override { inputs.push_back(input); }
  void wake() noexcept override {}
  TransportState transport() const override { return transport_now; }
  std::shared_ptr<const Scene> scene() const override { return shown; }
  Nanoseconds now() const noexcept override { return time; }

  std::vector<DeviceInput> inputs;
  TransportState transport_now;
  std::shared_ptr<const Scene> shown;
  Nanoseconds time{1'000'000'000};
};

std::shared_ptr<Scene> scene_of_two_squares() {
  auto scene = std::make_shared<Scene>();
  scene->session_id = "01session";
  scene->session = std::make_shared<const Session>(fakes::push_session());
  const auto picture = fakes::push_picture();
  scene->picture = {picture.width, picture.height, picture.pixels};
  scene->macros[0] = {"Cutoff", 0.75F, true};
  scene->starred = true;
  return scene;
}

}  // namespace

TEST_CASE("the sound goes to a port for Live by itself, and to the external socket when that is asked for") {
  CHECK(keys("{}").sound.virtual_name == "out");
  CHECK(keys(R"({"virtual": "to Live"})").sound.virtual_name == "to Live");
  CHECK(keys(R"({"port": "rtpmidi*"})").sound.pattern == "rtpmidi*");

  const std::vector<std::string> ports{"Ableton Push 3:Ableton Push 3 Live Port 16:0",
                                       "Ableton Push 3:Ableton Push 3 User Port 16:1",
                                       "Ableton Push 3:Ableton Push 3 External Port 16:2"};
  const auto external = keys(R"({"sound": "external"})");
  CHECK(midi::choose_port(ports, external.sound, "") == std::size_t{2});
  CHECK(midi::choose_port(ports, external.surface_port, "") == std::size_t{1});
  const std::vector<std::string> old{"Ableton Push 2 20:0", "Ableton Push 2 20:1"};
  CHECK(midi::choose_port(old, keys("{}").surface_port, "") == std::size_t{1});
  CHECK_FALSE(midi::choose_port(old, keys(R"({"model": "3"})").surface_port, ""));
  CHECK_FALSE(midi::choose_port(old, external.sound, ""));
}

TEST_CASE("notes are never sent to where a Push has its lights") {
  CHECK(fault(R"({"port": "Ableton Push 3 Live Port"})") == "port");
  CHECK(fault(R"({"port": "Ableton Push 2"})") == "port");
  CHECK(fault(R"({"port": "Ableton Push 2 User Port"})") == "port");
  const std::vector<std::string> ports{"Ableton Push 2:Ableton Push 2 Live Port 28:0",
                                       "Ableton Push 2:Ableton Push 2 User Port 28:1"};
  CHECK_FALSE(midi::choose_port(ports, keys(R"({"port": "Push"})").sound, ""));
}

TEST_CASE("a push's own keys are checked by name") {
  CHECK(fault(R"({"model": 2})") == "model");
  CHECK(fault(R"({"model": "1"})") == "model");
  CHECK(fault(R"({"sound": "push"})") == "sound");
  CHECK(fault(R"({"brightness": 128})") == "brightness");
  CHECK(fault(R"({"fps": 0})") == "fps");
  CHECK(fault(R"({"aftertouch": "loud"})") == "aftertouch");
  CHECK(fault(R"({"button_play": 200})") == "button_play");
  CHECK(fault(R"({"buton_play": 20})") == "buton_play");
  CHECK(keys(R"({"button_vary": 33})").surface_options.changed_controls[Button::vary] == 33);
}

TEST_CASE("the driver is among all others, with the profile of Live and a display") {
  for (const auto* plugin : all_drivers())
    if (plugin->name == "push") {
      CHECK(plugin->default_profile == "live_mpe");
      CHECK(plugin->capabilities.has(Capability::display));
    }
  CHECK(std::ranges::any_of(all_drivers(), [](const auto* plugin) { return plugin->name == "push"; }));
}

TEST_CASE("a scene becomes a score, and what is turned shows at once") {
  FakeDriverHost program;
  SceneHost host(program);
  CHECK(host.score()->session_id.empty());
  program.shown = scene_of_two_squares();
  const auto score = host.score();
  CHECK(score->title == "Two squares");
  CHECK(score->tracks.at(0).colour == Colour{255, 0, 0});
  CHECK(host.now().macros[0] == doctest::Approx(0.75));
  CHECK(host.now().held[0]);
  CHECK(host.now().starred);

  auto turned = scene_of_two_squares();
  turned->session = program.shown->session;
  turned->macros[0].value = 0.5F;
  program.shown = turned;
  CHECK(host.score() == score);  // the same notes: nothing is made anew
  CHECK(host.now().macros[0] == doctest::Approx(0.5));
}

TEST_CASE("the playhead is where the last event was, and goes on with the transport") {
  FakeDriverHost program;
  program.shown = scene_of_two_squares();
  SceneHost host(program);
  host.score();
  CHECK(host.now().playing == Playing::stopped);

  program.transport_now.playing = true;
  program.transport_now.tempo_bpm = 120;
  program.transport_now.tick = 100'000;
  CHECK(host.now().tick == 100'000 % 7680);  // it plays elsewhere
  host.came_to(960);
  CHECK(host.now().tick == 960);
  program.time += std::chrono::milliseconds(500);  // a quarter note
  CHECK(host.now().tick == 1920);
  program.time += std::chrono::seconds(4);  // around the loop
  CHECK(host.now().tick == 1920 + 8 * 960 - 7680);
  program.transport_now.playing = false;
  CHECK(host.now().playing == Playing::stopped);
}

TEST_CASE("a surface is wanted as long as its device is") {
  FakeDriverHost program;
  SceneHost host(program);
  CHECK_FALSE(host.enabled());
  host.want_until(program.time + std::chrono::seconds(15));
  CHECK(host.enabled());
  program.time += std::chrono::seconds(20);
  CHECK_FALSE(host.enabled());
  host.want_until(Nanoseconds::max());
  CHECK(host.enabled());
}

TEST_CASE("wishes are said in the words of all devices") {
  FakeDriverHost program;
  SceneHost host(program);
  using Kind = DeviceInput::Kind;
  host.wish({Wish::Kind::play});
  host.wish({Wish::Kind::turn_macro, 2, -0.25});
  host.wish({Wish::Kind::touch_macro, 2, 1});
  host.wish({Wish::Kind::touch_macro, 2, 0});
  host.wish({Wish::Kind::choose, 0, -1});
  host.wish({Wish::Kind::vary});
  REQUIRE(program.inputs.size() == 5);
  CHECK(program.inputs[0].kind == Kind::play);
  CHECK(program.inputs[1].kind == Kind::macro_turn);
  CHECK(program.inputs[1].number == 3);
  CHECK(program.inputs[1].value == -0.25F);
  CHECK(program.inputs[2].kind == Kind::macro_touch);
  CHECK(program.inputs[3].kind == Kind::previous);
  CHECK(program.inputs[4].kind == Kind::variation);
  CHECK(host.now().notice == "a variation at the next bar");
  program.time += std::chrono::seconds(3);
  CHECK(host.now().notice.empty());
}
