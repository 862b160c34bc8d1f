#include "tests/bench/reading/loosen.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::bench {
namespace {

constexpr double pi = 3.14159265358979;

class Loosener {
 public:
  Loosener(double size, Random& random) : size_(size), random_(random) {}

  void run(Sketch& sketch) {
    askew(sketch);
    for (Line& line : sketch.strokes) {
      if (line.size() < 8) continue;
      if (chance(0.35)) change_end(line);
      if (chance(0.5)) std::reverse(line.begin(), line.end());
      if (chance(0.35)) change_end(line);
      if (chance(0.4)) hurry(line);
      if (chance(0.6)) shake(line);
      if (sketch.strokes.size() > 1 && chance(0.4)) move(line);
    }
    if (chance(0.12)) go_over(sketch);
  }

 private:
  double between(double least, double most) { return least + (most - least) * random_.unit(); }
  bool chance(double share) { return random_.unit() < share * size_; }

  // Aspect, slant, perspective and a bow of the whole.
  void askew(Sketch& sketch) {
    const double aspect = std::exp(size_ * between(-0.35, 0.35)), slant = size_ * between(-0.25, 0.25),
                 near_x = size_ * between(-0.2, 0.2), near_y = size_ * between(-0.2, 0.2),
                 bow_x = size_ * between(-0.08, 0.08), bow_y = size_ * between(-0.08, 0.08);
    for (Line& line : sketch.strokes)
      for (auto& p : line) {
        const double far = 1 / (1 + near_x * p.x + near_y * p.y);
        p = cv::Point2d((p.x * aspect + slant * p.y + bow_x * p.y * p.y) * far,
                        (p.y / aspect + bow_y * p.x * p.x) * far);
      }
  }
  // An end is cut off, led on, or curls back.
  void change_end(Line& line) {
    const double kind = random_.unit();
    if (kind < 0.45) {
      line.resize(line.size() - static_cast<std::size_t>(between(0, 0.12 * size_) * double(line.size())));
    } else if (kind < 0.75) {
      lead_on(line, between(0, 0.2), 0);
    } else {
      lead_on(line, between(0.05, 0.2), (random_.below(2) ? 1 : -1) * between(1, 3.5));
    }
  }
  void lead_on(Line& line, double length, double turn) {
    const cv::Point2d way = line.back() - line[line.size() - 5];
    const double start = std::atan2(way.y, way.x);
    const int steps = std::max(2, static_cast<int>(length / 0.02));
    for (int i = 1; i <= steps; ++i) {
      const double angle = start + turn * i / steps;
      line.push_back(line.back() + cv::Point2d(std::cos(angle), std::sin(angle)) * (length / steps));
    }
  }
  // A fast pen cuts corners, more in the middle of its way.
  void hurry(Line& line) {
    const int count = static_cast<int>(line.size());
    const double reach = between(1, 6) * size_, slow = between(0, 2 * pi);
    const Line before = line;
    for (int i = 0; i < count; ++i) {
      const int r =
          std::min({static_cast<int>(reach * (1 + std::sin(slow + 6.0 * i / count))), i, count - 1 - i});
      cv::Point2d sum;
      for (int k = i - r; k <= i + r; ++k) sum += before[std::size_t(k)];
      line[std::size_t(i)] = sum * (1.0 / (2 * r + 1));
    }
  }
  void shake(Line& line) {
    const double slow = 0.035 * size_ * random_.unit(), fast = 0.012 * size_ * random_.unit(),
                 long_wave = between(0.03, 0.1), short_wave = between(0.3, 0.8);
    const double a = between(0, 2 * pi), b = between(0, 2 * pi), c = between(0, 2 * pi),
                 d = between(0, 2 * pi);
    for (std::size_t i = 0; i < line.size(); ++i) {
      const double t = static_cast<double>(i);
      line[i] += cv::Point2d(slow * std::sin(long_wave * t + a) + fast * std::sin(short_wave * t + b),
                             slow * std::sin(long_wave * t + c) + fast * std::sin(short_wave * t + d));
    }
  }
  void move(Line& line) {
    const cv::Point2d by(size_ * between(-0.07, 0.07), size_ * between(-0.07, 0.07));
    for (auto& p : line) p += by;
  }
  // Part of a line drawn again beside itself.
  void go_over(Sketch& sketch) {
    const Line& line = sketch.strokes[std::size_t(random_.below(int(sketch.strokes.size())))];
    if (line.size() < 20) return;
    const auto first = static_cast<long>(between(0, 0.5) * double(line.size()));
    Line again(line.begin() + first, line.begin() + first + static_cast<long>(line.size() / 3));
    const cv::Point2d by(between(-0.03, 0.03), between(-0.03, 0.03));
    for (auto& p : again) p += by;
    sketch.strokes.push_back(std::move(again));
  }

  double size_;
  Random& random_;
};

}  // namespace

Sketch loosen(Sketch sketch, double size, Random& random) {
  Loosener(size, random).run(sketch);
  return sketch;
}

}  // namespace doodled::bench
