#include <set>

#include <doctest/doctest.h>

#include "core/play/profile_shelf.hpp"
#include "drivers/midi/midi_driver.hpp"
#include "drivers/mpc/plans.hpp"
#include "drivers/registry.hpp"
#include "tests/conformance/exercise_driver.hpp"
#include "tests/fakes/midi_ports.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

DeviceProfile profile(const char* id) {
  return *profile_from_file(std::string(DOODLED_SOURCE_DIR) + "/config/profiles/" + id + ".json");
}

// Bank A of a kit: its first eight pads one after the other.
std::shared_ptr<Timeline> kit() {
  const std::vector<int> drums{36, 38, 42, 46, 39, 45, 49, 51};
  auto timeline = timeline_of({}, 3840);
  auto& track = timeline->tracks[0];
  track.role = Role::drums;
  for (std::size_t i = 0; i < drums.size(); ++i) {
    const auto at = static_cast<Tick>(i) * 240;
    const auto pitch = static_cast<std::uint8_t>(drums[i]);
    track.pads.push_back({pad_name(static_cast<int>(i)), "drum", drums[i]});
    timeline->events.push_back({at, 0, NoteOn{pitch, 100, 120}});
    timeline->events.push_back({at + 120, 0, NoteOff{pitch}});
  }
  return timeline;
}

std::string notes(const DeviceProfile& profile, const Timeline& timeline) {
  MidiDriver driver(std::make_unique<SilentOut>(), profile);
  std::string all;
  for (const auto& packet : encode_all(driver, timeline))
    if ((packet[0] & 0xf0) == 0x90) all += (all.empty() ? "" : " ") + std::to_string(packet[1]);
  return all;
}

}  // namespace

TEST_CASE("pads A01 to A08 are the notes of each layout, on channel 10") {
  CHECK(notes(profile("mpc"), *kit()) == "36 37 38 39 40 41 42 43");
  CHECK(notes(profile("mpc_classic"), *kit()) == "37 36 42 82 40 38 46 44");
  auto lowest = profile("mpc");
  lowest.pad_map = PadMap::chromatic_c_minus_2;
  CHECK(notes(lowest, *kit()) == "0 1 2 3 4 5 6 7");
  auto custom = profile("mpc");
  custom.pad_map = PadMap::custom;
  for (int pad = 0; pad < 128; ++pad) custom.custom_pads[static_cast<std::size_t>(pad)] = 127 - pad;
  CHECK(notes(custom, *kit()) == "127 126 125 124 123 122 121 120");
}

TEST_CASE("banks reach from A01 to H16, and chromatic layouts wrap round after 127") {
  CHECK(pad_index("A01") == 0);
  CHECK(pad_index("H16") == 127);
  CHECK(pad_name(64) == "E01");
  auto timeline = timeline_of({{0, 120, 36}}, 3840);
  timeline->tracks[0].role = Role::drums;
  timeline->tracks[0].pads = {{"F12", "drum", 36}};  // pad 91: note 127
  CHECK(notes(profile("mpc"), *timeline) == "127");
  timeline->tracks[0].pads = {{"F13", "drum", 36}};
  CHECK(notes(profile("mpc"), *timeline) == "0");
}

TEST_CASE("the MPC calls note 60 C3") { CHECK(profile("mpc").middle_c == MiddleC::c3); }

TEST_CASE("every plugin plan names sent parameters once, and says that it is a suggestion") {
  const auto mpc_profile = profile("mpc");
  CHECK(mpc::plugin_plans().size() >= 11);
  for (const auto& plan : mpc::plugin_plans()) {
    CAPTURE(plan.plugin);
    std::set<Parameter> seen;
    for (const auto& [parameter, control] : plan.controls) {
      CHECK(seen.insert(parameter).second);
      CHECK_FALSE(control.empty());
      CHECK(mpc_profile.controllers[static_cast<std::size_t>(parameter)].carrier == Carrier::controller);
    }
  }
  REQUIRE(mpc::find_plan("tube synth") != nullptr);
  const auto text = mpc::to_text(*mpc::find_plan("TUBESYNTH"), mpc_profile);
  CHECK(text.find("suggestion") != std::string::npos);
  CHECK(text.find("cutoff      controller 74") != std::string::npos);
  CHECK(mpc::find_plan("Moog") == nullptr);
}

TEST_CASE("what has to be set on an MPC is said, with the data role, the ticks of a port, and the clock") {
  for (const auto* plugin : all_drivers()) {
    if (plugin->name != "mpc") continue;
    std::string all;
    for (const auto& step : plugin->setup) all += std::string(step.title) + "\n";
    for (const auto* needed : {"Data Role", "Track", "Global", "Control", "Receive clock", "MIDI Learn"})
      CHECK(all.find(needed) != std::string::npos);
  }
}
