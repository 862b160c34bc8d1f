// Plays a fixed timeline on one device and prints what happens, a line each:
//   device <state> <detail>     play <state>     sent <tick> <hex>     late p50 p99 p99.9 max
// play_probe DRIVER KEYS_AS_JSON [LOOPS] [smf FILE]     LOOPS 0 plays until SIGTERM or SIGINT. With
// DOODLED_PROBE_CLOCK in the environment the device gets our clock too.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <mutex>

#include "core/files/smf.hpp"
#include "core/play/device_rack.hpp"
#include "drivers/registry.hpp"

using namespace doodled;

namespace {

std::mutex output;

void print(const std::string& line) {
  const std::lock_guard lock(output);
  std::cout << line << std::endl;
}

struct Printer final : PlayLogSink {
  void write(std::span<const SentPacket> packets) override {
    for (const auto& packet : packets)
      print("sent " + std::to_string(packet.tick) + " " + to_hex(packet.bytes));
  }
  void spliced(std::string_view, std::uint32_t version, Tick at) override {
    print("spliced " + std::to_string(version) + " " + std::to_string(at));
  }
  void finished(const PlayState& play, std::uint64_t missed) override {
    print("log complete " + std::to_string(play.packets_sent) + " missed " + std::to_string(missed));
  }
};

Timeline fixed_timeline() {
  Timeline timeline;
  timeline.title = "Probe";
  timeline.tempo_bpm = 240;
  timeline.key = {4, "minor"};
  timeline.length = timeline.meter.bar() * 2;
  timeline.tracks.push_back({.id = "lead", .name = "Lead", .role = Role::lead, .channel = 1, .pads = {}});
  timeline.tracks.push_back({.id = "drums", .name = "Drums", .role = Role::drums, .channel = 5, .pads = {}});
  timeline.markers.push_back({0, "A"});
  for (Tick step = 0; step < 32; ++step) {
    const Tick at = step * ticks_per_step;
    const auto pitch = static_cast<std::uint8_t>(52 + step * 5 % 24);
    if (step >= 16) timeline.events.push_back({at, 1, NoteOff{36}});
    timeline.events.push_back({at, 0, ParameterChange{Parameter::cutoff, static_cast<float>(step) / 32}});
    timeline.events.push_back({at, 0, NoteOn{pitch, static_cast<std::uint8_t>(60 + step), 200}});
    if (step >= 15 && step < 31) timeline.events.push_back({at, 1, NoteOn{36, 110, ticks_per_step}});
    timeline.events.push_back({at + 200, 0, NoteOff{pitch}});
  }
  return timeline;
}

void write_smf(const Timeline& timeline, const char* file) {
  const auto bytes = to_smf(timeline);
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

RackConfig config_for(const char* driver, const char* keys, PlayLogSink& log, Bell& over) {
  RackConfig config;
  DeviceSettings settings;
  settings.id = "probe";
  settings.driver = driver;
  settings.json = keys;
  settings.clock = std::getenv("DOODLED_PROBE_CLOCK") != nullptr;
  config.devices.push_back(settings);
  config.drivers = all_drivers();
  config.log = &log;
  config.listener.device_changed = [](const DeviceState& state) {
    print("device " + std::string(to_string(state.status)) + " " + state.detail);
  };
  config.listener.play_changed = [&over](const PlayState& state) {
    print("play " + std::string(to_string(state.status)));
    if (is_over(state.status)) over.ring();
  };
  return config;
}

bool wait_ready(DeviceRack& rack) {
  for (int i = 0; i < 200; ++i) {
    const auto status = rack.devices().front().status;
    if (status == DeviceStatus::ready || status == DeviceStatus::missing) return true;
    timespec pause{0, 20'000'000};
    nanosleep(&pause, nullptr);
  }
  return false;
}

void print_lateness(const DeviceRack& rack) {
  const auto late = rack.devices().front().late_ms;
  print("late " + std::to_string(late.p50) + " " + std::to_string(late.p99) + " " +
        std::to_string(late.p999) + " " + std::to_string(late.max));
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return std::fputs("play_probe DRIVER KEYS_AS_JSON [LOOPS] [smf FILE]\n", stderr), 2;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto timeline = std::make_shared<const Timeline>(fixed_timeline());
  if (count > 5) write_smf(*timeline, arguments[5]);

  Printer log;
  Bell over;
  auto rack = DeviceRack::make(config_for(arguments[1], arguments[2], log, over));
  if (!rack.has_value()) return std::fprintf(stderr, "%s\n", rack.error().message.c_str()), 1;
  if (!wait_ready(**rack)) return 1;
  PlayRequest request{.id = "1", .timeline = timeline, .devices = {"probe"}, .loops = 1};
  if (count > 3) request.loops = std::atoi(arguments[3]);
  const auto heard = over.rung();
  if (const auto play = (*rack)->play(request); !play.has_value()) return 1;
  int signal = 0;
  if (request.loops == 0) {
    sigwait(&signals, &signal);
  } else {
    over.wait_until(Nanoseconds::max(), heard);
  }
  print_lateness(**rack);
  rack->reset();
  print("closed");
}
