// Echo and reverberation of one track, stereo.
#pragma once
#include <array>
#include <vector>

namespace doodled::audition {

class DelayLine {
 public:
  explicit DelayLine(std::size_t length) : samples_(length) {}
  float read() const { return samples_[at_]; }
  void write(float sample) {
    samples_[at_] = sample;
    at_ = at_ + 1 < samples_.size() ? at_ + 1 : 0;
  }

 private:
  std::vector<float> samples_;
  std::size_t at_ = 0;
};

struct Stereo {
  float left = 0, right = 0;
};

// Repeats that cross from side to side; `time` in samples.
class Echo {
 public:
  explicit Echo(std::size_t time) : left_(time), right_(time) {}
  Stereo operator()(Stereo input);

 private:
  DelayLine left_, right_;
};

// Four combs with damped feedback and two all-passes a side.
// Source: Schroeder, "Natural sounding artificial reverberation", 1962, damped as Moorer, 1979.
class Reverb {
 public:
  Reverb();
  Stereo operator()(float input);

 private:
  struct Comb {
    DelayLine line;
    float damped = 0;
    float operator()(float input);
  };
  struct AllPass {
    DelayLine line;
    float operator()(float input);
  };
  struct Side {
    std::vector<Comb> combs;
    std::vector<AllPass> all_passes;
    float operator()(float input);
  };
  static Side side(std::size_t spread);

  Side left_, right_;
};

}  // namespace doodled::audition
