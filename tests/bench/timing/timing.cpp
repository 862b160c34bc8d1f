// How late events leave at 1,000 a second on a null and an OSC device, beside bare clock_nanosleep loops
// (normal and SCHED_FIFO) in the same seconds; and what 64 streams of 1,000 values a second cost.
//   bench_timing [SECONDS]
// Lateness is against the ideal grid. Only moments count in which a bare probe on each core was on time
// itself. timing.py runs it idle and while the daemon reads pictures and its history is paged.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <numbers>
#include <string>
#include <utility>

#include <sys/resource.h>

#include "core/play/device_rack.hpp"
#include "core/play/lane.hpp"
#include "drivers/registry.hpp"
#include "tests/bench/timing/probes.hpp"

using namespace doodled;

namespace {

constexpr double ticks_per_ms = 2;

std::shared_ptr<Timeline> empty_timeline() {
  auto timeline = std::make_shared<Timeline>();
  timeline->tempo_bpm = 125;
  timeline->length = timeline->meter.bar();
  timeline->tracks.push_back({.id = "t", .name = "T", .role = Role::lead, .channel = 1, .pads = {}});
  return timeline;
}

std::shared_ptr<const Timeline> thousand_a_second() {
  auto timeline = empty_timeline();
  for (Tick tick = 0; tick < timeline->length; tick += 2)
    timeline->events.push_back(
        {tick, 0, ParameterChange{Parameter::cutoff, static_cast<float>(tick % 100) / 100}});
  return timeline;
}

// 64 LFO shapes, no two in phase, spread over four tracks.
std::shared_ptr<const Timeline> sixty_four_streams() {
  auto timeline = empty_timeline();
  timeline->tracks.resize(4, timeline->tracks.front());
  std::vector<Lane> lanes;
  for (int i = 0; i < 64; ++i) {
    auto lfo = std::make_shared<LfoShape>();
    for (int sample = 0; sample < 64; ++sample)
      lfo->samples.push_back(std::sin(2 * std::numbers::pi * (sample + i) / 64));
    lfo->interpolation = Interpolation::smooth;
    lfo->depth = 1;
    Lane lane;
    lane.track = static_cast<std::uint16_t>(i / 16);
    lane.parameter = static_cast<Parameter>(i % 16);
    lane.wheels.push_back({lfo, 960});
    lanes.push_back(std::move(lane));
  }
  timeline->streams = std::make_shared<const std::vector<Lane>>(std::move(lanes));
  return timeline;
}

// When each packet was due and how late it left, on CLOCK_MONOTONIC.
struct Listener final : PlayLogSink {
  std::mutex mutex;
  std::map<std::string, std::vector<bench::Sample>> samples;
  void write(std::span<const SentPacket> packets) override {
    const std::lock_guard lock(mutex);
    for (const auto& packet : packets)
      samples[std::string(packet.device_id)].push_back({static_cast<double>(packet.due.count()) / 1e6,
                                                        static_cast<double>(packet.lateness.count()) / 1e6});
  }
  void spliced(std::string_view, std::uint32_t, Tick) override {}
  void finished(const PlayState&, std::uint64_t) override {}
};

DeviceSettings device(const char* id, const char* driver, const char* keys, double stream_hz) {
  DeviceSettings settings;
  settings.id = id;
  settings.driver = driver;
  settings.json = keys;
  settings.stream_hz = stream_hz;
  return settings;
}

std::unique_ptr<DeviceRack> make_rack(std::vector<DeviceSettings> devices, PlayLogSink* log) {
  RackConfig config;
  config.devices = std::move(devices);
  config.drivers = all_drivers();
  config.log = log;
  auto rack = DeviceRack::make(std::move(config));
  if (!rack.has_value()) std::puts(rack.error().message.c_str()), std::exit(1);
  for (int i = 0; i < 500; ++i) {
    bool ready = true;
    for (const auto& state : (*rack)->devices()) ready = ready && state.status == DeviceStatus::ready;
    if (ready) break;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return std::move(*rack);
}

void start(DeviceRack& rack, std::shared_ptr<const Timeline> timeline, std::vector<std::string> devices) {
  PlayRequest request;
  request.id = "bench";
  request.timeline = std::move(timeline);
  request.devices = std::move(devices);
  request.loops = 0;
  if (!rack.play(request).has_value()) std::exit(1);
}

double at(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void print(const char* name, const std::vector<double>& sorted, const std::vector<double>& fifo) {
  std::printf("%-22s %8zu events  p50 %8.4f  p99 %8.4f  p99.9 %8.4f  max %8.4f ms", name, sorted.size(),
              at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
  if (at(fifo, 0.99) > 0)
    std::printf("   x FIFO: p99 %.2f  p99.9 %.2f", at(sorted, 0.99) / at(fifo, 0.99),
                at(sorted, 0.999) / at(fifo, 0.999));
  std::puts("");
}

// When the play's first tick was, on CLOCK_MONOTONIC: seen from the moment at which the transport's tick
// changes.
double first_tick_ms(const DeviceRack& rack) {
  Tick before = 0, now = 0;
  do {
    before = std::exchange(now, rack.transport().tick);
  } while (before == 0 || now == before);
  return bench::monotonic_ms() - static_cast<double>(now) / ticks_per_ms;
}

void measure_lateness(int seconds) {
  Listener log;
  auto rack = make_rack({device("null", "null", "{}", 0), device("osc", "osc", R"({"port": 9})", 0)}, &log);
  start(*rack, thousand_a_second(), {"null", "osc"});
  const double origin = first_tick_ms(*rack);
  // The player's events are due at whole milliseconds from here, the bare loops' half way between, the
  // probes' before and after each: whoever is woken with a probe would be late only when the probe is.
  const double begin = origin + std::ceil(bench::monotonic_ms() - origin) + 50;
  const std::atomic<bool> stop{false};
  std::vector<bench::Sample> normal, fifo;
  bool fifo_allowed = false;
  bench::CoreProbes probes;
  probes.start(begin + 0.25, seconds + 1);
  std::thread one([&] { normal = bench::bare_loop(begin + 0.5, seconds, 1, stop); });
  std::thread two([&] {
    fifo_allowed = bench::to_fifo(40);
    fifo = bench::bare_loop(begin + 0.5, seconds, 1, stop);
  });
  one.join();
  two.join();
  probes.join();
  const auto detail = rack->transport().realtime_detail;
  rack.reset();
  std::printf("player: %s; counted are moments in which every core was on time within %.1f ms\n",
              detail.c_str(), bench::CoreProbes::on_time_ms);
  const auto bare = probes.fair(fifo);
  print("bare loop, normal", probes.fair(normal), bare);
  print(fifo_allowed ? "bare loop, SCHED_FIFO" : "bare loop (no FIFO)", bare, {});
  for (auto& [id, samples] : log.samples) {
    for (auto& sample : samples) sample.due_ms += origin;
    std::ranges::sort(samples, {}, &bench::Sample::due_ms);
    std::erase_if(samples, [&](const bench::Sample& sample) {
      return sample.due_ms < begin || sample.due_ms > begin + seconds * 1000;
    });
    print(id.c_str(), probes.fair(samples), bare);
  }
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

void measure_streams(int seconds) {
  auto rack = make_rack({device("osc", "osc", R"({"port": 9})", 1000)}, nullptr);
  start(*rack, sixty_four_streams(), {"osc"});
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  const double before = cpu_seconds(), from = bench::monotonic_ms();
  const auto sent_before = rack->devices().front().packets_sent;
  std::this_thread::sleep_for(std::chrono::seconds{seconds});
  const double used = cpu_seconds() - before, took = (bench::monotonic_ms() - from) / 1e3;
  const auto datagrams = static_cast<double>(rack->devices().front().packets_sent - sent_before);
  std::printf("64 streams at 1 kHz on OSC: %.1f %% of one core, %.0f datagrams a second\n", 100 * used / took,
              datagrams / took);
}

}  // namespace

int main(int count, char** arguments) {
  const int seconds = count > 1 ? std::max(1, std::atoi(arguments[1])) : 10;
  measure_lateness(seconds);
  measure_streams(std::min(seconds, 10));
}
