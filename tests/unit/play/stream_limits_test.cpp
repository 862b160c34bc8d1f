#include "core/play/stream_limits.hpp"

#include <doctest/doctest.h>

#include "core/play/lane.hpp"

using namespace doodled;

namespace {

ParameterRoute& route(DeviceProfile& profile, Parameter parameter) {
  return profile.controllers[static_cast<std::size_t>(parameter)];
}

constexpr Capabilities midi_device{Capability::notes, Capability::cc};

}  // namespace

TEST_CASE("OSC takes 250 values a second or what the settings say; a device with neither takes none") {
  DeviceSettings settings;
  CHECK(stream_limits(settings, {Capability::osc}, {}).values_hz == 250);
  CHECK(stream_limits(settings, {Capability::notes}, {}).values_hz == 0);
  settings.stream_hz = 1000;
  CHECK(stream_limits(settings, {Capability::osc}, {}).values_hz == 1000);
  CHECK(stream_limits(settings, midi_device, {}).values_hz == 1000);
}

TEST_CASE("a device gets no more of what moves than its profile says it takes") {
  auto profile = generic_profile();
  profile.changes_per_second = 20;
  CHECK(stream_limits({}, midi_device, profile).values_hz == 20);
  profile.changes_per_second = 0;
  CHECK(stream_limits({}, midi_device, profile).values_hz == 100);
}

TEST_CASE("what a change costs on a cable is counted: numbered parameters and SysEx are dear") {
  auto profile = generic_profile();
  auto& cutoff = route(profile, Parameter::cutoff);
  CHECK(messages_of(cutoff) == 1);
  cutoff.fine = true;
  CHECK(messages_of(cutoff) == 2);
  cutoff.carrier = Carrier::nrpn;
  CHECK(messages_of(cutoff) == 6);
  cutoff.carrier = Carrier::sysex;
  cutoff.sysex = *SysexTemplate::parse("F0 41 10 42 12 ( 40 01 33 {value} ) {checksum} F7", Checksum::roland);
  CHECK(messages_of(cutoff) == 4);
  CHECK(messages_of(cutoff, 40) == 0);
  CHECK(messages_of(route(profile, Parameter::pitch)) == 1);
  CHECK(messages_of({}) == 0);
}

TEST_CASE("dear streams share the cable at a slower rate") {
  auto profile = generic_profile();
  auto& cutoff = route(profile, Parameter::cutoff);
  cutoff.carrier = Carrier::nrpn;
  cutoff.fine = true;
  const auto limits = stream_limits({}, midi_device, profile);  // 100 Hz would be 600 messages; 400 are free
  Timeline timeline;
  timeline.length = 3840;
  timeline.tracks.resize(1);
  Lane lane;
  lane.parameter = Parameter::cutoff;
  timeline.streams = std::make_shared<const std::vector<Lane>>(std::vector<Lane>{lane});
  Streams streams(limits);
  streams.use(timeline, 0, 0);
  const TempoLine line{Nanoseconds{0}, 0, 120};
  (void)streams.take(line, Nanoseconds{0});
  CHECK(streams.next(line) >= std::chrono::milliseconds(15));
  CHECK(streams.next(line) <= std::chrono::milliseconds(16));
}
