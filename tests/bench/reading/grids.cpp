#include <cmath>
#include <cstdio>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {
namespace {

Line dense(cv::Point2d a, cv::Point2d b) {
  Line line;
  const int steps = std::max(1, cvRound(std::hypot(b.x - a.x, b.y - a.y) / 6));
  for (int i = 0; i <= steps; ++i) line.push_back(a + (b - a) * (double(i) / steps));
  return line;
}

enum class Mark { cross, spot, slash, ring, tick, scribble };

Line ring(cv::Point2d at, double radius) {
  Line line;
  for (int i = 0; i <= 16; ++i)
    line.push_back(at + cv::Point2d(radius * std::cos(i * 0.3927), radius * std::sin(i * 0.3927)));
  return line;
}

void put(Page& page, cv::Point2d at, double size, Mark mark, double pen, cv::Scalar ink) {
  const double s = size / 2;
  const auto line = [&](double x0, double y0, double x1, double y1) {
    page.draw(dense(at + cv::Point2d(x0 * s, y0 * s), at + cv::Point2d(x1 * s, y1 * s)), pen, 0.6, ink);
  };
  switch (mark) {
    case Mark::cross:
      line(-1, -1, 1, 1);
      return line(-1, 1, 1, -1);
    case Mark::spot:
      for (double r = 0.8 * s; r > 0; r -= pen / 2) page.draw(ring(at, r), pen, 0, ink);
      return;
    case Mark::slash:
      return line(-1, 1, 1, -1);
    case Mark::ring:
      return page.draw(ring(at, 0.8 * s), pen, 0.6, ink);
    case Mark::tick:
      line(-0.8, 0, -0.2, 0.7);
      return line(-0.2, 0.7, 1, -0.9);
    case Mark::scribble:
      for (int i = 0; i < 6; ++i) line(-1, -1 + i * 0.4, 1, -0.8 + i * 0.4);
  }
}

// A cell from line to line, as a felt pen fills it: now a little over them, now a little short of them.
void fill(Page& page, cv::Point2d at, cv::Size2d cell, cv::Scalar ink) {
  const double pen = 6, wide = cell.width / 2 + page.between(-3, 2),
               high = cell.height / 2 + page.between(-3, 2);
  for (double y = -high + pen / 2; y < high; y += pen / 2)
    page.draw(dense(at + cv::Point2d(pen / 2 - wide, y), at + cv::Point2d(wide - pen / 2, y)), pen, 0.6, ink);
}

struct Kind {
  const char* title;
  bool drawn, photographed;
  Paper paper;
  bool filled = false;  // whole cells
};

struct Tally {
  int right = 0, all = 0, pages = 0, found = 0;
};

using Steps = std::vector<std::vector<bool>>;  // [row from the top][column]

// Where the raster stands: lines are crooked, unevenly spaced and run over their ends or stop short of them.
struct Board {
  int rows = 8, columns = 16;
  double left = 90, top = 110, wide = 64, high = 66;
  cv::Point2d middle(int r, int c) const { return {left + (c + 0.5) * wide, top + (r + 0.5) * high}; }
};

void draw_lines(Page& page, const Board& raster, double pen, cv::Scalar ink) {
  const double uneven = 4, over = 7, tremor = page.between(0.5, 2.5);
  const auto off = [&](double size) { return page.between(-size, size); };
  const double right = raster.left + raster.columns * raster.wide,
               foot = raster.top + raster.rows * raster.high;
  for (int r = 0; r <= raster.rows; ++r) {
    const double y = raster.top + r * raster.high + off(uneven);
    page.draw(dense({raster.left - page.between(-1, over), y + off(uneven)},
                    {right + page.between(-1, over), y + off(uneven)}),
              pen, tremor, ink);
  }
  for (int c = 0; c <= raster.columns; ++c) {
    const double x = raster.left + c * raster.wide + off(uneven);
    page.draw(dense({x + off(uneven), raster.top - page.between(-1, over)},
                    {x + off(uneven), foot + page.between(-1, over)}),
              pen, tremor, ink);
  }
}

// Marks of one kind, or of several when the hand is careless.
Steps draw_marks(Page& page, const Board& raster, bool drawn, double pen, cv::Scalar ink) {
  Steps truth(static_cast<std::size_t>(raster.rows),
              std::vector<bool>(static_cast<std::size_t>(raster.columns)));
  const int kind = page.random().below(drawn ? 6 : 3);
  const bool mixed = drawn && page.random().below(4) == 0;
  for (int r = 0; r < raster.rows; ++r)
    for (int c = 0; c < raster.columns; ++c) {
      // A row without lines shows its length by its own marks only.
      const bool needed = !drawn && ((r == 0 && (c == 0 || c == raster.columns - 1)) || c == 0);
      if (page.random().below(10) >= (drawn ? 3 : 5) && !needed) continue;
      truth[std::size_t(r)][std::size_t(c)] = true;
      const cv::Point2d at = raster.middle(r, c) + cv::Point2d(page.between(-7, 7), page.between(-7, 7));
      put(page, at, page.between(20, 40), static_cast<Mark>(mixed ? page.random().below(6) : kind), pen, ink);
    }
  return truth;
}

// Whole cells, alone and side by side.
Steps fill_cells(Page& page, const Board& raster, cv::Scalar ink) {
  Steps truth(static_cast<std::size_t>(raster.rows),
              std::vector<bool>(static_cast<std::size_t>(raster.columns)));
  const int share = 1 + page.random().below(3);  // tenths
  for (int r = 0; r < raster.rows; ++r)
    for (int c = 0; c < raster.columns; ++c) {
      if (page.random().below(10) >= share) continue;
      truth[std::size_t(r)][std::size_t(c)] = true;
      fill(page, raster.middle(r, c), {raster.wide, raster.high}, ink);
    }
  return truth;
}

cv::Scalar any_ink(Page& page) {
  static const cv::Scalar inks[] = {{35, 33, 35}, {25, 45, 130}, {150, 30, 35}, {20, 95, 50}};
  return inks[page.random().below(4)];
}

cv::Scalar any_marker(Page& page) {
  static const cv::Scalar markers[] = {
      {30, 30, 30}, {200, 40, 40}, {40, 120, 60}, {250, 220, 60}, {255, 150, 190}};
  return markers[page.random().below(5)];
}

int cells_right(const Reading& reading, const Board& raster, const Steps& truth) {
  if (!reading.grid || reading.grid->rows != raster.rows || reading.grid->columns != raster.columns)
    return -1;
  int right = 0;
  for (int r = 0; r < raster.rows; ++r)
    for (int c = 0; c < raster.columns; ++c)
      right += (reading.grid->cells[std::size_t(raster.rows - 1 - r)][std::size_t(c)] >= 0.5) ==
               truth[std::size_t(r)][std::size_t(c)];
  return right;
}

int page_of_grid(std::uint64_t seed, const Kind& kind, Tally& tally, Raster& picture) {
  Page page(1250, 780, kind.paper, seed);
  Board raster;
  raster.rows = kind.drawn ? 8 : 1 + static_cast<int>(seed % 3);
  raster.wide = page.between(61, 66), raster.high = page.between(56, 68);
  const double pen = page.between(1.8, 4.5);
  if (kind.drawn) draw_lines(page, raster, pen, any_ink(page));
  const Steps truth = kind.filled ? fill_cells(page, raster, any_marker(page))
                                  : draw_marks(page, raster, kind.drawn, page.between(2, 5), any_ink(page));
  Shot shot;
  if (kind.photographed) shot = phone_shot(page, 8, page.between(0.2, 0.5));
  const int right = cells_right(see(picture = page.shoot(shot)), raster, truth);
  ++tally.pages;
  tally.all += raster.rows * raster.columns;
  tally.found += right >= 0;
  tally.right += std::max(0, right);
  return raster.rows * raster.columns - std::max(0, right);
}

void print(const Options& options, const Kind& kind) {
  Tally tally;
  for (int i = 0; i < std::max(1, options.pages / 4); ++i) {
    Raster picture;
    const int wrong =
        page_of_grid(options.seed * 300007 + static_cast<std::uint64_t>(i), kind, tally, picture);
    if (wrong > 0) keep_page(options, "grid-" + std::to_string(i) + "-" + kind.title, picture);
    if (options.failures && wrong > 0)
      std::printf("  grid page %d, %s: %d cells wrong\n", i, kind.title, wrong);
  }
  std::printf("  %-44s cells right %5.1f %%  grids found %d of %d\n", kind.title,
              100.0 * tally.right / tally.all, tally.found, tally.pages);
}

}  // namespace

void bench_grids(const Options& options) {
  std::printf("Step grids (a grid that is not found counts all its cells as wrong)\n");
  for (const Kind& kind : {Kind{"16x8 drawn with a pen, clean", true, false, Paper::plain},
                           Kind{"16x8, photographed: tilt, shadow, JPEG", true, true, Paper::plain},
                           Kind{"16x8 on ruled paper, photographed", true, true, Paper::ruled},
                           Kind{"16x8 on squared paper, photographed", true, true, Paper::squared},
                           Kind{"16x8, whole cells filled, clean", true, false, Paper::plain, true},
                           Kind{"16x8, whole cells filled, photographed", true, true, Paper::plain, true},
                           Kind{"1 to 3 rows of 16 marks without lines", false, false, Paper::plain},
                           Kind{"the same, photographed", false, true, Paper::plain}})
    print(options, kind);
}

}  // namespace doodled::bench
