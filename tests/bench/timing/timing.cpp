// How late events leave at 1,000 a second on a null and an OSC device, beside a bare clock_nanosleep loop in
// the same seconds.   bench_timing [SECONDS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <vector>

#include <pthread.h>

#include "core/play/device_rack.hpp"
#include "drivers/registry.hpp"

using namespace doodled;

namespace {

std::shared_ptr<const Timeline> thousand_a_second() {
  auto timeline = std::make_shared<Timeline>();
  timeline->tempo_bpm = 125;  // 2,000 ticks a second
  timeline->length = timeline->meter.bar();
  timeline->tracks.push_back({.id = "t", .name = "T", .role = Role::lead, .channel = 1, .pads = {}});
  for (Tick tick = 0; tick < timeline->length; tick += 2)
    timeline->events.push_back(
        {tick, 0, ParameterChange{Parameter::cutoff, static_cast<float>(tick % 100) / 100}});
  return timeline;
}

DeviceSettings device(const char* id, const char* driver, const char* keys) {
  DeviceSettings settings;
  settings.id = id;
  settings.driver = driver;
  settings.json = keys;
  return settings;
}

void print(const char* name, double p50, double p99, double p999, double most) {
  std::printf("%-22s p50 %8.4f  p99 %8.4f  p99.9 %8.4f  max %8.4f ms\n", name, p50, p99, p999, most);
}

void bare_loop(const char* name, int seconds, bool fifo) {
  const sched_param parameters{.sched_priority = 40};
  if (fifo && pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) != 0) {
    std::printf("%-22s not allowed\n", name);
    return;
  }
  std::vector<double> late;
  timespec due{};
  clock_gettime(CLOCK_MONOTONIC, &due);
  for (int i = 0; i < seconds * 1000; ++i) {
    due.tv_nsec += 1'000'000;
    if (due.tv_nsec >= 1'000'000'000) due.tv_nsec -= 1'000'000'000, ++due.tv_sec;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, nullptr);
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    late.push_back(static_cast<double>(now.tv_sec - due.tv_sec) * 1e3 +
                   static_cast<double>(now.tv_nsec - due.tv_nsec) / 1e6);
  }
  std::sort(late.begin(), late.end());
  const auto at = [&](double share) {
    return late[static_cast<std::size_t>(share * static_cast<double>(late.size() - 1))];
  };
  print(name, at(0.5), at(0.99), at(0.999), late.back());
}

}  // namespace

int main(int count, char** arguments) {
  const int seconds = count > 1 ? std::max(1, std::atoi(arguments[1])) : 10;
  RackConfig config;
  config.devices = {device("null", "null", ""), device("osc", "osc", R"({"port": 9})")};
  config.drivers = all_drivers();
  auto rack = DeviceRack::make(std::move(config));
  if (!rack.has_value()) return std::puts(rack.error().message.c_str()), 1;
  PlayRequest request;
  request.id = "bench";
  request.timeline = thousand_a_second();
  request.devices = {"null", "osc"};
  request.loops = 0;
  if (!(*rack)->play(request).has_value()) return 1;

  std::thread normal([&] { bare_loop("bare loop, normal", seconds, false); });
  std::thread fifo([&] { bare_loop("bare loop, SCHED_FIFO", seconds, true); });
  normal.join();
  fifo.join();
  std::printf("player: %s\n", (*rack)->transport().realtime_detail.c_str());
  for (const auto& state : (*rack)->devices())
    print(state.id.c_str(), state.late_ms.p50, state.late_ms.p99, state.late_ms.p999, state.late_ms.max);
}
