#include "core/reader/see/likeness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace doodled::sight {
namespace {

double size_of(const Shape& shape) { return shape.box.width + shape.box.height; }

// 0: in one place, as large. By how much their edges are apart, in parts of their sizes.
double boxes_apart(const Shape& one, const Shape& other) {
  const Box &a = one.box, &b = other.box;
  const double edges = std::abs(a.x - b.x) + std::abs(a.y - b.y) +
                       std::abs((a.x + a.width) - (b.x + b.width)) +
                       std::abs((a.y + a.height) - (b.y + b.height));
  return edges / std::max(1e-9, size_of(one) + size_of(other));
}

// Finds for one figure after the other which of another reading's it is, and gives each away once.
class Partners {
 public:
  explicit Partners(const std::vector<Shape>& shapes) : shapes_(shapes), taken_(shapes.size()) {}

  // How far `shape` is from its partner, in parts of its size.
  double take_nearest(const Shape& shape) {
    constexpr double same_figure = 0.3, other_class = 0.05;
    std::size_t nearest = shapes_.size();
    double least = same_figure;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      const bool renamed = shapes_[i].shape_class != shape.shape_class;
      const double away = boxes_apart(shape, shapes_[i]) + (renamed ? other_class : 0);
      if (!taken_[i] && away < least) least = away, nearest = i;
    }
    if (nearest == shapes_.size()) return 1;
    taken_[nearest] = true;
    return least + (shapes_[nearest].shape_class != shape.shape_class ? 1 : 0);
  }

  double size_of_untaken() const {
    double sum = 0;
    for (std::size_t i = 0; i < shapes_.size(); ++i)
      if (!taken_[i]) sum += size_of(shapes_[i]);
    return sum;
  }

 private:
  const std::vector<Shape>& shapes_;
  std::vector<bool> taken_;
};

double shapes_apart(const std::vector<Shape>& one, const std::vector<Shape>& other) {
  Partners partners(other);
  double sum = 0;
  for (const Shape& shape : one) sum += size_of(shape) * partners.take_nearest(shape);
  return sum + partners.size_of_untaken();
}

double counts_apart(std::size_t one, std::size_t other) {
  return std::abs(static_cast<double>(one) - static_cast<double>(other));
}

double cells_apart(const Grid& one, const Grid& other) {
  double sum = 0;
  for (std::size_t row = 0; row < one.cells.size(); ++row)
    for (std::size_t column = 0; column < one.cells[row].size(); ++column)
      sum += std::abs(one.cells[row][column] - other.cells[row][column]);
  return sum / std::max(1, one.rows * one.columns);
}

double grids_apart(const std::optional<Grid>& one, const std::optional<Grid>& other) {
  if (!one && !other) return 0;
  const bool alike = one && other && one->rows == other->rows && one->columns == other->columns;
  return alike ? cells_apart(*one, *other) : 1;
}

}  // namespace

double apart(const Reading& one, const Reading& other) {
  return shapes_apart(one.shapes, other.shapes) + counts_apart(one.arrows.size(), other.arrows.size()) +
         0.5 * counts_apart(one.curves.size(), other.curves.size()) + grids_apart(one.grid, other.grid);
}

std::size_t most_alike(std::span<const Reading> readings) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i < readings.size(); ++i) {
    double sum = 0;
    for (const Reading& other : readings) sum += apart(readings[i], other);
    if (sum < least) least = sum, best = i;
  }
  return best;
}

}  // namespace doodled::sight
