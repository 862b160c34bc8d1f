#include "core/reader/see/painted_cells.hpp"

#include <algorithm>
#include <array>

namespace doodled::sight {
namespace {

// Of the light of the lightest cells. Shadows take less, and about as much of each colour.
constexpr double far_darker = 0.7, darker = 0.35, coloured = 0.25;
constexpr double lightest = 0.9;  // of the empty cells are no lighter

using Colour = std::array<double, 3>;

struct Cell {
  std::size_t row, column;
  Colour colour;
};

double quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<long>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// The median of the cell's middle half.
Colour colour_of(const GridFound& grid, std::size_t row, std::size_t column, const cv::Mat& page) {
  constexpr int probes = 5;
  const auto wide = static_cast<std::size_t>(grid.columns) + 1;
  const cv::Point2f* top = &grid.crossings[row * wide + column];
  const cv::Point2f* foot = top + wide;
  std::array<std::vector<double>, 3> seen;
  for (int j = 0; j < probes; ++j)
    for (int i = 0; i < probes; ++i) {
      const float x = 0.25F + 0.5F * static_cast<float>(i) / (probes - 1),
                  y = 0.25F + 0.5F * static_cast<float>(j) / (probes - 1);
      const cv::Point2f at =
          (top[0] * (1 - x) + top[1] * x) * (1 - y) + (foot[0] * (1 - x) + foot[1] * x) * y;
      const auto& pixel = page.at<cv::Vec3b>(std::clamp(cvRound(at.y), 0, page.rows - 1),
                                             std::clamp(cvRound(at.x), 0, page.cols - 1));
      for (int c = 0; c < 3; ++c) seen[static_cast<std::size_t>(c)].push_back(pixel[c]);
    }
  return {quantile(seen[0], 0.5), quantile(seen[1], 0.5), quantile(seen[2], 0.5)};
}

std::vector<Cell> empty_cells(const GridFound& grid, const cv::Mat& page) {
  std::vector<Cell> cells;
  for (std::size_t r = 0; r < grid.cells.size(); ++r)
    for (std::size_t c = 0; c < grid.cells[r].size(); ++c)
      if (grid.cells[r][c] == 0) cells.push_back({r, c, colour_of(grid, r, c, page)});
  return cells;
}

Colour light_of(const std::vector<Cell>& cells) {
  Colour light{};
  for (std::size_t channel = 0; channel < light.size(); ++channel) {
    std::vector<double> values;
    for (const Cell& cell : cells) values.push_back(cell.colour[channel]);
    light[channel] = std::max(1.0, quantile(std::move(values), lightest));
  }
  return light;
}

bool is_painted(const Colour& colour, const Colour& light) {
  Colour left{};
  std::ranges::transform(colour, light, left.begin(), [](double here, double all) { return here / all; });
  const auto [least, most] = std::ranges::minmax(left);
  return 1 - least > far_darker || (1 - least > darker && most - least > coloured);
}

}  // namespace

void fill_painted_cells(GridFound& grid, const cv::Mat& page) {
  const auto cells = empty_cells(grid, page);
  if (cells.empty()) return;
  const Colour light = light_of(cells);
  for (const Cell& cell : cells)
    if (is_painted(cell.colour, light)) grid.cells[cell.row][cell.column] = 1;
}

}  // namespace doodled::sight
