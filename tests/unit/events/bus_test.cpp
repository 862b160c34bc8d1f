#include "core/events/bus.hpp"

#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/fakes/manual_clock.hpp"

using namespace doodled;

namespace {

struct Setup {
  fakes::ManualClock clock;
  Bus bus{clock};
  std::vector<std::uint64_t> seen;
  Bus::Callback remember = [this](const Event& event) { seen.push_back(event.seq); };
  void publish(int times) {
    for (int i = 0; i < times; ++i) bus.publish("jobs", "changed", Json{{"i", i}});
  }
};

using Seqs = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("an event is one JSON object with seq, at, topic, type and data") {
  Setup setup;

  const Event event = setup.bus.publish("jobs", "changed", Json{{"id", "a"}});

  CHECK(event.seq == 1);
  CHECK(event.message ==
        R"({"at":"2026-01-01T00:00:01.000Z","data":{"id":"a"},"seq":1,"topic":"jobs","type":"changed"})");
}

TEST_CASE("a subscriber hears events from its start to its end and no others") {
  Setup setup;
  setup.publish(1);

  auto subscription = setup.bus.subscribe(setup.remember);
  setup.publish(2);
  auto moved = std::move(subscription);
  subscription.end();
  setup.publish(1);
  moved.end();
  setup.publish(1);

  CHECK(setup.seen == Seqs{2, 3, 4});
}

TEST_CASE("events published by many threads reach everyone in order, without gaps") {
  fakes::ManualClock clock;
  Bus bus(clock);
  Seqs seen;
  const auto subscription = bus.subscribe([&](const Event& event) { seen.push_back(event.seq); });
  constexpr int threads = 4, each = 500;

  {
    std::vector<std::jthread> publishers;
    for (int i = 0; i < threads; ++i)
      publishers.emplace_back([&] {
        for (int n = 0; n < each; ++n) {
          bus.publish("jobs", "changed", Json{});
          auto brief = bus.subscribe([](const Event&) {});
        }
      });
  }

  REQUIRE(seen.size() == threads * each);
  for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == i + 1);
}
