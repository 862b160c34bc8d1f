// What surrounds lines.
#include "core/reader/see/path.hpp"

#include <doctest/doctest.h>

using namespace doodled::sight;

TEST_CASE("a hull needs no points on straight runs") {
  const Path stairs{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {3, 1}, {3, 2}, {3, 3}, {2, 2}, {1, 1}};
  const Path hull = hull_of(stairs);
  CHECK(hull.size() == 3);
  CHECK(std::abs(signed_area(hull)) == doctest::Approx(4.5));
  CHECK(hull_of({}).empty());
}

TEST_CASE("the corners of a box are cut as far as a path stays off them") {
  const Path diamond{{10, 0}, {20, 10}, {10, 20}, {0, 10}};
  for (const double cut : corner_cuts(diamond)) CHECK(cut == 10);
  const auto cuts = corner_cuts({{0, 0}, {20, 0}, {20, 20}});
  CHECK(cuts == std::array<double, 4>{0, 0, 0, 20});
}
