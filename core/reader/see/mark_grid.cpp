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
  bool hollow = false;  // ink around paper
  bool dash() const { return box.width > 2.5 * box.height; }
  bool bar() const { return box.height > 2.5 * box.width; }
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// The usual size of the larger half; there is at least one.
double larger_size(const std::vector<Mark>& marks) {
  std::vector<double> sizes;
  for (const Mark& mark : marks) sizes.push_back(mark.size);
  const double usual = median(sizes);
  std::erase_if(sizes, [&](double size) { return size < usual; });
  return median(sizes);
}

// Specks of dirt beside marks: smaller than three tenths of the larger half of them.
void drop_specks(std::vector<Mark>& marks) {
  if (marks.empty()) return;
  const double least = speck * larger_size(marks);
  std::erase_if(marks, [&](const Mark& mark) { return mark.size < least; });
}

// Closed, or open by a gap: then its middle is outside of the ink, and far from it.
bool is_ring(const Blot& blot) {
  constexpr double least_hole = 0.15;  // of what it encloses
  constexpr double clear = 0.22;       // of the size
  if (blot.hole > least_hole * blot.area) return true;
  const cv::Point2f middle = cv::Point2f(blot.box.tl() + blot.box.br()) / 2;
  return cv::pointPolygonTest(blot.contour, middle, true) <
         -clear * std::max(blot.box.width, blot.box.height);
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
                     blot.solid,
                     is_ring(blot)});
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

double median_fill(const std::vector<Mark>& marks, bool hollow) {
  std::vector<double> fills;
  for (const Mark& mark : marks)
    if (mark.hollow == hollow) fills.push_back(mark.fill);
  return fills.empty() ? 0 : median(fills);
}

// Rings among spots; rings among crosses are as full as they.
bool some_are_filled(const std::vector<Mark>& marks) {
  constexpr double fuller = 1.25;
  const double rings = median_fill(marks, true);
  return rings > 0 && median_fill(marks, false) > fuller * rings;
}

// Marks of two kinds mean full and empty steps: which of them are empty. Dashes among others are rests; else
// what is low among bars; else rings among spots; else what is far smaller.
std::vector<bool> rests_among(const std::vector<Mark>& marks) {
  constexpr double low = 0.65, far_smaller = 0.55;  // of the highest, of the usual size of the larger half
  const int highest =
      std::ranges::max_element(marks, {}, [](const Mark& mark) { return mark.box.height; })->box.height;
  const double usual = larger_size(marks);
  const bool bars = std::ranges::any_of(marks, [](const Mark& mark) { return mark.bar(); });
  const bool rings = some_are_filled(marks);
  std::vector<bool> rests;
  for (const Mark& mark : marks) {
    const bool lies = mark.box.height < low * highest && (bars || mark.dash());
    rests.push_back(lies || (rings ? mark.hollow : mark.size < far_smaller * usual));
  }
  return rests;
}

// Whether those marks that are rests, or those that are none, are of like size.
bool alike(const std::vector<Mark>& marks, const std::vector<bool>& rests, bool rest) {
  std::vector<double> sizes;
  for (std::size_t i = 0; i < marks.size(); ++i)
    if (rests[i] == rest) sizes.push_back(marks[i].size);
  if (sizes.empty()) return true;
  const double usual = median(sizes);
  return std::ranges::none_of(sizes, [&](double size) { return size > 2.5 * usual || size < usual / 3; });
}

}  // namespace

std::optional<GridFound> find_mark_grid(const std::vector<Blot>& blots, cv::Size page) {
  const auto marks = marks_of(blots, page);
  if (marks.size() < 4) return std::nullopt;
  std::vector<double> sizes, xs, ys;
  for (const Mark& mark : marks) {
    sizes.push_back(mark.size), xs.push_back(mark.at.x), ys.push_back(mark.at.y);
  }
  const double size = median(sizes);
  const auto rests = rests_among(marks);
  for (const bool kind : {false, true})
    if (!alike(marks, rests, kind)) return std::nullopt;
  GridFound grid;
  const auto columns = places_of(xs, 0.6 * size, grid.columns), rows = places_of(ys, 0.6 * size, grid.rows);
  if (columns.empty() || rows.empty() || grid.columns < 4 || grid.columns > most_steps ||
      grid.rows > most_steps)
    return std::nullopt;
  grid.cells.assign(static_cast<std::size_t>(grid.rows),
                    std::vector<double>(static_cast<std::size_t>(grid.columns), 0));
  for (std::size_t i = 0; i < marks.size(); ++i) {
    grid.cells[static_cast<std::size_t>(rows[i])][static_cast<std::size_t>(columns[i])] =
        rests[i] ? 0 : std::min(1.0, 0.5 + marks[i].fill);
    grid.box |= cv::Rect2f(marks[i].box);
  }
  return grid;
}

}  // namespace doodled::sight
