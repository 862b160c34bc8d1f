#include "core/play/streams.hpp"

#include <cmath>
#include <map>
#include <numbers>

#include <doctest/doctest.h>

using namespace doodled;
using namespace std::chrono_literals;

namespace {

constexpr double pi = std::numbers::pi;

std::shared_ptr<const LfoShape> sine(Tick cycle) {
  auto lfo = std::make_shared<LfoShape>();
  for (int i = 0; i < 64; ++i) lfo->samples.push_back(std::sin(2 * pi * i / 64));
  lfo->cycle = cycle;
  lfo->depth = 1;
  lfo->interpolation = Interpolation::smooth;
  return lfo;
}

Timeline with_lanes(std::vector<Lane> lanes, Tick length = 3840) {
  Timeline timeline;
  timeline.length = length;
  timeline.tracks.resize(1);
  timeline.streams = std::make_shared<const std::vector<Lane>>(std::move(lanes));
  return timeline;
}

Lane swinging(Tick cycle) {
  Lane lane;
  lane.wheels.push_back({sine(cycle), static_cast<double>(cycle)});
  return lane;
}

float value_of(const TimelineEvent& event) { return std::get<ParameterChange>(event.body).value; }

// All values up to `end`, taken when they are due.
std::vector<std::pair<Nanoseconds, TimelineEvent>> run(Streams& streams, const TempoLine& line,
                                                       Nanoseconds end) {
  std::vector<std::pair<Nanoseconds, TimelineEvent>> all;
  for (auto next = streams.next(line); next < end; next = streams.next(line))
    for (const auto& event : streams.take(line, next)) all.emplace_back(next, event);
  return all;
}

}  // namespace

TEST_CASE("a moving parameter is sent up to a thousand times a second, each value that of its tick") {
  Streams streams({1000, 1e9});
  streams.use(with_lanes({swinging(1920)}), 0, 0);
  const TempoLine line{1s, 0, 120};
  const auto sent = run(streams, line, 2s);
  CHECK(sent.size() > 900);
  CHECK(sent.size() <= 1000);
  for (const auto& [at, event] : sent) {
    CHECK(line.time_of(event.tick) == at);
    const double ideal = 0.5 + 0.5 * std::sin(2 * pi * static_cast<double>(event.tick) / 1920);
    CHECK(std::abs(value_of(event) - ideal) < 0.03);  // 64 points of a sine, with smooth steps between them
  }
}

TEST_CASE("what does not move is sent once, and never twice the same") {
  Lane flat;
  auto automation = std::make_shared<Automation>();
  automation->points = {{0, 0.25}, {3840, 0.25}};
  flat.spans.push_back({0, 3840, 0, automation});
  Streams streams({1000, 1e9});
  streams.use(with_lanes({flat}), 0, 0);
  CHECK(run(streams, {0s, 0, 120}, 10s).size() == 1);
}

TEST_CASE("a value that an event told already is not sent again") {
  Lane flat;
  auto automation = std::make_shared<Automation>();
  automation->points = {{0, 0.25}};
  flat.spans.push_back({0, 3840, 0, automation});
  Streams streams({1000, 1e9});
  streams.use(with_lanes({flat}), 0, 0);
  streams.told(0, Parameter::cutoff, 0.25F);
  CHECK(run(streams, {0s, 0, 120}, 1s).empty());
}

TEST_CASE("steps between two values are small, however coarse the drawing is") {
  Streams streams({1000, 1e9});
  streams.use(with_lanes({swinging(3840)}), 0, 0);
  float before = -1, largest = 0;
  for (const auto& [at, event] : run(streams, {0s, 0, 120}, 1900ms)) {
    if (before >= 0) largest = std::max(largest, std::abs(value_of(event) - before));
    before = value_of(event);
  }
  CHECK(largest < 0.004F);
}

TEST_CASE("a loop, another tempo and a jump keep the phase") {
  Streams streams({500, 1e9});
  streams.use(with_lanes({swinging(1280)}, 3840), 0, 0);
  std::map<Tick, float> known;
  const auto remember = [&](const auto& sent) {
    for (const auto& [at, event] : sent) {
      const auto [place, fresh] = known.try_emplace(event.tick, value_of(event));
      if (!fresh) CHECK(place->second == value_of(event));
    }
  };
  TempoLine line{0s, 0, 120};
  remember(run(streams, line, 6s));  // three times round
  line = line.with_tempo(6s, 60);
  remember(run(streams, line, 12s));
  streams.use(with_lanes({swinging(1280)}, 3840), 5000, 5000 + 960);
  const auto jumped = run(streams, {20s, 5960, 120}, 21s);
  CHECK(jumped.front().second.tick == 960);
  remember(jumped);
  CHECK(known.size() > 900);
}

TEST_CASE("points that were missed are left out: the next value is that of now") {
  Streams streams({1000, 1e9});
  streams.use(with_lanes({swinging(1920)}), 0, 0);
  const TempoLine line{0s, 0, 120};
  streams.take(line, 0s);
  const auto late = streams.take(line, 300ms);
  REQUIRE(late.size() == 1);
  CHECK(late[0].tick == 576);
  CHECK(streams.next(line) > 300ms);
}

TEST_CASE("all streams of a device together stay below what it takes") {
  Streams streams({100, 400});
  std::vector<Lane> lanes;
  for (int i = 0; i < 16; ++i) {
    lanes.push_back(swinging(960));
    lanes.back().parameter = static_cast<Parameter>(i);
  }
  streams.use(with_lanes(lanes), 0, 0);
  const auto sent = run(streams, {0s, 0, 120}, 4s);
  CHECK(sent.size() <= 4 * 400 + 16);
  CHECK(sent.size() > 4 * 300);
}

TEST_CASE("without a rate nothing is streamed") {
  Streams streams;
  streams.use(with_lanes({swinging(960)}), 0, 0);
  CHECK(streams.next({0s, 0, 120}) == Nanoseconds::max());
}

TEST_CASE("of automation that lies over other automation the one that began last holds") {
  const auto level = [](double value) {
    auto automation = std::make_shared<Automation>();
    automation->points = {{0, value}};
    return std::shared_ptr<const Automation>(automation);
  };
  Lane lane;
  lane.spans = disjoint({{0, 1000, 0, level(0.1)},
                         {200, 400, 200, level(0.2)},
                         {300, 600, 300, level(0.3)},
                         {2000, 2100, 2000, level(0.4)}});
  LaneCursor cursor;
  for (const auto& [tick, value] : std::vector<std::pair<Tick, double>>{{0, 0.1},
                                                                        {199, 0.1},
                                                                        {200, 0.2},
                                                                        {299, 0.2},
                                                                        {300, 0.3},
                                                                        {599, 0.3},
                                                                        {600, 0.1},
                                                                        {999, 0.1},
                                                                        {1000, 0.5},
                                                                        {2050, 0.4},
                                                                        {2100, 0.5},
                                                                        {250, 0.2}})
    CHECK_MESSAGE(cursor.at(lane, tick) == value, tick);
}
