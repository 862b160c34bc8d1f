// Attack in a straight line, decay and release towards their ends by the same share of the way each sample.
#pragma once
#include <algorithm>
#include <cmath>

namespace doodled::audition {

// What one sample moves.
struct EnvelopeRates {
  EnvelopeRates(double attack_ms, double decay_ms, double sustain_level, double release_ms, double rate)
      : attack(1 / samples(attack_ms, rate)),
        decay(share(decay_ms, rate)),
        sustain(sustain_level),
        release(share(release_ms, rate)) {}

  double attack, decay, sustain, release;

 private:
  static double samples(double ms, double rate) { return std::max(1.0, ms * rate / 1000); }
  // After the time 99 per cent of the way are done.
  static double share(double ms, double rate) { return 1 - std::exp(-4.6 / samples(ms, rate)); }
};

class AdsrEnvelope {
 public:
  void release() { stage_ = Stage::release; }
  bool is_over() const { return stage_ == Stage::release && level_ < 1e-4; }
  double level() const { return level_; }

  double next(const EnvelopeRates& rates) {
    if (stage_ == Stage::attack) {
      level_ += rates.attack;
      if (level_ >= 1) level_ = 1, stage_ = Stage::decay;
    } else if (stage_ == Stage::decay) {
      level_ += (rates.sustain - level_) * rates.decay;
    } else {
      level_ -= level_ * rates.release;
    }
    return level_;
  }

 private:
  enum class Stage { attack, decay, release };
  Stage stage_ = Stage::attack;
  double level_ = 0;
};

}  // namespace doodled::audition
