#include "tests/bench/reading/winding_lines.hpp"

#include <algorithm>
#include <cmath>

#include "tests/bench/reading/hand_lines.hpp"

namespace doodled::bench {
namespace {

// Moved and scaled into -1..1.
Line fitted(Line line) {
  cv::Point2d least = line.front(), most = line.front();
  for (const auto& p : line) {
    least = {std::min(least.x, p.x), std::min(least.y, p.y)};
    most = {std::max(most.x, p.x), std::max(most.y, p.y)};
  }
  const double half = std::max(most.x - least.x, most.y - least.y) / 2;
  for (auto& p : line) p = (p - (least + most) * 0.5) * (1 / half);
  return line;
}

class Winder {
 public:
  explicit Winder(Random& random) : random_(random) {}

  Line swings() {
    const int swings = 2 + random_.below(8);
    const double high = between(0.12, 0.5), lean = between(-0.5, 0.5), uneven = between(0, 0.5),
                 power = between(0.7, 1.1);
    Line line;
    double at = 0;
    for (int s = 0; s < swings; ++s) {
      const double wide = between(1 - uneven, 1 + uneven),
                   tall = high * between(1 - uneven, 1 + uneven) * (s % 2 ? 1 : -1);
      for (int i = 0; i < 40; ++i) {
        const double t = i / 40.0, y = tall * std::pow(std::sin(pi * t), power);
        line.push_back({at + wide * t + lean * y / (2.0 / swings), y});
      }
      at += wide;
    }
    for (auto& p : line) p.x = 2 * p.x / at - 1;
    return rounded(dense(line), 0.03);
  }
  // A pen that goes round while the hand goes along.
  Line row_of_loops() {
    const int loops = 3 + random_.below(7);
    const double step = 2.0 / loops, wide = step * between(0.3, 0.9), high = between(0.12, 0.4),
                 uneven = between(0, 0.35), side = chance(0.5) ? 1 : -1, start = between(0, 2 * pi);
    Line line;
    double at = -1;
    for (int l = 0; l < loops; ++l) {
      const double forward = step * between(1 - uneven, 1 + uneven), size = between(1 - uneven, 1 + uneven);
      for (int i = 0; i < 40; ++i) {
        const double angle = start + side * 2 * pi * i / 40;
        line.push_back(
            {at + forward * i / 40 + wide * size * std::cos(angle), high * size * std::sin(angle)});
      }
      at += forward;
    }
    return rounded(line, 0.1);
  }
  // Long bends to one side and the other, that may cross themselves.
  Line wandering() {
    const int bends = 3 + random_.below(4);
    const double broad = between(0.9, 2.1), onward = between(0, 2 * pi);
    Line line{{0, 0}};
    for (int b = 0; b < bends; ++b) {
      const double reach = broad * between(0.7, 1.2) * (b % 2 ? 1 : -1), size = between(0.7, 1.3);
      for (int i = 0; i < 40; ++i)
        line.push_back(line.back() + polar(fine * size, onward + reach * std::cos(pi * i / 40.0)));
    }
    return fitted(line);
  }
  Line winding() {
    const double turns = between(1.9, 4.6), start = between(0, 2 * pi), first = between(0.05, 0.2);
    const double side = chance(0.5) ? 1 : -1, squash = between(0.65, 1),
                 slide = chance(0.25) ? between(0, 0.6) : 0;
    Line line;
    for (int i = 0; i <= 500; ++i) {
      const double t = i / 500.0, radius = first + (1 - first) * t + 0.02 * std::sin(9 * t + start);
      line.push_back(polar(radius, start + side * turns * 2 * pi * t));
      line.back().y = line.back().y * squash - slide * t;
    }
    return line;
  }
  // Round and round, nearer to the middle and further from it again.
  Line whirl() {
    const double turns = between(4, 9), squash = between(0.6, 1), pace = between(0.5, 1.5);
    Line line;
    for (int i = 0; i <= 800; ++i) {
      const double t = i / 800.0, radius = 0.3 + 0.65 * std::abs(std::cos(pi * (pace * t + 0.1)));
      line.push_back(polar(radius + 0.04 * std::sin(23 * t), turns * 2 * pi * t));
      line.back().y *= squash;
    }
    return line;
  }
  // A whirlwind from above: broad rounds, that become narrow and in the end a zigzag.
  Line funnel() {
    const double turns = between(4, 8), broad = between(0.5, 0.9), tip = between(0.05, 0.2),
                 flat = between(0.12, 0.3), sway = between(-0.15, 0.15), start = between(0, 2 * pi);
    Line line;
    for (int i = 0; i <= 600; ++i) {
      const double t = i / 600.0, wide = broad + (tip - broad) * t, angle = start + turns * 2 * pi * t;
      line.push_back({wide * std::cos(angle) + sway * std::sin(4 * t),
                      1.6 * t - 0.8 + flat * (1 - t) * std::sin(angle)});
    }
    return line;
  }

 private:
  double between(double least, double most) { return least + (most - least) * random_.unit(); }
  bool chance(double share) { return random_.unit() < share; }

  Random& random_;
};

}  // namespace

Line any_wave(Random& random) {
  const double kind = random.unit();
  Winder winder(random);
  return kind < 0.6 ? winder.swings() : kind < 0.8 ? winder.row_of_loops() : winder.wandering();
}

Line any_spiral(Random& random) {
  const double kind = random.unit();
  Winder winder(random);
  return kind < 0.65 ? winder.winding() : kind < 0.8 ? winder.whirl() : winder.funnel();
}

}  // namespace doodled::bench
