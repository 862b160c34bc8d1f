// What every shipped profile sends for one small song, byte for byte: compare with the devices' documents
// before a file is written again (DOODLED_WRITE_GOLDEN=1).
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "core/play/profile_shelf.hpp"
#include "drivers/midi/change_thinning.hpp"
#include "drivers/midi/midi_driver.hpp"
#include "tests/conformance/exercise_driver.hpp"
#include "tests/fakes/midi_ports.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

// A lead note with every parameter set before it, a kick and a snare, a bent note, and the cutoff at 1200 Hz.
std::shared_ptr<Timeline> song() {
  auto timeline = timeline_of({{960, 960, 60}}, 3840);
  timeline->tracks.push_back({.id = "kit", .name = "Kit", .role = Role::drums, .channel = 10, .pads = {}});
  timeline->tracks.push_back({.id = "bass", .name = "Bass", .role = Role::bass, .channel = 2, .pads = {}});
  timeline->tracks[1].pads = {{"A01", "kick", 36}, {"A02", "snare", 38}};
  std::vector<TimelineEvent> events;
  for (const auto& parameter : all_parameters())
    events.push_back({0, 0, ParameterChange{parameter.parameter, 0.25F}});
  const auto cutoff = static_cast<float>(to_unit(Parameter::cutoff, 1200));
  events.push_back({480, 0, ParameterChange{Parameter::cutoff, cutoff}});
  events.push_back({960, 0, NoteExpression{60, Dimension::bend, 0.5F}});
  for (const auto& event : timeline->events) events.push_back(event);
  events.push_back({1920, 1, NoteOn{36, 100, 120}});
  events.push_back({1920, 2, NoteOn{31, 90, 240}});
  events.push_back({2040, 1, NoteOff{36}});
  events.push_back({2160, 2, NoteOff{31}});
  events.push_back({2400, 1, NoteOn{38, 100, 120}});
  events.push_back({2520, 1, NoteOff{38}});
  std::ranges::stable_sort(events, {}, &TimelineEvent::tick);
  timeline->events = std::move(events);
  return timeline;
}

std::string bytes_of(const DeviceProfile& profile) {
  MidiDriver driver(std::make_unique<SilentOut>(), profile);
  std::string all;
  for (const auto& packet : encode_all(driver, *song())) all += to_hex(packet) + "\n";
  return all;
}

}  // namespace

TEST_CASE("shipped profiles send the same bytes as when they were compared with their documents") {
  ProfileShelf shelf;
  shelf.add_folder(std::string(DOODLED_SOURCE_DIR) + "/config/profiles");
  for (const auto& [id, entry] : shelf.entries) {
    const auto file = std::string(DOODLED_SOURCE_DIR) + "/tests/golden/devices/" + id + ".txt";
    const auto bytes = bytes_of(entry.profile);
    if (std::getenv("DOODLED_WRITE_GOLDEN") != nullptr) std::ofstream(file) << bytes;
    std::stringstream golden;
    golden << std::ifstream(file).rdbuf();
    CHECK_MESSAGE(golden.str() == bytes, id);
  }
}

TEST_CASE("programs and banks come before everything else, once a play and again after an opening") {
  auto profile = generic_profile();
  profile.programs[Role::lead] = {.program = 82, .bank = 129};
  MidiDriver driver(std::make_unique<SilentOut>(), profile);
  const auto timeline = timeline_of({{0, 240, 60}, {480, 240, 60}});
  const auto packets = encode_all(driver, *timeline);
  REQUIRE(packets.size() == 7);
  CHECK(to_hex(packets[0]) == "b00001");
  CHECK(to_hex(packets[1]) == "b02001");
  CHECK(to_hex(packets[2]) == "c051");

  Packets more;
  driver.prepare(*timeline);
  driver.encode({0, 0, NoteOn{60, 100, 240}}, more);
  CHECK(more.size() == 1);
  driver.open();
  more.clear();
  driver.encode({0, 0, NoteOff{60}}, more);
  CHECK(more.size() == 4);
}

TEST_CASE("a device gets only so many changes a second, but the end of every movement") {
  auto timeline = timeline_of({}, 3840);
  for (Tick tick = 0; tick <= 1920; tick += 10)  // a second at 120 bpm is 1920 ticks
    timeline->events.push_back(
        {tick, 0, ParameterChange{Parameter::cutoff, static_cast<float>(tick) / 1920}});
  auto profile = generic_profile();
  profile.changes_per_second = 20;
  MidiDriver driver(std::make_unique<SilentOut>(), profile);

  const auto packets = encode_all(driver, *timeline);

  CHECK(packets.size() >= 18);
  CHECK(packets.size() <= 24);
  CHECK(to_hex(packets.front()) == "b04a00");
  CHECK(to_hex(packets.back()) == "b04a7f");

  midi::ChangeThinning none;
  none.prepare(*timeline, 0);
  CHECK_FALSE(none.leaves_out(10, 0, Parameter::cutoff));
}
