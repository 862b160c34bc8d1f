#include <cmath>
#include <cstdio>
#include <set>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {
namespace {

constexpr double pi = 3.14159265358979;

struct Thing {
  cv::Point2d at;
  double radius = 0;
};

Line ring(const Thing& thing, int kind) {
  Line line;
  const int corners = kind == 0 ? 48 : kind == 1 ? 4 : 3;
  for (int i = 0; i <= corners; ++i) {
    const double angle = 2 * pi * i / corners + (kind == 1 ? pi / 4 : kind == 2 ? -pi / 2 : 0);
    line.push_back(
        {thing.at.x + thing.radius * std::cos(angle), thing.at.y + thing.radius * std::sin(angle)});
  }
  return line;
}

// Lines with points every few pixels, so that tremor bends them.
Line dense(const Line& corners) {
  Line line;
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
    const cv::Point2d way = corners[i + 1] - corners[i];
    const int steps = std::max(1, cvRound(std::hypot(way.x, way.y) / 5));
    for (int k = 0; k < steps; ++k) line.push_back(corners[i] + way * (double(k) / steps));
  }
  line.push_back(corners.back());
  return line;
}

enum class Head { barbs, outlined, painted };

struct Style {
  const char* name;
  Head head = Head::barbs;
  double nearest = 2, farthest = 16;  // pixels from an arrow's ends to what it joins
  bool photographed = false;
};
constexpr Style styles[] = {{"clean page"},
                            {"shadow, noise, lamp light", Head::barbs, 2, 16, true},
                            {"heads are triangles", Head::outlined},
                            {"the same, shadow, noise, lamp light", Head::outlined, 2, 16, true},
                            {"heads are painted", Head::painted},
                            {"the same, shadow, noise, lamp light", Head::painted, 2, 16, true},
                            {"arrows touch what they join", Head::barbs, 0, 0},
                            {"the same, shadow, noise, lamp light", Head::barbs, 0, 0, true}};

// To and fro between its sides, as a hand paints it.
void paint(Page& page, cv::Point2d tip, const cv::Point2d (&corners)[2], double pen) {
  Line line;
  constexpr int strokes = 16;
  for (int i = 0; i <= strokes; ++i) line.push_back(tip + (corners[i % 2] - tip) * (double(i) / strokes));
  page.draw(dense(line), pen, 0.4);
}

void draw_head(Page& page, Head head, cv::Point2d tip, double back, double size, double pen) {
  cv::Point2d corners[2];
  for (int i = 0; i < 2; ++i) {
    const double angle = back + (i ? -1 : 1) * page.between(0.4, 0.75);
    corners[i] = tip + cv::Point2d(std::cos(angle), std::sin(angle)) * size * page.between(0.85, 1.15);
    page.draw(dense({tip, corners[i]}), pen, 0.4);
  }
  if (head != Head::barbs) page.draw(dense({corners[0], corners[1]}), pen, 0.4);
  if (head == Head::painted) paint(page, tip, corners, pen);
}

void draw_arrow(Page& page, Head head_style, cv::Point2d tail, cv::Point2d head, double pen) {
  const cv::Point2d way = head - tail;
  const double length = std::hypot(way.x, way.y), angle = std::atan2(way.y, way.x);
  const double bend = page.between(-0.12, 0.12) * length;
  Line shaft;
  for (int i = 0; i <= 30; ++i) {
    const double t = i / 30.0, off = bend * 4 * t * (1 - t);
    shaft.push_back(tail + way * t + cv::Point2d(-way.y, way.x) * (off / length));
  }
  const double last = std::atan2(shaft[30].y - shaft[27].y, shaft[30].x - shaft[27].x);
  const double along = (std::abs(angle - last) < 3 ? last : angle) + pi;
  const auto head_size = [&] { return page.between(0.1, 0.16) * 160 + 2 * pen; };
  const double outlined = head_style == Head::outlined ? head_size() : 0;
  while (std::hypot(head.x - shaft.back().x, head.y - shaft.back().y) < 0.8 * outlined)
    shaft.pop_back();  // it ends at the broad side
  page.draw(shaft, pen, 0.8);
  draw_head(page, head_style, head, along, outlined > 0 ? outlined : head_size(), pen);
}

struct Count {
  int right = 0, said = 0, true_ones = 0;
  double precision() const { return said ? double(right) / said : 0; }
  double recall() const { return true_ones ? double(right) / true_ones : 0; }
  double f1() const { return right ? 2 * precision() * recall() / (precision() + recall()) : 0; }
};

int thing_of(const Reading& reading, int shape, const std::vector<Thing>& things, const Raster& raster) {
  if (shape < 0) return -1;
  const Point centre = reading.shapes[static_cast<std::size_t>(shape)].box.centre();
  for (std::size_t i = 0; i < things.size(); ++i)
    if (std::hypot(centre.x * raster.width - things[i].at.x, centre.y * raster.height - things[i].at.y) <
        things[i].radius * 0.6)
      return static_cast<int>(i);
  return -1;
}

// Six figures on a loose 3x2 raster, three to five arrows between them. The pages are shot straight from
// above: truth and reading share their places.
void page_of_arrows(std::uint64_t seed, const Style& style, Count& count, Raster& raster) {
  Page page(1200, 850, Paper::plain, seed);
  const double pen = page.between(2.5, 5);
  std::vector<Thing> things;
  for (int i = 0; i < 6; ++i) {
    things.push_back(
        {{200 + 400.0 * (i % 3) + page.between(-40, 40), 220 + 410.0 * (i / 3) + page.between(-40, 40)},
         page.between(55, 95)});
    page.draw(dense(ring(things.back(), page.random().below(3))), pen, 1.5);
  }
  // Pairs of neighbours: their arrows cross nothing else.
  const std::pair<int, int> pairs[] = {{0, 1}, {1, 2}, {3, 4}, {4, 5}, {0, 3}, {1, 4}, {2, 5}};
  std::set<std::pair<int, int>> truth;
  for (auto [a, b] : pairs) {
    if (page.random().below(10) < 4) continue;
    if (page.random().below(2)) std::swap(a, b);
    const cv::Point2d from = things[std::size_t(a)].at, to = things[std::size_t(b)].at,
                      way = (to - from) / std::hypot(to.x - from.x, to.y - from.y);
    const auto off = [&](int thing) {
      return things[std::size_t(thing)].radius + page.between(style.nearest, style.farthest);
    };
    draw_arrow(page, style.head, from + way * off(a), to - way * off(b), pen);
    truth.insert({a, b});
  }
  Shot shot;
  if (style.photographed) shot.shadow = 0.5, shot.noise = 3, shot.warm = true;
  raster = page.shoot(shot);
  const Reading reading = see(raster);
  std::set<std::pair<int, int>> seen;
  for (const Arrow& arrow : reading.arrows) {
    ++count.said;
    const std::pair<int, int> pair{thing_of(reading, arrow.from, things, raster),
                                   thing_of(reading, arrow.to, things, raster)};
    if (truth.contains(pair) && seen.insert(pair).second) ++count.right;
  }
  count.true_ones += static_cast<int>(truth.size());
}

}  // namespace

void bench_arrows(const Options& options) {
  std::printf("Arrows with the right source and destination\n");
  for (const Style& style : styles) {
    Count count;
    for (int i = 0; i < options.pages; ++i) {
      const int before = count.true_ones - count.right;
      Raster raster;
      page_of_arrows(options.seed * 200003 + static_cast<std::uint64_t>(i), style, count, raster);
      const int missed = count.true_ones - count.right - before;
      if (missed == 0) continue;
      keep_page(options, "arrows-" + std::to_string(&style - styles) + "-" + std::to_string(i), raster);
      if (options.failures) std::printf("  %s, page %d: %d missed\n", style.name, i, missed);
    }
    std::printf("  %-44s precision %.3f  recall %.3f  F1 %.3f\n", style.name, count.precision(),
                count.recall(), count.f1());
  }
}

}  // namespace doodled::bench
