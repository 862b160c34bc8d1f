#include "core/play/clock_out.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace doodled;
using namespace std::chrono_literals;

namespace {

struct Heard {
  Nanoseconds at{};
  ClockMessage message;
};

// Every message up to `end`, each at the very time it is due.
std::vector<Heard> run(ClockOut& out, Nanoseconds end) {
  std::vector<Heard> heard;
  for (auto next = out.next(); next <= end; next = out.next())
    while (const auto message = out.take(next)) heard.push_back({next, *message});
  return heard;
}

std::string text(const std::vector<Heard>& heard) {
  std::string letters;
  for (const auto& one : heard) letters += ".SRXP"[static_cast<int>(one.message.kind)];
  return letters;
}

int pulses(const std::vector<Heard>& heard, Nanoseconds from, Nanoseconds until) {
  int count = 0;
  for (const auto& one : heard)
    count += one.message.kind == ClockMessage::Kind::pulse && one.at >= from && one.at < until;
  return count;
}

LineChange start(Nanoseconds at, double tick, double tempo) {
  return {LineChange::Kind::start, {at, tick, tempo}, at, 0};
}

}  // namespace

TEST_CASE("start comes a millisecond before the first pulse, and 24 pulses make a quarter note") {
  ClockOut out;
  out.tell(start(1s, 0, 120));
  const auto heard = run(out, 3s - 1ns);
  REQUIRE(heard.size() == 1 + 96);
  CHECK(heard[0].message.kind == ClockMessage::Kind::start);
  CHECK(heard[0].at == 999ms);
  CHECK(heard[1].at == 1s);
  CHECK(pulses(heard, 1s, 1500ms) == 24);
  CHECK(heard[25].at == 1500ms);
}

TEST_CASE("an hour of pulses at an odd tempo has neither one too many nor any drift") {
  ClockOut out;
  out.tell(start(1s, 0, 137.3));
  const auto heard = run(out, 1s + 3600s - 1ns);
  CHECK(pulses(heard, 0s, 4000s) == static_cast<int>(std::ceil(137.3 * 60 * 24)));
  const auto last = heard.back();
  const double ideal = 1e9 + static_cast<double>(heard.size() - 2) * 60e9 / (137.3 * 24);
  CHECK(std::abs(static_cast<double>(last.at.count()) - ideal) < 1000);
}

TEST_CASE("tempo changes neither lose nor double a pulse") {
  ClockOut out;
  TempoLine line{1s, 0, 90};
  out.tell({LineChange::Kind::start, line, line.time, 0});
  auto heard = run(out, 1s);
  for (int i = 1; i <= 400; ++i) {
    const auto from = 1s + 37ms * i;
    line = line.with_tempo(from, 60 + (i * 53) % 180);
    out.tell({LineChange::Kind::tempo, line, from, 0});
    const auto more = run(out, from + 20ms);
    heard.insert(heard.end(), more.begin(), more.end());
  }
  const auto end = heard.back().at;
  CHECK(pulses(heard, 1s, end + 1ns) == static_cast<int>(std::floor(line.tick_at(end) / 40 + 1e-6)) + 1);
}

TEST_CASE("pulses go on while the transport stands, so that followers hold the tempo") {
  ClockOut out;
  out.tell({LineChange::Kind::tempo, {0s, 0, 120}, 0s, 0});
  CHECK(text(run(out, 100ms)) == ".....");
  out.tell({LineChange::Kind::start, {200ms, 0, 120}, 200ms, 0});
  const auto started = run(out, 205ms);
  CHECK(text(started) == ".....S.");
  out.tell({LineChange::Kind::stop, {300ms, 192, 120}, 300ms, 0});
  CHECK(text(run(out, 330ms)) == "....X..");
}

TEST_CASE("a transport that starts inside of a piece tells its position in sixteenths, then continues") {
  ClockOut out;
  out.tell(start(1s, 3840, 120));
  const auto heard = run(out, 1s);
  REQUIRE(text(heard) == "PR.");
  CHECK(heard[0].message.sixteenth == 16);
  CHECK(heard[2].at == 1s);
}

TEST_CASE("a place that is no whole sixteenth is told as the next one, and pulses before it go on") {
  ClockOut out;
  out.tell({LineChange::Kind::tempo, {0s, 0, 120}, 0s, 0});
  run(out, 0s);
  out.tell(start(1s, 100, 120));
  const auto heard = run(out, 1s + 80ms);
  CHECK(heard.back().message.kind == ClockMessage::Kind::pulse);
  for (std::size_t i = 0; i + 1 < heard.size(); ++i)
    if (heard[i].message.kind == ClockMessage::Kind::resume) {
      CHECK(heard[i - 1].message.sixteenth == 1);
      CHECK(heard[i + 1].at == Nanoseconds{1s} + Nanoseconds{72916667});
    }
}

TEST_CASE("a device that is plugged in while the transport runs is told where it is") {
  ClockOut out;
  out.tell(start(1s, 0, 120));
  run(out, 2s);
  out.introduce(2010ms);
  const auto heard = run(out, 2300ms);
  const auto words = text(heard);
  const auto at = words.find("PR.");
  REQUIRE(at != std::string::npos);
  CHECK(heard[at].message.sixteenth == 9);
  CHECK(heard[at + 2].at == 2125ms);
}

TEST_CASE("a latency moves every message to an earlier time") {
  ClockOut out(5ms);
  out.tell(start(1s, 0, 120));
  const auto heard = run(out, 1s);
  REQUIRE(heard.size() >= 2);
  CHECK(heard[1].at == 995ms);
}
