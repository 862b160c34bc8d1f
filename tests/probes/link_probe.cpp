// One peer of an Ableton Link session. A line ten times a second: 'peers <n> tempo <bpm> beat <beat> at
// <nanoseconds of the monotonic clock>'. Commands on standard input: 'tempo <bpm>', 'play', 'stop'.
//   link_probe TEMPO
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include "core/base/clock.hpp"
#include "core/sync/link_session.hpp"

using namespace doodled;

int main(int count, char** arguments) {
  const auto link = join_link(count > 1 ? std::atof(arguments[1]) : 120, 4);
  if (!link) return std::puts("no link"), 77;
  const SystemClock clock;
  std::jthread printer([&](std::stop_token stop) {
    Bell bell;
    while (!stop.stop_requested()) {
      const auto now = clock.now();
      const auto moment = link->now();
      std::printf("peers %d tempo %.3f beat %.6f playing %d at %lld\n", moment.peers, moment.tempo_bpm,
                  moment.beat, moment.playing ? 1 : 0, static_cast<long long>(now.count()));
      std::fflush(stdout);
      bell.wait_until(now + std::chrono::milliseconds{100}, bell.rung());
    }
  });
  for (std::string line; std::getline(std::cin, line);) {
    if (line.starts_with("tempo ")) link->set_tempo(std::atof(line.c_str() + 6));
    if (line == "play") link->set_playing(true);
    if (line == "stop") link->set_playing(false);
  }
}
