#include "tests/bench/reading/hand.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tests/bench/reading/hand_lines.hpp"
#include "tests/bench/reading/winding_lines.hpp"

namespace doodled::bench {
namespace {

class Hand {
 public:
  explicit Hand(Random& random) : random_(random) {}

  Sketch draw(ShapeClass shape_class) {
    using enum ShapeClass;
    Sketch result{shape_class, {}, false};
    strokes_ = &result.strokes;
    switch (shape_class) {
      case circle:
        ring(between(0.9, 1.1));
        break;
      case ellipse:
        ring(between(0.4, 0.7));
        break;
      case triangle:
        triangle_();
        break;
      case square:
        box(between(0.9, 1.1), 0);
        break;
      case rectangle:
        box(between(0.35, 0.72), 0);
        break;
      case diamond:
        diamond_();
        break;
      case polygon:
        regular(5 + random_.below(4));
        break;
      case star:
        star_();
        break;
      case line:
        stroke({{-1, between(-0.1, 0.1)}, {1, between(-0.1, 0.1)}}, 0);
        break;
      case arc:
        arc_();
        break;
      case wave:
        strokes_->push_back(any_wave(random_));
        break;
      case zigzag:
        zigzag_();
        break;
      case staircase:
        stairs();
        break;
      case spiral:
        strokes_->push_back(any_spiral(random_));
        break;
      case arrow:
        arrow_();
        break;
      case hatching:
        hatch();
        break;
      default:
        break;
    }
    lean(result, shape_class);
    if (chance(0.3)) thin_out(result);
    return result;
  }

 private:
  double between(double least, double most) { return least + (most - least) * random_.unit(); }
  bool chance(double share) { return random_.unit() < share; }
  cv::Point2d jitter(double size) { return {between(-size, size), between(-size, size)}; }

  void stroke(const Line& corners, double corner_radius) {
    strokes_->push_back(rounded(dense(corners), corner_radius));
  }
  // A closed outline through corners: in one go, in two, or side by side.
  void outline(Line corners, double slack) {
    if (chance(0.1)) return apart(corners);
    std::rotate(corners.begin(), corners.begin() + random_.below(static_cast<int>(corners.size())),
                corners.end());
    if (chance(0.5)) std::reverse(corners.begin(), corners.end());
    const double radius = chance(0.6) ? between(0, 0.1) : 0;
    const std::size_t n = corners.size();
    if (chance(0.55)) {
      corners.push_back(past(corners[0], corners[n - 1], slack));
      return stroke(corners, radius);
    }
    if (chance(0.4)) {
      const std::size_t half = 1 + static_cast<std::size_t>(random_.below(static_cast<int>(n) - 1));
      Line second(corners.begin() + static_cast<long>(half), corners.end());
      second.push_back(corners[0] + jitter(slack / 2));
      corners.resize(half + 1);
      second.front() += jitter(slack / 2);
      stroke(corners, radius);
      return stroke(second, radius);
    }
    for (std::size_t i = 0; i < n; ++i)
      stroke({past(corners[i], corners[(i + 1) % n], slack / 2),
              past(corners[(i + 1) % n], corners[i], slack / 2)},
             0);
  }
  // Sides that do not reach each other.
  void apart(const Line& corners) {
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const cv::Point2d way = corners[(i + 1) % corners.size()] - corners[i];
      stroke({corners[i] + way * between(0.03, 0.2) + jitter(0.05),
              corners[i] + way * between(0.8, 0.97) + jitter(0.05)},
             0);
    }
  }
  // A point near `end` on the way from `start`: too far or not far enough, and a little beside it.
  cv::Point2d past(cv::Point2d end, cv::Point2d start, double slack) {
    const cv::Point2d way = end - start;
    const double length = std::max(1e-6, std::hypot(way.x, way.y));
    return end + way * (between(-slack, slack) / length) + jitter(slack / 3);
  }

  // Round and round once, from anywhere, ending beside its start.
  void ring(double aspect) {
    const double start = between(0, 2 * pi),
                 way = (chance(0.5) ? 1 : -1) * 2 * pi * between(0.94, chance(0.3) ? 1.35 : 1.06);
    const double drift = between(-0.08, 0.08), lobe = between(0, 0.05), phase = between(0, 2 * pi);
    Line line;
    for (int i = 0; i <= 160; ++i) {
      const double t = i / 160.0, angle = start + way * t;
      line.push_back(polar(1 + drift * t + lobe * std::sin(2 * angle + phase), angle));
      line.back().y *= aspect;
    }
    strokes_->push_back(line);
  }
  void triangle_() {
    Line corners;
    for (int i = 0; i < 3; ++i) corners.push_back(polar(1, 2 * pi * i / 3 - pi / 2) + jitter(0.28));
    outline(corners, 0.14);
  }
  void box(double high, double angle) {
    Line corners{{-1, -high}, {1, -high}, {1, high}, {-1, high}};
    for (auto& c : corners)
      c = cv::Point2d(c.x * std::cos(angle) - c.y * std::sin(angle),
                      c.x * std::sin(angle) + c.y * std::cos(angle)) +
          jitter(0.06);
    outline(corners, 0.14);
  }
  void diamond_() {
    const double wide = between(0.7, 1);
    Line corners{{0, -1}, {wide, 0}, {0, 1}, {-wide, 0}};
    for (auto& c : corners) c += jitter(0.06);
    outline(corners, 0.13);
  }
  void regular(int sides) {
    Line corners;
    const double turn = between(0, 2 * pi);
    for (int i = 0; i < sides; ++i)
      corners.push_back(polar(1, turn + 2 * pi * (i + between(-0.1, 0.1)) / sides));
    outline(corners, 0.1);
  }
  void star_() {
    const double turn = between(-0.2, 0.2) - pi / 2;
    if (chance(0.2)) {
      const int lines = 3 + random_.below(2);
      for (int i = 0; i < lines; ++i)
        stroke({polar(between(0.8, 1), turn + pi * i / lines),
                polar(between(0.8, 1), turn + pi + pi * i / lines)},
               0);
      return;
    }
    if (chance(0.6)) {
      Line tips;
      for (int i = 0; i < 5; ++i) tips.push_back(polar(1, turn + 4 * pi * i / 5) + jitter(0.1));
      tips.push_back(past(tips[0], tips[4], 0.15));
      return stroke(tips, chance(0.4) ? between(0, 0.05) : 0);
    }
    const int tips = 5 + random_.below(2);
    const double inner = between(0.35, 0.5);
    Line corners;
    for (int i = 0; i < 2 * tips; ++i)
      corners.push_back(polar(i % 2 ? inner : 1, turn + pi * i / tips) + jitter(0.06));
    corners.push_back(past(corners[0], corners.back(), 0.1));
    stroke(corners, 0);
  }
  void arc_() {
    const double way = between(0.35, 1.1) * pi, start = -pi / 2 - way / 2, flat = between(0.7, 1);
    Line line;
    for (int i = 0; i <= 100; ++i) {
      line.push_back(polar(1, start + way * i / 100));
      line.back().y *= flat;
    }
    strokes_->push_back(line);
  }
  void zigzag_() {
    const int legs = 3 + random_.below(9);
    const double high = between(0.12, 0.6);
    Line tips;
    for (int i = 0; i <= legs; ++i)
      tips.push_back(
          {2.0 * i / legs - 1 + between(-0.25, 0.25) / legs, high * (i % 2 ? 1 : -1) * between(0.7, 1.2)});
    stroke(tips, chance(0.5) ? between(0, 0.12) / legs : 0);
  }
  void stairs() {
    const int steps = 2 + random_.below(6);
    const double deep = 2.0 / steps;
    const double up = chance(0.5) ? -1 : 1;
    Line corners{{-1, -up * 0.8}};
    bool rise = chance(0.5);
    for (int i = 0; i < 2 * steps; ++i, rise = !rise) {
      const double size = deep * between(0.75, 1.2);
      corners.push_back(corners.back() + (rise ? cv::Point2d(between(-0.06, 0.06) * deep, up * size * 0.9)
                                               : cv::Point2d(size, between(-0.06, 0.06) * deep)));
    }
    stroke(corners, chance(0.5) ? between(0, 0.1) * deep : 0);
  }
  void arrow_() {
    Line shaft;
    const double bend = between(-0.2, 0.2), size = between(0.25, 0.5), open = between(0.4, 0.8);
    for (int i = 0; i <= 50; ++i) shaft.push_back({i / 25.0 - 1, bend * (1 - std::pow(i / 25.0 - 1, 2))});
    const cv::Point2d tip = shaft.back() + jitter(0.03);
    const double back = std::atan2(shaft[44].y - tip.y, shaft[44].x - tip.x);
    const cv::Point2d first = tip + polar(size, back + open), second = tip + polar(size, back - open);
    if (chance(0.3)) {
      shaft.insert(shaft.end(), {tip, first, tip, second});
      return stroke(shaft, 0);
    }
    stroke(shaft, 0);
    if (chance(0.5)) return stroke({first, tip, second}, 0);
    stroke({first, tip}, 0);
    stroke({second, tip + jitter(0.03)}, 0);
  }
  // Lines side by side, or one line that goes there and back.
  void hatch() {
    const int lines = 7 + random_.below(9);
    const double high = between(0.5, 1), slant = between(-0.4, 0.4);
    Line scribble;
    for (int i = 0; i < lines; ++i) {
      const double x = 2.0 * i / (lines - 1) - 1 + between(-0.2, 0.2) / lines;
      const cv::Point2d top(x + slant, -high * between(0.85, 1)), bottom(x - slant, high * between(0.85, 1));
      scribble.push_back(i % 2 ? top : bottom);
      scribble.push_back(i % 2 ? bottom : top);
    }
    if (chance(0.4)) return stroke(scribble, chance(0.5) ? 0.03 : 0);
    for (std::size_t i = 0; i + 1 < scribble.size(); i += 2) stroke({scribble[i], scribble[i + 1]}, 0);
  }

  // As pages in a browser and many collections keep strokes: few points, joined by straight lines.
  void thin_out(Sketch& sketch) {
    const double tolerance = between(0.008, 0.02);
    for (Line& line : sketch.strokes) {
      std::vector<cv::Point2f> path(line.begin(), line.end()), few;
      cv::approxPolyDP(path, few, tolerance, false);
      line = dense(Line(few.begin(), few.end()));
    }
  }

  // How the whole leans and bends: figures that stand (a square is no diamond) only a little.
  void lean(Sketch& sketch, ShapeClass shape_class) {
    using enum ShapeClass;
    const bool any = shape_class == line || shape_class == arc || shape_class == spiral ||
                     shape_class == arrow || shape_class == ellipse || shape_class == triangle;
    const double turn = any ? between(0, 2 * pi) : between(-0.17, 0.17);
    const double shear = between(-0.08, 0.08), wide = between(0.95, 1.05), bow_x = between(-0.03, 0.03),
                 bow_y = between(-0.03, 0.03);
    for (Line& line : sketch.strokes)
      for (auto& p : line) {
        const cv::Point2d q(wide * p.x + shear * p.y + bow_x * p.y * p.y, p.y + bow_y * p.x * p.x);
        p = {q.x * std::cos(turn) - q.y * std::sin(turn), q.x * std::sin(turn) + q.y * std::cos(turn)};
      }
  }

  Random& random_;
  std::vector<Line>* strokes_ = nullptr;
};

}  // namespace

Sketch sketch(ShapeClass shape_class, Random& random) { return Hand(random).draw(shape_class); }

const std::vector<ShapeClass>& drawn_classes() {
  using enum ShapeClass;
  static const std::vector<ShapeClass> classes = {circle,    ellipse, triangle, square,  rectangle, diamond,
                                                  polygon,   star,    line,     arc,     wave,      zigzag,
                                                  staircase, spiral,  arrow,    hatching};
  return classes;
}

void put_down(const Sketch& sketch, Page& page, cv::Point2d at, cv::Point2d size, double pen,
              cv::Scalar colour) {
  const double tremor = page.between(0, 0.012) * std::max(size.x, size.y);
  for (const Line& stroke : sketch.strokes) {
    Line placed;
    for (const auto& p : stroke) placed.push_back({at.x + size.x * p.x, at.y + size.y * p.y});
    page.draw(placed, pen, tremor, colour);
  }
}

}  // namespace doodled::bench
