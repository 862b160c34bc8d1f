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

void mark(Page& page, cv::Point2d at, double size, int kind, double pen) {
  const double s = size / 2;
  if (kind == 0) {
    page.draw(dense(at + cv::Point2d(-s, -s), at + cv::Point2d(s, s)), pen);
    page.draw(dense(at + cv::Point2d(-s, s), at + cv::Point2d(s, -s)), pen);
  } else if (kind == 1) {
    for (double r = s; r > 0; r -= pen / 2) {
      Line ring;
      for (int i = 0; i <= 16; ++i)
        ring.push_back(at + cv::Point2d(r * std::cos(i * 0.3927), r * std::sin(i * 0.3927)));
      page.draw(ring, pen);
    }
  } else {
    page.draw(dense(at + cv::Point2d(-s, s), at + cv::Point2d(s, -s)), pen);
  }
}

struct Tally {
  int right = 0, all = 0, pages = 0, found = 0;
};

void page_of_grid(std::uint64_t seed, const Shot* base, Paper paper, bool drawn, Tally& tally) {
  const int rows = drawn ? 8 : 1 + static_cast<int>(seed % 3), columns = 16;
  Page page(1250, 800, paper, seed);
  const double pen = page.between(2, 4), left = 90, top = 130, wide = page.between(62, 66),
               high = page.between(58, 68);
  if (drawn) {
    for (int r = 0; r <= rows; ++r) {
      const double y = top + r * high + page.between(-3, 3);
      page.draw(dense({left - page.between(0, 6), y + page.between(-3, 3)},
                      {left + columns * wide + page.between(0, 6), y + page.between(-3, 3)}),
                pen, 1.5);
    }
    for (int c = 0; c <= columns; ++c) {
      const double x = left + c * wide + page.between(-3, 3);
      page.draw(dense({x + page.between(-3, 3), top - page.between(0, 6)},
                      {x + page.between(-3, 3), top + rows * high + page.between(0, 6)}),
                pen, 1.5);
    }
  }
  const int kind = page.random().below(3);
  std::vector<std::vector<bool>> truth(static_cast<std::size_t>(rows), std::vector<bool>(columns));
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      const bool edge = !drawn && (c == 0 || c == columns - 1) && r == 0;
      if (page.random().below(10) >= (drawn ? 3 : 5) && !edge && !(r > 0 && c == 0)) continue;
      truth[std::size_t(r)][std::size_t(c)] = true;
      mark(page,
           {left + (c + 0.5) * wide + page.between(-5, 5), top + (r + 0.5) * high + page.between(-5, 5)},
           page.between(22, 34), kind, pen);
    }
  Shot shot = base ? *base : Shot{};
  const Reading reading = see(page.shoot(shot));
  ++tally.pages;
  tally.all += rows * columns;
  if (!reading.grid || reading.grid->rows != rows || reading.grid->columns != columns) return;
  ++tally.found;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      tally.right += (reading.grid->cells[std::size_t(rows - 1 - r)][std::size_t(c)] > 0) ==
                     truth[std::size_t(r)][std::size_t(c)];
}

void print(const char* title, const Options& options, const Shot* shot, Paper paper, bool drawn) {
  Tally tally;
  const int pages = std::max(1, options.pages / 4);
  for (int i = 0; i < pages; ++i) {
    const int before = tally.right;
    page_of_grid(options.seed * 300007 + static_cast<std::uint64_t>(i), shot, paper, drawn, tally);
    if (options.failures && tally.right - before < 126 && drawn)
      std::printf("  grid page %d: %d cells right\n", i, tally.right - before);
  }
  std::printf("  %-44s cells right %5.1f %%  grids found %d of %d\n", title, 100.0 * tally.right / tally.all,
              tally.found, tally.pages);
}

}  // namespace

void bench_grids(const Options& options) {
  std::printf("Step grids (a grid that is not found counts all its cells as wrong)\n");
  Shot lit;
  lit.shadow = 0.4, lit.noise = 3, lit.rotation = 3, lit.keystone = 4, lit.desk = 0.1, lit.warm = true;
  print("16x8 drawn with a pen, clean", options, nullptr, Paper::plain, true);
  print("16x8 drawn with a pen, photographed", options, &lit, Paper::plain, true);
  print("16x8 drawn on squared paper", options, nullptr, Paper::squared, true);
  print("rows of 16 marks without lines", options, nullptr, Paper::plain, false);
}

}  // namespace doodled::bench
