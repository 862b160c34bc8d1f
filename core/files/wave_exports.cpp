#include "core/files/wave_exports.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "core/files/cycle.hpp"
#include "core/files/sound_file.hpp"
#include "core/music/lfo.hpp"

namespace doodled {
namespace {

constexpr int cd_rate = 44100;

std::vector<float> frames_of(const Curves& curves, std::size_t size) {
  std::vector<float> frames;
  for (const auto* curve : curves) {
    const auto frame = resampled_cycle(curve->samples, size);
    frames.insert(frames.end(), frame.begin(), frame.end());
  }
  return frames;
}

void append_little_endian(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::vector<float> curve_over(const LfoShape& curve, double tempo_bpm, double seconds, int rate,
                              double scale) {
  const double samples_a_cycle = lfo_seconds(curve, tempo_bpm) * rate;
  std::vector<float> samples(std::max<std::size_t>(1, static_cast<std::size_t>(seconds * rate)));
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<float>(scale * lfo_at(curve, static_cast<double>(i) / samples_a_cycle));
  return samples;
}

}  // namespace

std::string serum_wavetable(const Curves& curves) {
  // Size of a frame; 0: frames are interpolated in no special way; no flag beyond it; who made it.
  return float_wav(frames_of(curves, 2048), cd_rate,
                   WavChunk{"clm ", "<!>2048 00000000 wavetable (doodled)"});
}

std::string vital_wavetable(const Curves& curves) { return float_wav(frames_of(curves, 2048), 2 * cd_rate); }

std::string ableton_wavetable(const Curves& curves) { return float_wav(frames_of(curves, 1024), cd_rate); }

std::string surge_wavetable(const Curves& curves) {
  constexpr std::size_t size = 2048;
  std::string out = "vawt";
  append_little_endian(out, size, 4);
  append_little_endian(out, static_cast<std::uint32_t>(curves.size()), 2);
  append_little_endian(out, 0, 2);
  for (const float value : frames_of(curves, size))
    append_little_endian(out, std::bit_cast<std::uint32_t>(value), 4);
  return out;
}

std::string single_cycle(const LfoShape& curve) {
  constexpr std::size_t c4_length = 169;  // 44100 / 261.63
  return pcm16_wav(resampled_cycle(curve.samples, c4_length), cd_rate);
}

std::string lfo_wav(const LfoShape& curve, double tempo_bpm) {
  return float_wav(curve_over(curve, tempo_bpm, lfo_seconds(curve, tempo_bpm), cd_rate, 1), cd_rate);
}

std::string control_voltage_wav(const LfoShape& curve, double tempo_bpm, Tick length,
                                const ControlVoltage& options) {
  const double scale = options.volts / options.full_scale;
  const double seconds = static_cast<double>(length) * tick_ns(tempo_bpm) / 1e9;
  return float_wav(curve_over(curve, tempo_bpm, seconds, options.rate, scale), options.rate);
}

}  // namespace doodled
