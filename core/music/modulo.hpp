// Remainders that are never negative.
#pragma once

namespace doodled {

constexpr int positive_mod(int value, int modulus) { return ((value % modulus) + modulus) % modulus; }

// 0 = C .. 11 = B, of a pitch or of any distance in semitones.
constexpr int pitch_class(int semitones) { return positive_mod(semitones, 12); }

}  // namespace doodled
