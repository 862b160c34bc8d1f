// Several readings of one page: how far they are apart, and which of them counts.
#include "core/reader/see/likeness.hpp"

#include <array>

#include <doctest/doctest.h>

namespace doodled::sight {
namespace {

Shape figure(ShapeClass shape_class, Box box) {
  Shape shape;
  shape.shape_class = shape_class;
  shape.box = box;
  return shape;
}

constexpr Box large{0.1, 0.1, 0.5, 0.5}, tiny{0.8, 0.8, 0.05, 0.05};

Reading page(std::vector<Shape> shapes) {
  Reading reading;
  reading.shapes = std::move(shapes);
  return reading;
}

Reading page_of(ShapeClass shape_class) {
  return page({figure(shape_class, large), figure(ShapeClass::dot, tiny)});
}

Reading raster(std::vector<std::vector<double>> cells) {
  Reading reading;
  Grid grid;
  grid.rows = static_cast<int>(cells.size()), grid.columns = static_cast<int>(cells[0].size());
  grid.cells = std::move(cells);
  reading.grid = grid;
  return reading;
}

}  // namespace

TEST_CASE("two readings of the same are not apart, in whatever order their figures come") {
  const Reading one = page_of(ShapeClass::circle);
  const Reading other = page({one.shapes[1], one.shapes[0]});
  CHECK(apart(one, one) == 0);
  CHECK(apart(one, other) == 0);
}

TEST_CASE("a figure that has another name, or is missing, counts by its size") {
  const Reading circle = page_of(ShapeClass::circle);
  CHECK(apart(circle, page_of(ShapeClass::polygon)) > 0.9);
  CHECK(apart(circle, page({circle.shapes[1]})) == doctest::Approx(1.0));
  CHECK(apart(circle, page({circle.shapes[0]})) == doctest::Approx(0.1));
  CHECK(apart(page({circle.shapes[0]}), circle) == doctest::Approx(0.1));
}

TEST_CASE("of two figures at one place the one of the same class is the partner") {
  const Reading nested = page({figure(ShapeClass::square, large), figure(ShapeClass::circle, large)});
  CHECK(apart(nested, page({nested.shapes[1], nested.shapes[0]})) == 0);
}

TEST_CASE("rasters are apart by their cells, and wholly where their sizes differ") {
  const Reading marks = raster({{1, 0}, {0, 1}});
  CHECK(apart(marks, raster({{1, 0}, {1, 1}})) == doctest::Approx(0.25));
  CHECK(apart(marks, raster({{1, 0, 0}})) == 1);
  CHECK(apart(marks, page({})) == 1);
}

TEST_CASE("the reading that is most like the others counts, and the first of several") {
  const Reading circle = page_of(ShapeClass::circle), star = page_of(ShapeClass::star);
  CHECK(most_alike(std::array{star, circle, circle}) == 1);
  CHECK(most_alike(std::array{circle, star, circle}) == 0);
  CHECK(most_alike(std::array{star, circle}) == 0);
  CHECK(most_alike(std::array{star}) == 0);
}

}  // namespace doodled::sight
