// Microtuning: what a key of the keyboard sounds like. A tuning is data of the session; scala.hpp reads it
// from a file.
#pragma once
#include <string>
#include <vector>

namespace doodled {

struct Tuning {
  std::string name;
  // Cents above the root of the degrees 1, 2, ..., n; the last one is the interval of repetition, usually
  // 1200. 1..1024 values, each -12000..12000, the last one above 0.
  std::vector<double> cents;
  int root = 60;  // 0..127: the key of degree 0, which keeps its pitch of equal temperament
  bool operator==(const Tuning&) const = default;
};

// In equal-tempered semitones, counted like MIDI notes: 60.5 is a quarter tone above middle C. One key is one
// degree.
double tuned_pitch(const Tuning& tuning, int key);

}  // namespace doodled
