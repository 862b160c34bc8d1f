// Step grids: a raster drawn with the pen whose cells hold marks, or marks in rows without lines.
#pragma once
#include <optional>
#include <vector>

#include <opencv2/core.hpp>

#include "core/reader/see/blots.hpp"
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

struct GridFound {
  int rows = 0, columns = 0;
  std::vector<std::vector<double>> cells;  // [row from the top][column], 0..1
  cv::Rect2f box;
  double faults = 0;  // of its steps: those without a line, and lines that are no step's
  Path crossings;     // of its lines, by rows from the top left; none where there are no lines
  Path corners;       // of the raster, clockwise from the top left
};

// Where marks are looked for.
struct MarkMasks {
  cv::Mat ink;
  cv::Mat faint;  // all that is darker than the paper's noise, and so the ink, too
};

// A raster of at least 2x2 or 1x4 cells within one connected part of the graph. Its lines may be crooked and
// slanted, its spacing uneven by a third.
std::optional<GridFound> find_drawn_grid(const Graph& graph, const MarkMasks& masks, double pen);

// Marks of like size that stand in straight rows at even steps, at least four in the fullest row.
std::optional<GridFound> find_mark_grid(const std::vector<Blot>& blots, cv::Size page);

}  // namespace doodled::sight
