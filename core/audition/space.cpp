#include "core/audition/space.hpp"

namespace doodled::audition {
namespace {

// Lengths without common factors, in samples at 44.1 kHz: 25 to 37 ms, and 12.6 and 5 ms.
constexpr std::array<std::size_t, 4> comb_lengths{1116, 1277, 1422, 1617};
constexpr std::array<std::size_t, 2> all_pass_lengths{556, 225};
constexpr std::size_t stereo_spread = 23;
constexpr float comb_feedback = 0.84F, damping = 0.3F, all_pass_feedback = 0.5F, echo_feedback = 0.4F;

}  // namespace

Stereo Echo::operator()(Stereo input) {
  const Stereo out{left_.read(), right_.read()};
  left_.write(input.left + echo_feedback * out.right);
  right_.write(input.right + echo_feedback * out.left);
  return out;
}

float Reverb::Comb::operator()(float input) {
  const float out = line.read();
  damped += (1 - damping) * (out - damped);
  line.write(input + comb_feedback * damped);
  return out;
}

float Reverb::AllPass::operator()(float input) {
  const float delayed = line.read();
  line.write(input + all_pass_feedback * delayed);
  return delayed - all_pass_feedback * input;
}

float Reverb::Side::operator()(float input) {
  float sum = 0;
  for (auto& comb : combs) sum += comb(input);
  for (auto& all_pass : all_passes) sum = all_pass(sum);
  return sum / 4;
}

Reverb::Side Reverb::side(std::size_t spread) {
  Side made;
  for (const auto length : comb_lengths) made.combs.push_back({DelayLine(length + spread)});
  for (const auto length : all_pass_lengths) made.all_passes.push_back({DelayLine(length + spread)});
  return made;
}

Reverb::Reverb() : left_(side(0)), right_(side(stereo_spread)) {}

Stereo Reverb::operator()(float input) { return {left_(input), right_(input)}; }

}  // namespace doodled::audition
