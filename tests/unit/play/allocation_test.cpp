// Counts what operator new is asked for on the thread that plays. Sanitizers have an operator new of their
// own, so under them there is nothing to count.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <cstdlib>
#include <new>

#include <doctest/doctest.h>

#include "drivers/registry.hpp"
#include "tests/fakes/play_rig.hpp"

namespace {
thread_local bool counting = false;
thread_local int allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
  if (counting) ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace doodled;
using namespace doodled::fakes;
using namespace std::chrono_literals;

namespace {

const DriverPlugin& plugin(std::string_view name) {
  for (const auto* one : all_drivers())
    if (one->name == name) return *one;
  throw std::runtime_error("no such driver");
}

}  // namespace

TEST_CASE("neither the player nor a runner allocates while they play") {
  for (const auto* name : {"null", "osc"}) {
    CAPTURE(name);
    ManualClock clock;
    Player player(clock);
    DeviceSettings settings{.id = "max", .driver = name, .profile = {}, .json = {}};
    auto driver = plugin(name).create(settings, generic_profile());
    REQUIRE(driver.has_value());
    Runner runner(settings, std::move(*driver), clock, {.spin = Nanoseconds{0}});
    const auto timeline = timeline_of({{0, 240, 60}, {240, 480, 64}, {960, 100, 67}}, 1920);
    timeline->events.insert(timeline->events.begin(), {0, 0, ParameterChange{Parameter::cutoff, 0.5F}});
    Performance play;
    play.serial = 1;
    play.request.timeline = timeline;
    play.request.loops = 0;
    play.seats.emplace_back().runner = &runner;
    player.start(play);
    for (int i = 0; i < 20; ++i, clock.advance(10ms)) player.step(), runner.step();

    counting = true;
    for (int i = 0; i < 2000; ++i, clock.advance(10ms)) player.step(), runner.step();
    player.set_tempo(90);
    for (int i = 0; i < 200; ++i, clock.advance(10ms)) player.step(), runner.step();
    player.stop(play);
    player.step();
    runner.step();
    counting = false;

    CHECK(std::exchange(allocations, 0) == 0);
    CHECK(runner.state().packets_sent > 100);
  }
}

#endif
