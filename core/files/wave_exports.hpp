// Drawn curves as sound files, in the conventions of those who load them. Pure. Frames of a wavetable are the
// session's curves in their order: band-limited, free of DC, each up to full scale.
#pragma once
#include <string>
#include <vector>

#include "core/music/session.hpp"

namespace doodled {

using Curves = std::vector<const LfoShape*>;  // 1..256

// 2,048 samples a frame, 32-bit float at 44.1 kHz, with the chunk 'clm ' that names the size.
std::string serum_wavetable(const Curves& curves);
// The same without that chunk, at 88.2 kHz, as Vital exports them.
std::string vital_wavetable(const Curves& curves);
// 1,024 samples a frame.
std::string ableton_wavetable(const Curves& curves);
// Surge and Bitwig: 'vawt', frame size and count, flags 0, then 32-bit floats, all little-endian.
std::string surge_wavetable(const Curves& curves);
// 169 samples, C4 at 44.1 kHz, 16-bit: a keygroup sample for an MPC, to be looped.
std::string single_cycle(const LfoShape& curve);

// The curve as it is, -1..1, for the time that one cycle lasts at this tempo; 32-bit float at 44.1 kHz.
std::string lfo_wav(const LfoShape& curve, double tempo_bpm);

struct ControlVoltage {
  double volts = 5;        // what the curve's 1 is to become
  double full_scale = 10;  // what the interface makes of a sample of 1
  int rate = 48000;
};
// The curve over `length` ticks for a DC-coupled output: 32-bit float, not filtered, not normalised.
std::string control_voltage_wav(const LfoShape& curve, double tempo_bpm, Tick length,
                                const ControlVoltage& options);

}  // namespace doodled
