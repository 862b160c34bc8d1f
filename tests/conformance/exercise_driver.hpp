// What every driver must do, whatever it drives. `make` gives a new driver whose open() works.
#pragma once
#include <functional>

#include <doctest/doctest.h>

#include "tests/fakes/play_rig.hpp"

namespace doodled {

// All packets that a driver encodes for a play of the timeline.
inline std::vector<std::vector<std::uint8_t>> encode_all(Driver& driver, const Timeline& timeline) {
  std::vector<std::vector<std::uint8_t>> all;
  Packets packets;
  const auto encode = [&](const TimelineEvent& event) {
    packets.clear();
    driver.encode(event, packets);
    for (std::size_t i = 0; i < packets.size(); ++i) all.emplace_back(packets[i].begin(), packets[i].end());
  };
  driver.prepare(timeline);
  encode({0, 0, SessionStart{1}});
  encode({0, 0, TransportChange{true, 120}});
  for (const auto& event : timeline.events) encode(event);
  return all;
}

inline void exercise_driver(const std::function<std::unique_ptr<Driver>()>& make) {
  const auto timeline = fakes::timeline_of({{0, 240, 60}, {240, 480, 64}, {960, 100, 67}}, 1920);
  timeline->events.insert(timeline->events.begin(), {0, 0, ParameterChange{Parameter::cutoff, 0.5F}});
  timeline->events.insert(timeline->events.begin() + 1, {0, 0, NoteExpression{60, Dimension::bend, 0.5F}});
  auto driver = make();

  INFO("the same timeline gives the same bytes, for a new driver and for one that has played");
  const auto bytes = encode_all(*driver, *timeline);
  CHECK_FALSE(bytes.empty());
  CHECK(encode_all(*driver, *timeline) == bytes);
  CHECK(encode_all(*make(), *timeline) == bytes);

  INFO("no packet is longer than a datagram may be");
  for (const auto& packet : bytes) CHECK(packet.size() <= 1400);

  INFO("events of tracks that do not exist do no harm");
  Packets packets;
  driver->encode({0, 999, NoteOn{60, 100, 1}}, packets);
  driver->encode({0, 999, NoteOff{60}}, packets);
  driver->encode({0, 999, NoteExpression{60, Dimension::bend, 1}}, packets);
  driver->encode_panic(packets);

  INFO("close is safe before open, after it and twice; open works again");
  driver->close();
  driver->open();
  CHECK(driver->alive());
  CHECK_FALSE(driver->describe().empty());
  for (const auto& packet : bytes) driver->send(packet);
  driver->close();
  driver->close();
  driver->open();
  driver->close();
}

}  // namespace doodled
