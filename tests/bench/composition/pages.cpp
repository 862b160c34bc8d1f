#include "tests/bench/composition/pages.hpp"

#include <array>
#include <cmath>

namespace doodled::bench {
namespace {

constexpr double full_turn = 6.283185307179586;

struct Place {
  double x, y, size;
};

Line ring(const Place& at, double flatness = 1) {
  Line line;
  for (int i = 0; i <= 60; ++i)
    line.push_back({at.x + at.size * std::cos(i * full_turn / 60),
                    at.y + at.size * flatness * std::sin(i * full_turn / 60)});
  return line;
}

Line figure(const Place& at, int corners, double turn) {
  Line line;
  for (int side = 0; side < corners; ++side)
    for (int i = 0; i <= 20; ++i) {
      const auto corner = [&](int k) {
        const double angle = turn + k * full_turn / corners;
        return cv::Point2d(at.x + at.size * std::cos(angle), at.y + at.size * std::sin(angle));
      };
      line.push_back(corner(side) + (corner(side + 1) - corner(side)) * (i / 20.0));
    }
  return line;
}

Line triangle(const Place& at) { return figure(at, 3, -full_turn / 4); }
Line square(const Place& at) { return figure(at, 4, full_turn / 8); }

Line wave(double x, double y, double width, double height, double swings, double drop) {
  Line line;
  for (int i = 0; i <= 300; ++i)
    line.push_back(
        {x + width * i / 300, y + drop * i / 300 - height * std::sin(i / 300.0 * swings * full_turn)});
  return line;
}

void arrow(Page& page, cv::Point2d from, cv::Point2d to, double pen) {
  const cv::Point2d way = (to - from) / cv::norm(to - from), side(-way.y, way.x);
  page.draw({from, to}, pen);
  page.draw({to - way * 34.0 + side * 18.0, to, to - way * 34.0 - side * 18.0}, pen);
}

void any_figure(Page& page, const Place& at, double pen) {
  const int kind = page.random().below(4);
  page.draw(kind == 0 ? ring(at) : kind == 1 ? triangle(at) : kind == 2 ? square(at) : ring(at, 0.6), pen, 2);
}

void line_over_figures(Page& page, double pen) {
  page.draw(wave(120, page.between(560, 660), 900, page.between(50, 110), page.between(1, 4),
                 page.between(-60, 60)),
            pen, 2);
  any_figure(page, {page.between(250, 350), page.between(200, 300), page.between(70, 130)}, pen);
  any_figure(page, {page.between(750, 900), page.between(200, 300), page.between(70, 130)}, pen);
}

void modules(Page& page, double pen) {
  const double y = page.between(500, 600);
  page.draw(wave(100, y, 300, page.between(40, 80), page.between(1.5, 3), 0), pen, 1.5);
  const Place target{page.between(800, 950), page.between(220, 320), page.between(80, 120)};
  any_figure(page, target, pen);
  any_figure(page, {page.between(220, 320), page.between(180, 260), page.between(60, 100)}, pen);
  arrow(page, {430, y - 10}, {target.x - target.size - 25, target.y + target.size * 0.6}, pen);
}

void nested(Page& page, double pen) {
  const Place outer{page.between(330, 420), page.between(380, 460), page.between(220, 260)};
  page.draw(page.random().below(2) ? ring(outer) : square(outer), pen, 2);
  any_figure(page, {outer.x, outer.y + 10, page.between(60, 90)}, pen);
  const Place shaded{page.between(850, 950), page.between(350, 500), page.between(90, 130)};
  page.draw(square(shaded), pen, 2);
  const double reach = shaded.size * 0.62;
  for (double x = -reach; x < reach; x += 16)
    page.draw({{shaded.x + x, shaded.y - reach}, {shaded.x + x + 6, shaded.y + reach}}, pen);
}

void step_grid(Page& page, double pen) {
  const double left = 120, top = 200, cell = 60;
  const int rows = page.random().below(2) ? 8 : 4, columns = 16;
  for (int row = 0; row <= rows; ++row)
    page.draw({{left, top + row * cell}, {left + columns * cell, top + row * cell}}, pen * 0.7, 1);
  for (int column = 0; column <= columns; ++column)
    page.draw({{left + column * cell, top}, {left + column * cell, top + rows * cell}}, pen * 0.7, 1);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column)
      if (page.random().below(6) == 0)
        page.draw(ring({left + (column + 0.5) * cell, top + (row + 0.5) * cell, 10}), 20);
}

}  // namespace

Page musicians_page(std::uint64_t seed) {
  Page page(1200, 850, Paper::plain, seed);
  const double pen = page.between(3.5, 6);
  constexpr std::array kinds{line_over_figures, modules, nested, step_grid};
  kinds[seed % kinds.size()](page, pen);
  return page;
}

}  // namespace doodled::bench
