#include "core/files/wave_exports.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

#include <doctest/doctest.h>

#include "core/files/cycle.hpp"

using namespace doodled;

namespace {

std::uint32_t little_endian(const std::string& bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size - 1; i >= 0; --i)
    value = value << 8 | static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

// The content of a RIFF chunk.
std::string chunk(const std::string& wav, const std::string& id) {
  for (std::size_t at = 12; at + 8 <= wav.size();) {
    const auto size = little_endian(wav, at + 4, 4);
    if (wav.compare(at, 4, id) == 0) return wav.substr(at + 8, size);
    at += 8 + size + size % 2;
  }
  return "";
}

std::vector<float> floats(const std::string& bytes) {
  std::vector<float> values(bytes.size() / 4);
  std::memcpy(values.data(), bytes.data(), values.size() * 4);
  return values;
}

LfoShape sine(std::size_t points = 64) {
  LfoShape shape;
  shape.id = "drawn";
  for (std::size_t i = 0; i < points; ++i)
    shape.samples.push_back(
        0.5 + 0.25 * std::sin(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(points)));
  return shape;
}

}  // namespace

TEST_CASE("a drawn sine stays a sine at any length, without its mean, at full scale") {
  const auto cycle = resampled_cycle(sine().samples, 2048);
  for (std::size_t i = 0; i < cycle.size(); i += 100)
    CHECK(cycle[i] ==
          doctest::Approx(std::sin(2 * std::numbers::pi * static_cast<double>(i) / 2048)).epsilon(1e-4));
}

TEST_CASE("a Serum wavetable names its frame size before its float samples") {
  const LfoShape one = sine(), two = sine();
  const auto wav = serum_wavetable({&one, &two});

  CHECK(chunk(wav, "clm ").substr(0, 16) == "<!>2048 00000000");
  CHECK(wav.find("clm ") < wav.find("data"));
  const auto format = chunk(wav, "fmt ");
  CHECK(little_endian(format, 0, 2) == 3);  // float
  CHECK(little_endian(format, 2, 2) == 1);
  CHECK(little_endian(format, 4, 4) == 44100);
  CHECK(chunk(wav, "fact").size() == 4);
  CHECK(floats(chunk(wav, "data")).size() == 2 * 2048);
  CHECK(serum_wavetable({&one, &two}) == wav);
}

TEST_CASE("Vital and Ableton take other rates and sizes, and Surge a container of its own") {
  const LfoShape one = sine();
  CHECK(little_endian(chunk(vital_wavetable({&one}), "fmt "), 4, 4) == 88200);
  CHECK(chunk(vital_wavetable({&one}), "clm ").empty());
  CHECK(floats(chunk(ableton_wavetable({&one}), "data")).size() == 1024);
  const auto surge = surge_wavetable({&one});
  CHECK(surge.substr(0, 4) == "vawt");
  CHECK(little_endian(surge, 4, 4) == 2048);
  CHECK(little_endian(surge, 8, 2) == 1);
  CHECK(surge.size() == 12 + 4 * 2048);
}

TEST_CASE("a single cycle for an MPC is 169 samples of 16 bits") {
  const auto wav = single_cycle(sine());
  CHECK(little_endian(chunk(wav, "fmt "), 0, 2) == 1);
  CHECK(little_endian(chunk(wav, "fmt "), 14, 2) == 16);
  CHECK(chunk(wav, "data").size() == 2 * 169);
}

TEST_CASE("a curve lasts as long as its cycle, and a control voltage as long as the session") {
  LfoShape square;
  square.samples = {1, 1, -1, -1};
  square.cycle = 960;  // half a second at 120
  CHECK(floats(chunk(lfo_wav(square, 120), "data")).size() == 22050);

  const auto voltage = floats(chunk(control_voltage_wav(square, 120, 1920, {5, 10, 8000}), "data"));
  REQUIRE(voltage.size() == 8000);
  CHECK(voltage[0] == doctest::Approx(0.5));
  CHECK(voltage[2500] == doctest::Approx(-0.5));
  CHECK(voltage[4000] == doctest::Approx(0.5));
}
