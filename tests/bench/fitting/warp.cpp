#include "tests/bench/fitting/warp.hpp"

#include <array>
#include <cmath>

namespace doodled::bench {
namespace {

using sight::Path;

class Warp {
 public:
  explicit Warp(Random& random) : random_(random) {
    const double turn = between(-0.15, 0.15), slant = between(-0.15, 0.15),
                 stretch = std::exp(between(-0.25, 0.25)), side = random.below(2) ? 1 : -1;
    const cv::Matx22d turned(std::cos(turn), -std::sin(turn), std::sin(turn), std::cos(turn)),
        stretched(side * stretch, slant, 0, 1 / stretch);
    way_ = turned * stretched;
    for (Bend& bend : bends_) {
      const double angle = between(0, 2 * CV_PI), waves = between(0.5, 2.2) * CV_PI;
      bend = {{waves * std::cos(angle), waves * std::sin(angle)},
              between(0, 2 * CV_PI),
              cv::Vec2d(between(-1, 1), between(-1, 1)) * (0.1 / waves)};
    }
  }
  cv::Point2d operator()(cv::Point2d p) const {
    cv::Vec2d at = way_ * cv::Vec2d(p.x, p.y);
    const cv::Vec2d before = at;
    for (const Bend& bend : bends_) at += bend.by * std::sin(bend.waves.dot(before) + bend.phase);
    return {at[0], at[1]};
  }

 private:
  struct Bend {
    cv::Vec2d waves;
    double phase = 0;
    cv::Vec2d by;
  };
  double between(double least, double most) { return least + (most - least) * random_.unit(); }

  Random& random_;
  cv::Matx22d way_;
  std::array<Bend, 3> bends_;
};

double between(double least, double most, Random& random) { return least + (most - least) * random.unit(); }

void cut_end(Path& line, Random& random) {
  if (line.size() < 6) return;
  line.resize(line.size() - std::size_t(between(0, 0.2, random) * double(line.size())));
}

void shake(Path& line, double reach, Random& random) {
  const double a = between(0, 6.3, random), b = between(0, 6.3, random), pace = between(0.1, 0.6, random);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double t = pace * double(i);
    line[i] += cv::Point2f(float(reach * std::sin(t + a)), float(reach * std::sin(t + b)));
  }
}

Path again(Path line, double reach, Random& random) {
  const cv::Point2f by(float(between(-reach, reach, random)), float(between(-reach, reach, random)));
  for (auto& p : line) p += by;
  return line;
}

Path denser(const Path& line, float step) {
  const double length = sight::length_of(line);
  return sight::resample(line, std::max(2, static_cast<int>(length / step)));
}

}  // namespace

std::vector<Path> warped(const std::vector<Path>& lines, float reach, Random& random) {
  const Warp warp(random);
  const bool unsteady = random.below(3) == 0;
  std::vector<Path> result;
  for (const Path& line : lines) {
    Path bent = denser(line, reach / 20);
    for (auto& p : bent) {
      const cv::Point2d at = warp(cv::Point2d(p) * (1.0 / reach)) * double(reach);
      p = cv::Point2f(at);
    }
    if (unsteady) shake(bent, reach * 0.02, random);
    if (random.below(4) == 0) cut_end(bent, random);
    result.push_back(std::move(bent));
  }
  if (random.below(12) == 0)
    result.push_back(again(result[std::size_t(random.below(int(result.size())))], reach * 0.06, random));
  return result;
}

}  // namespace doodled::bench
