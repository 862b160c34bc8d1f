#include "core/reader/see/labels.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr float highest = 1.1F;    // cells
constexpr float longest = 4;       // a word
constexpr float furthest = 4;      // from the raster, its middle
constexpr std::size_t fewest = 3;  // rows or columns that have one

// In cells of the raster, from its top left corner.
struct Sign {
  cv::Point2f at;
  cv::Size2f size;
};

cv::Point2f mapped(const cv::Matx33d& to_cells, cv::Point2f p) {
  const cv::Vec3d q = to_cells * cv::Vec3d(p.x, p.y, 1);
  return {static_cast<float>(q[0] / q[2]), static_cast<float>(q[1] / q[2])};
}

cv::Matx33d cells_of(const GridFound& grid) {
  const float wide = static_cast<float>(grid.columns), high = static_cast<float>(grid.rows);
  return cv::Matx33d(
      cv::getPerspectiveTransform(grid.corners, Path{{0, 0}, {wide, 0}, {wide, high}, {0, high}})
          .ptr<double>());
}

Sign sign_of(const Figure& figure, const cv::Matx33d& to_cells) {
  Path line;
  for (const auto& p : figure.stroke) line.push_back(mapped(to_cells, p));
  const cv::Rect2f box = bounds_of(line);
  return {(box.tl() + box.br()) / 2, box.size()};
}

// Before the first of `count` cells or behind the last.
bool is_beside(float at, int count) {
  const float beyond = std::max(-at, at - static_cast<float>(count));
  return 0 < beyond && beyond < furthest;
}

bool is_along(float at, int count) { return 0 <= at && at <= static_cast<float>(count); }

// Enough of so many rows or columns have a sign.
bool are_labelled(const std::vector<Sign>& signs, int cells, const auto& labels, const auto& place) {
  std::set<int> labelled;
  for (const Sign& sign : signs)
    if (labels(sign)) labelled.insert(static_cast<int>(place(sign)));
  return labelled.size() >= std::min(fewest, static_cast<std::size_t>(cells));
}

}  // namespace

std::vector<bool> find_labels(const std::vector<Figure>& figures, const GridFound& grid) {
  const cv::Matx33d to_cells = cells_of(grid);
  std::vector<Sign> signs;
  for (const Figure& figure : figures) signs.push_back(sign_of(figure, to_cells));
  const auto names_row = [&](const Sign& sign) {
    return sign.size.height <= highest && sign.size.width <= longest && is_along(sign.at.y, grid.rows) &&
           is_beside(sign.at.x, grid.columns);
  };
  const auto numbers_column = [&](const Sign& sign) {
    return sign.size.height <= highest && sign.size.width <= highest && is_along(sign.at.x, grid.columns) &&
           is_beside(sign.at.y, grid.rows);
  };
  const bool any = are_labelled(signs, grid.rows, names_row, [](const Sign& s) { return s.at.y; }) ||
                   are_labelled(signs, grid.columns, numbers_column, [](const Sign& s) { return s.at.x; });
  std::vector<bool> labels;
  for (const Sign& sign : signs) labels.push_back(any && (names_row(sign) || numbers_column(sign)));
  return labels;
}

}  // namespace doodled::sight
