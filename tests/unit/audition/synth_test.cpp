#include "core/audition/synth.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "core/audition/filter.hpp"
#include "core/audition/oscillator.hpp"
#include "core/play/arrange.hpp"

using namespace doodled;
using namespace doodled::audition;

namespace {

constexpr std::size_t second = 44100;

// One note for one second at 120 bpm.
Session session_of(Wave wave, int pitch) {
  Session session;
  session.seed = 7;
  Patch patch;
  patch.oscillators = {{wave}};
  patch.envelope = {1, 10, 1, 20};
  Pattern pattern{"a", 3840, {{0, 1920, pitch, 100}}, {}};
  session.tracks = {{"lead", "Lead", Role::lead, 1, patch, {}, {pattern}}};
  session.arrangement = {{"A", 1, {{"lead", "a"}}}};
  return session;
}

// The left channel.
std::vector<double> played(const Session& session, std::size_t samples = 2 * second) {
  std::vector<float> mix(2 * samples);
  play_patch(session, arrange(session), 0, mix, {});
  std::vector<double> left;
  for (std::size_t i = 0; i < samples; ++i) left.push_back(mix[2 * i]);
  return left;
}

// Amplitude of one frequency over a stretch (a bin of the discrete Fourier transform).
double strength(const std::vector<double>& samples, std::size_t from, std::size_t count, double frequency) {
  double cosine = 0, sine = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = 2 * std::numbers::pi * frequency * static_cast<double>(i) / sample_rate;
    cosine += samples[from + i] * std::cos(angle);
    sine += samples[from + i] * std::sin(angle);
  }
  return 2 * std::hypot(cosine, sine) / static_cast<double>(count);
}

double loudest(const std::vector<double>& samples, std::size_t from, std::size_t until) {
  double most = 0;
  for (std::size_t i = from; i < until; ++i) most = std::max(most, std::abs(samples[i]));
  return most;
}

}  // namespace

TEST_CASE("a note sounds at its pitch, for as long as it is held") {
  const auto sound = played(session_of(Wave::sine, 69));
  const double right = strength(sound, second / 4, second / 2, 440);
  CHECK(right > 0.02);
  CHECK(strength(sound, second / 4, second / 2, 452) < right / 50);
  CHECK(loudest(sound, second + second / 4, 2 * second) < right / 1000);
}

TEST_CASE("a saw high up holds no partial that folded back") {
  const auto sound = played(session_of(Wave::saw, 108));  // 4186 Hz; its sixth partial would fold to 18984 Hz
  CHECK(strength(sound, second / 4, second / 2, 4186.01) > 0.02);
  CHECK(strength(sound, second / 4, second / 2, 44100 - 6 * 4186.01) < 2e-4);
}

TEST_CASE("the same session gives the same samples, another seed others") {
  auto session = session_of(Wave::noise, 60);
  const auto once = played(session, second / 10);
  CHECK(played(session, second / 10) == once);
  session.seed = 8;
  CHECK(played(session, second / 10) != once);
}

TEST_CASE("a filter lets through what its type says") {
  const auto gain = [](FilterType type, double frequency) {
    StateVariableFilter filter;
    filter.tune(1000, 0, sample_rate);
    double most = 0;
    for (std::size_t i = 0; i < second; ++i) {
      const double out =
          filter(std::sin(2 * std::numbers::pi * frequency * static_cast<double>(i) / sample_rate), type);
      if (i > second / 2) most = std::max(most, std::abs(out));
    }
    return most;
  };
  CHECK(gain(FilterType::lowpass, 100) == doctest::Approx(1).epsilon(0.05));
  CHECK(gain(FilterType::lowpass, 10000) < 0.02);
  CHECK(gain(FilterType::highpass, 100) < 0.02);
  CHECK(gain(FilterType::highpass, 10000) == doctest::Approx(1).epsilon(0.05));
  CHECK(gain(FilterType::bandpass, 1000) == doctest::Approx(1).epsilon(0.05));
  CHECK(gain(FilterType::notch, 1000) < 0.02);
}

TEST_CASE("an LFO in the matrix moves what it is connected to") {
  auto session = session_of(Wave::saw, 45);
  session.tracks[0].patch->filter.cutoff_hz = 400;
  session.lfos = {{"wobble", "Wobble", {-1, -1, 1, 1}, 1920, "lead", Parameter::resonance, 0}};
  session.tracks[0].patch->modulation = {{"wobble", Parameter::cutoff, 0.8}};
  const auto sound = played(session);
  // The first half of the second is dark, the second half bright: look at the tenth partial.
  const double dark = strength(sound, second / 10, second / 4, 1100),
               bright = strength(sound, second * 6 / 10, second / 4, 1100);
  CHECK(bright > 5 * dark);
}

TEST_CASE("a wave that was drawn is the curve of its track") {
  auto session = session_of(Wave::wavetable, 69);
  session.lfos = {{"drawn", "Drawn", {}, 1920, "lead", Parameter::resonance, 0}};
  for (int i = 0; i < 64; ++i)
    session.lfos[0].samples.push_back(
        std::sin(2 * std::numbers::pi * 3 * i / 64));  // the third partial alone
  const auto sound = played(session);
  CHECK(strength(sound, second / 4, second / 2, 1320) > 0.02);
  CHECK(strength(sound, second / 4, second / 2, 440) < 2e-3);
}
