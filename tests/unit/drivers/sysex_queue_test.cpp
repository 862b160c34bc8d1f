#include "drivers/midi/sysex_queue.hpp"

#include <doctest/doctest.h>

#include "core/play/driver_host.hpp"
#include "drivers/midi/midi_driver.hpp"
#include "tests/conformance/exercise_driver.hpp"
#include "tests/fakes/midi_ports.hpp"

using namespace doodled;
using namespace doodled::fakes;
using namespace std::chrono_literals;

namespace {

struct Host final : DriverHost {
  void did(const DeviceInput&) noexcept override {}
  void wake() noexcept override { ++woken; }
  TransportState transport() const override { return {}; }
  std::shared_ptr<const Scene> scene() const override { return nullptr; }
  Nanoseconds now() const noexcept override { return {}; }
  int woken = 0;
};

DeviceProfile sysex_profile(int gap_ms) {
  auto profile = generic_profile();
  profile.sysex_gap_ms = gap_ms;
  for (const auto parameter : {Parameter::cutoff, Parameter::resonance}) {
    auto& route = profile.controllers[static_cast<std::size_t>(parameter)];
    route.carrier = Carrier::sysex;
    const std::string number = parameter == Parameter::cutoff ? "01" : "02";
    route.sysex = *SysexTemplate::parse("F0 7D " + number + " {value} F7", Checksum::none);
  }
  return profile;
}

std::string released(Driver& driver, Nanoseconds now, Nanoseconds* next = nullptr) {
  Packets packets;
  const auto again = driver.service(now, packets);
  if (next != nullptr) *next = again;
  return packets.size() == 0 ? "" : to_hex({packets[0].begin(), packets[0].end()});
}

TimelineEvent change(Parameter parameter, float value) { return {0, 0, ParameterChange{parameter, value}}; }

}  // namespace

TEST_CASE("SysEx leaves no closer than the gap, in its order, each parameter with its newest value") {
  MidiDriver driver(std::make_unique<SilentOut>(), sysex_profile(40));
  Host host;
  driver.attach(host);
  driver.prepare(*timeline_of({{0, 240, 60}}));
  Packets packets;
  driver.encode(change(Parameter::cutoff, 0.25F), packets);
  driver.encode(change(Parameter::resonance, 0.5F), packets);
  driver.encode(change(Parameter::cutoff, 0.75F), packets);
  CHECK(packets.size() == 0);
  CHECK(host.woken == 3);

  Nanoseconds next{};
  CHECK(released(driver, 1s, &next) == "f07d0160f7");
  CHECK(next == 1040ms);
  CHECK(released(driver, 1039ms, &next).empty());
  CHECK(next == 1040ms);
  CHECK(released(driver, 1040ms, &next) == "f07d0240f7");
  CHECK(next == Nanoseconds::max());

  driver.encode(change(Parameter::cutoff, 1), packets);
  CHECK(released(driver, 1050ms).empty());
  CHECK(released(driver, 1080ms) == "f07d017ff7");
}

TEST_CASE("notes and controllers never wait for SysEx, and without a gap nothing does") {
  MidiDriver waiting(std::make_unique<SilentOut>(), sysex_profile(40));
  waiting.prepare(*timeline_of({{0, 240, 60}}));
  Packets packets;
  waiting.encode(change(Parameter::cutoff, 0.25F), packets);
  waiting.encode(change(Parameter::attack, 0.5F), packets);
  waiting.encode({0, 0, NoteOn{60, 100, 240}}, packets);
  CHECK(packets.size() == 2);

  MidiDriver at_once(std::make_unique<SilentOut>(), sysex_profile(0));
  at_once.prepare(*timeline_of({{0, 240, 60}}));
  packets.clear();
  at_once.encode(change(Parameter::cutoff, 0.25F), packets);
  CHECK(packets.size() == 1);
  CHECK(released(at_once, 1s).empty());
}

TEST_CASE("what waited for a play that is over is not sent to the next") {
  MidiDriver driver(std::make_unique<SilentOut>(), sysex_profile(40));
  const auto timeline = timeline_of({{0, 240, 60}});
  driver.prepare(*timeline);
  Packets packets;
  driver.encode(change(Parameter::cutoff, 0.25F), packets);
  driver.prepare(*timeline);
  CHECK(released(driver, 1s).empty());
}
