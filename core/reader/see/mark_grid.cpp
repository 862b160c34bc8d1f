#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/grid.hpp"

namespace doodled::sight {
namespace {

constexpr int most_steps = 64;
constexpr double speck = 0.3;      // of the usual mark's size
constexpr double off_step = 0.28;  // of a step: so far off its place may a mark stand

struct Mark {
  cv::Rect box;
  cv::Point2f at;
  double size = 0, fill = 0;
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Specks of dirt beside marks: smaller than three tenths of the larger half of them.
void drop_specks(std::vector<Mark>& marks) {
  std::vector<double> sizes;
  for (const Mark& mark : marks) sizes.push_back(mark.size);
  if (sizes.empty()) return;
  const double usual = median(sizes);
  std::erase_if(sizes, [&](double size) { return size < usual; });
  const double least = speck * median(sizes);
  std::erase_if(marks, [&](const Mark& mark) { return mark.size < least; });
}

std::vector<Mark> marks_of(const std::vector<Blot>& blots, cv::Size page) {
  std::vector<Mark> marks;
  for (const Blot& blot : blots) {
    const double size = std::max(blot.box.width, blot.box.height);
    if (size > 0.12 * std::max(page.width, page.height))
      return {};  // a page with larger figures is no row of marks
    marks.push_back({blot.box,
                     {blot.box.x + blot.box.width / 2.F, blot.box.y + blot.box.height / 2.F},
                     size,
                     blot.solid});
  }
  drop_specks(marks);
  return marks;
}

// Means of values that lie together.
std::vector<double> clusters_of(std::vector<double> values, double nearest) {
  std::sort(values.begin(), values.end());
  std::vector<double> centres;
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i], ++count;
    if (i + 1 < values.size() && values[i + 1] - values[i] < nearest) continue;
    centres.push_back(sum / count);
    sum = 0, count = 0;
  }
  return centres;
}

// Worst distance of the values from an even scale, in steps.
double misfit(const std::vector<double>& values, double first, double step) {
  double worst = 0;
  for (const double value : values) {
    const double place = (value - first) / step;
    worst = std::max(worst, std::abs(place - std::round(place)));
  }
  return worst;
}

// Places k = 0, 1, ... of values on the even scale that fits best; empty when none does.
std::vector<int> places_of(const std::vector<double>& values, double nearest, int& count) {
  const auto centres = clusters_of(values, nearest);
  count = 1;
  if (centres.size() == 1) return std::vector<int>(values.size(), 0);
  double gap = centres[1] - centres[0];
  for (std::size_t i = 1; i < centres.size(); ++i) gap = std::min(gap, centres[i] - centres[i - 1]);
  const double first = centres.front(), whole = centres.back() - first;
  double least = off_step;
  for (int steps = std::max(1, cvFloor(whole / (1.3 * gap))); steps <= cvCeil(whole / (0.8 * gap)); ++steps) {
    const double off = misfit(centres, first, whole / steps);
    if (off < least && steps < most_steps) least = off, count = steps + 1;
  }
  if (count == 1) return {};
  std::vector<int> places;
  for (const double value : values)
    places.push_back(std::clamp(cvRound((value - first) * (count - 1) / whole), 0, count - 1));
  return places;
}

}  // namespace

std::optional<GridFound> find_mark_grid(const std::vector<Blot>& blots, cv::Size page) {
  const auto marks = marks_of(blots, page);
  if (marks.size() < 4) return std::nullopt;
  std::vector<double> sizes, xs, ys;
  double fullest = 0, emptiest = 1;
  for (const Mark& mark : marks) {
    sizes.push_back(mark.size), xs.push_back(mark.at.x), ys.push_back(mark.at.y);
    fullest = std::max(fullest, mark.fill), emptiest = std::min(emptiest, mark.fill);
  }
  const double size = median(sizes);
  for (const double s : sizes)
    if (s > 2.5 * size || s < size / 3) return std::nullopt;
  GridFound grid;
  const auto columns = places_of(xs, 0.6 * size, grid.columns), rows = places_of(ys, 0.6 * size, grid.rows);
  if (columns.empty() || rows.empty() || grid.columns < 4 || grid.columns > most_steps ||
      grid.rows > most_steps)
    return std::nullopt;
  // Marks that differ clearly in their filling mean full and empty steps.
  const bool two_kinds = fullest > 0.5 && emptiest < 0.4 * fullest;
  grid.cells.assign(static_cast<std::size_t>(grid.rows),
                    std::vector<double>(static_cast<std::size_t>(grid.columns), 0));
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const bool empty = two_kinds && marks[i].fill < (fullest + emptiest) / 2;
    grid.cells[static_cast<std::size_t>(rows[i])][static_cast<std::size_t>(columns[i])] =
        empty ? 0 : std::min(1.0, 0.4 + marks[i].fill);
    grid.box |= cv::Rect2f(marks[i].box);
  }
  return grid;
}

}  // namespace doodled::sight
