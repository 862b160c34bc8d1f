#include "core/sync/clock_follower.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "core/base/random.hpp"

using namespace doodled;
using namespace std::chrono_literals;

namespace {

// A clock of 24 pulses a quarter note, each late by 0..jitter.
class Leader {
 public:
  Leader(ClockFollower& follower, double bpm, Nanoseconds jitter = {})
      : follower_(follower), jitter_(jitter) {
    set_tempo(bpm);
  }
  void set_tempo(double bpm) { period_ = 60e9 / (24 * bpm); }
  void pulses(int count) {
    for (int i = 0; i < count; ++i) {
      const double late = static_cast<double>(jitter_.count()) * random_.unit();
      const double at = std::max(ideal_ + late, held_until_ + 1e4 * i);
      if (const auto line = follower_.pulse(Nanoseconds{std::llround(at)})) news.push_back(*line);
      ideal_ += period_;
    }
  }
  void lose(int count) { ideal_ += period_ * count; }
  // The cable is held up for so many periods; what is due meanwhile comes at its end, all at once.
  void hold_up(double periods) { held_until_ = ideal_ + periods * period_; }
  // How far the follower's last line is from the leader, in milliseconds.
  double off_ms() const {
    const auto& line = news.back().line;
    return static_cast<double>(line.time.count()) / 1e6 - 1000 - line.tick / 40 * period_ / 1e6;
  }
  // Where the leader is at `time`, in ticks since its start.
  double tick_at(Nanoseconds time, int pulses_so_far) const {
    return (pulses_so_far - (ideal_ - static_cast<double>(time.count())) / period_) * 40;
  }
  std::vector<LeadingLine> news;

 private:
  ClockFollower& follower_;
  Nanoseconds jitter_;
  Random random_{7};
  double ideal_ = 1e9, period_ = 0, held_until_ = 0;
};

}  // namespace

TEST_CASE("the first pulse after start is tick 0, and news come every sixteenth") {
  ClockFollower follower;
  Leader leader(follower, 120);
  follower.start();
  leader.pulses(25);
  REQUIRE(leader.news.size() == 5);
  CHECK(leader.news[0].started);
  CHECK(leader.news[0].line.tick == 0);
  CHECK(leader.news[0].line.time == 1s);
  CHECK(leader.news[4].line.tick == 960);
  CHECK(leader.news[4].line.tempo_bpm == doctest::Approx(120));
  CHECK_FALSE(leader.news[4].started);
}

TEST_CASE("a clock that runs before the start tells the tempo") {
  ClockFollower follower;
  Leader leader(follower, 93);
  leader.pulses(30);
  CHECK(leader.news.empty());
  CHECK(*follower.tempo_bpm() == doctest::Approx(93));
  follower.start();
  leader.pulses(1);
  REQUIRE(leader.news.size() == 1);
  CHECK(leader.news[0].line.tempo_bpm == doctest::Approx(93));
}

TEST_CASE("five milliseconds of jitter become less than one, and a tempo that is right to a tenth") {
  ClockFollower follower;
  Leader leader(follower, 120, 5ms);
  follower.start();
  leader.pulses(48);
  leader.news.clear();
  leader.pulses(24 * 60);
  for (const auto& told : leader.news) {
    CHECK(std::abs(told.line.tempo_bpm - 120) < 0.9);
    // The mean of the jitter is a latency, which all pulses share.
    const double ideal_ms = 1000 + told.line.tick / 960 * 500 + 2.5;
    CHECK(std::abs(static_cast<double>(told.line.time.count()) / 1e6 - ideal_ms) < 1.5);
  }
  CHECK(follower.jitter_ms() > 0.5);
  CHECK(follower.jitter_ms() < 3);
}

TEST_CASE("a new tempo is followed within a quarter note") {
  ClockFollower follower;
  Leader leader(follower, 100, 1ms);
  follower.start();
  leader.pulses(96);
  leader.set_tempo(140);
  leader.pulses(24);
  CHECK(std::abs(*follower.tempo_bpm() - 140) < 3);
  leader.pulses(48);
  CHECK(std::abs(*follower.tempo_bpm() - 140) < 0.5);
}

TEST_CASE("continue goes on from the song position, or from where it stopped") {
  ClockFollower follower;
  Leader leader(follower, 120);
  follower.position(9);
  follower.resume();
  leader.pulses(7);
  CHECK(leader.news[0].line.tick == 9 * 240);
  CHECK(leader.news[0].started);
  const auto stopped = follower.stop(2s);
  REQUIRE(stopped);
  CHECK_FALSE(stopped->running);
  CHECK_FALSE(follower.stop(2s));
  leader.pulses(5);
  follower.resume();
  leader.news.clear();
  leader.pulses(1);
  CHECK(leader.news[0].line.tick == 9 * 240 + 7 * 40);
}

TEST_CASE("pulses that were lost on the way are counted by their time") {
  ClockFollower follower;
  Leader leader(follower, 120, 1ms);
  follower.start();
  leader.pulses(48);
  leader.lose(1);
  leader.pulses(46);
  leader.lose(2);
  leader.pulses(48);
  const auto& last = leader.news.back().line;
  CHECK(std::abs(static_cast<double>(last.time.count()) / 1e6 - (1000.5 + last.tick / 960 * 500)) < 1.5);
}

TEST_CASE("pulses that come late in a bunch are not taken for lost ones, and change no tempo") {
  for (const double periods : {0.9, 1.0, 1.1, 1.9, 2.0, 2.1, 3.0, 4.5}) {
    CAPTURE(periods);
    ClockFollower follower;
    Leader leader(follower, 120, 1ms);
    follower.start();
    leader.pulses(48);
    for (int time = 0; time < 5; ++time) {
      leader.hold_up(periods);
      leader.news.clear();
      leader.pulses(40);
      CHECK(std::ranges::all_of(
          leader.news, [](const LeadingLine& told) { return std::abs(told.line.tempo_bpm - 120) < 6; }));
      CHECK(std::abs(leader.off_ms()) < 6);
    }
    leader.pulses(48);
    CHECK(std::abs(leader.off_ms()) < 1.5);
  }
}

TEST_CASE("pulses that all come at once harm nothing, and the clock after them is followed") {
  ClockFollower follower;
  follower.start();
  for (int i = 0; i < 100; ++i) {
    const auto told = follower.pulse(500ms);
    CHECK((!told || (told->line.tempo_bpm >= 20 && told->line.tempo_bpm <= 400)));
  }
  Leader leader(follower, 120);
  leader.pulses(60);
  CHECK(*follower.tempo_bpm() == doctest::Approx(120));
}

TEST_CASE("of pulses that were lost, none is taken back because a later one is a little early") {
  ClockFollower follower;
  Leader leader(follower, 150, 4ms);
  follower.start();
  leader.pulses(48);
  for (int time = 0; time < 20; ++time) {
    leader.lose(1);
    leader.pulses(29);
  }
  leader.pulses(48);
  CHECK(std::abs(leader.off_ms() - 2) < 2.5);  // the mean of the jitter is a latency
}

TEST_CASE("a leader that is silent for half a second has gone") {
  ClockFollower follower;
  CHECK(follower.silent(0s));
  Leader leader(follower, 120);
  leader.pulses(10);
  CHECK_FALSE(follower.silent(1300ms));
  CHECK(follower.silent(2s));
}
