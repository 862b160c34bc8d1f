#include "drivers/abletonosc/conversation.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "core/play/arrange.hpp"
#include "drivers/registry.hpp"
#include "tests/conformance/exercise_driver.hpp"
#include "tests/fakes/push/push_session.hpp"

using namespace doodled;
using namespace doodled::ableton_osc;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const ClipSet> two_clips() {
  return std::make_shared<const ClipSet>(clips_of(arrange(fakes::push_session())));
}

std::vector<std::string> addresses(const std::vector<Message>& messages) {
  std::vector<std::string> all;
  for (const auto& message : messages) all.push_back(message.address);
  return all;
}

std::ptrdiff_t count(const std::vector<Message>& messages, std::string_view address) {
  return std::ranges::count(messages, address, &Message::address);
}

struct Rig {
  Conversation conversation{ConversationOptions{}};
  Nanoseconds now{1s};
  std::vector<Message> speak(Nanoseconds later = 25ms) {
    now += later;
    return conversation.speak(now);
  }
  void hear(Message message) { conversation.hear(message, now); }
};

}  // namespace

TEST_CASE("a timeline is a clip a track, in quarter notes, with Live's own name for the scale") {
  const auto set = two_clips();
  REQUIRE(set->clips.size() == 2);
  CHECK(set->scale == "Minor");
  CHECK(set->root == 9);
  CHECK(set->clips[0].name == "Lead");
  CHECK(set->clips[0].length == 8);
  REQUIRE(set->clips[0].notes.size() == 8);
  CHECK(set->clips[0].notes[1].start == 1);
  CHECK(set->clips[0].notes[1].duration == 0.75);
  CHECK(live_scale("minor_pentatonic") == "Minor Pentatonic");
  CHECK(live_scale("my own").empty());
}

TEST_CASE("notes go out forty at a time, each datagram within one Ethernet frame") {
  Clip clip{"Long", 64, {}};
  for (int i = 0; i < 100; ++i) clip.notes.push_back({60, 100, i * 0.5, 0.5});
  const auto messages = write_clip(clip, 3, 1);
  CHECK(addresses(messages) == std::vector<std::string>{"/live/clip_slot/delete_clip",
                                                        "/live/clip_slot/create_clip", "/live/clip/set/name",
                                                        "/live/clip/add/notes", "/live/clip/add/notes",
                                                        "/live/clip/add/notes"});
  for (const auto& message : messages) CHECK_FALSE(encode(message).empty());
  CHECK(messages[3].arguments.size() == 2 + 40 * 5);
  CHECK(messages[5].arguments.size() == 2 + 20 * 5);
  CHECK(messages[5].arguments[2] == Argument{60});
  CHECK(messages[5].arguments[3] == Argument{40.0F});
}

TEST_CASE(
    "clips are written once Live said how many tracks it has, missing ones are made first, then all are "
    "fired") {
  Rig rig;
  rig.conversation.use(two_clips());
  rig.conversation.start(92);
  CHECK(addresses(rig.speak()) == std::vector<std::string>{"/live/application/get/version",
                                                           "/live/song/get/num_tracks",
                                                           "/live/song/set/tempo"});
  rig.hear({"/live/application/get/version", {12, 1}});
  rig.hear({"/live/song/get/num_tracks", {1}});
  CHECK(rig.conversation.version() == "Live 12.1");
  CHECK(addresses(rig.speak()) ==
        std::vector<std::string>{"/live/song/create_midi_track", "/live/song/get/num_tracks"});
  CHECK(rig.speak().empty());
  rig.hear({"/live/song/get/num_tracks", {2}});
  const auto said = rig.speak();
  CHECK(count(said, "/live/clip_slot/create_clip") == 2);
  CHECK(count(said, "/live/clip/add/notes") == 2);
  CHECK(count(said, "/live/song/set/scale_name") == 1);
  CHECK(count(said, "/live/device/get/parameters/name") == 2);
  CHECK(said.back() == Message{"/live/clip/fire", {1, 0}});
  CHECK(rig.speak().empty());

  rig.conversation.stop();
  CHECK(addresses(rig.speak()) == std::vector<std::string>{"/live/clip/stop", "/live/clip/stop"});
  CHECK(rig.conversation.goodbye().empty());
}

TEST_CASE("one that does not answer is told all the same after a while") {
  Rig rig;
  rig.conversation.use(two_clips());
  rig.conversation.start(92);
  rig.speak();
  CHECK(count(rig.speak(500ms), "/live/clip/fire") == 0);
  CHECK(count(rig.speak(600ms), "/live/clip/fire") == 2);
  CHECK_FALSE(rig.conversation.answered());
  CHECK(rig.conversation.goodbye().size() == 2);
}

TEST_CASE("a Live that was started anew gets everything again") {
  Rig rig;
  rig.conversation.use(two_clips());
  rig.conversation.start(92);
  rig.hear({"/live/song/get/num_tracks", {8}});
  CHECK(count(rig.speak(), "/live/clip/fire") == 2);
  rig.hear({"/live/startup", {}});
  rig.speak();
  rig.hear({"/live/song/get/num_tracks", {0}});
  CHECK(count(rig.speak(), "/live/song/create_midi_track") == 2);
  rig.hear({"/live/song/get/num_tracks", {2}});
  const auto again = rig.speak();
  CHECK(count(again, "/live/clip_slot/create_clip") == 2);
  CHECK(count(again, "/live/clip/fire") == 2);
}

TEST_CASE("another form is written over the one that plays, and fired") {
  Rig rig;
  rig.conversation.use(two_clips());
  rig.conversation.start(92);
  rig.hear({"/live/song/get/num_tracks", {8}});
  rig.speak();
  rig.conversation.use(two_clips());
  const auto said = rig.speak();
  CHECK(count(said, "/live/clip_slot/delete_clip") == 2);
  CHECK(count(said, "/live/clip/fire") == 2);
  rig.conversation.set_tempo(100);
  CHECK(rig.speak() == std::vector<Message>{{"/live/song/set/tempo", {100.0F}}});
}

TEST_CASE(
    "a parameter is found by its name, in its own range, and not told more often than Live keeps up with") {
  Rig rig;
  rig.conversation.use(two_clips());
  rig.hear({"/live/song/get/num_tracks", {2}});
  rig.speak();
  rig.conversation.set_parameter(1, Parameter::cutoff, 0.5F);
  CHECK(rig.speak().empty());  // its names are not known yet
  using Text = std::string;
  rig.hear({"/live/device/get/parameters/name",
            {1, 0, Text("Device On"), Text("Osc 1 Shape"), Text("Filter 1 Freq")}});
  CHECK(rig.speak().empty());
  rig.hear({"/live/device/get/parameters/min", {1, 0, 0.0F, 0.0F, 20.0F}});
  rig.hear({"/live/device/get/parameters/max", {1, 0, 1.0F, 1.0F, 135.0F}});
  CHECK(rig.speak() == std::vector<Message>{{"/live/device/set/parameter/value", {1, 0, 2, 77.5F}}});
  rig.conversation.set_parameter(1, Parameter::cutoff, 0.6F);
  CHECK(rig.speak().empty());
  rig.conversation.set_parameter(1, Parameter::cutoff, 1.0F);
  CHECK(rig.speak(30ms) == std::vector<Message>{{"/live/device/set/parameter/value", {1, 0, 2, 135.0F}}});
  rig.conversation.set_parameter(1, Parameter::reverb, 0.5F);
  CHECK(rig.speak(100ms).empty());  // there is none
}

TEST_CASE("names of devices known from others' notes are understood") {
  const auto found = [](Parameter parameter, std::vector<std::string> names) {
    return find_parameter(parameter, names);
  };
  CHECK(found(Parameter::cutoff, {"Device On", "LP Freq", "HP Freq"}) == 1);
  CHECK(found(Parameter::cutoff, {"Osc Frequency", "F1 Freq"}) == 1);
  CHECK(found(Parameter::resonance, {"Filter Freq", "Filter Res"}) == 1);
  CHECK(found(Parameter::attack, {"Fil. Attack", "Amp Attack"}) == 1);
  CHECK(found(Parameter::macro_1, {"Macro 10", "Macro 1"}) == 1);
  CHECK_FALSE(found(Parameter::reverb, {"Device On"}));
}

TEST_CASE("its own keys are checked by name") {
  for (const auto* plugin : all_drivers()) {
    if (plugin->name != "abletonosc") continue;
    DeviceSettings settings;
    settings.json = R"({"first_track": 0})";
    CHECK(plugin->create(settings, {}).error().problems.at(0).pointer == "first_track");
    settings.json = R"({"slott": 1})";
    CHECK(plugin->create(settings, {}).error().problems.at(0).pointer == "slott");
  }
}
