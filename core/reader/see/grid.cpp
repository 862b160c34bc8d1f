#include "core/reader/see/grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/faces.hpp"
#include "core/reader/see/polygon_fit.hpp"

namespace doodled::sight {
namespace {

constexpr int bins = 400;              // along each side of the raster
constexpr double line_vote = 0.45;     // of the whole side must be drawn for a line to count
constexpr double usual_slack = 0.012;  // of the side: so far may a crooked line wander within its window
constexpr double most_slack = 0.03;
constexpr double margin = 0.24;            // of a cell: left out at each of its sides
constexpr int probes = 14;                 // per side of a cell
constexpr double longest_ring_way = 0.36;  // of a cell, from its middle towards a corner
constexpr std::size_t least_areas = 4;
constexpr int most_steps = 64;
constexpr double least_mark = 0.035;      // share of a cell's inside that is ink
constexpr double mark = 0.5;              // value of a cell with the least of marks: a step
constexpr double least_faint_mark = 0.1;  // that is no paper: more, as a neighbour's blur reaches in

// The raster's own frame: u to the right, v down, 0..1.
struct Frame {
  cv::Matx33d to_unit, to_image;
  Path corners;
  double wide = 0, high = 0;  // pixels
};

cv::Point2d map(const cv::Matx33d& h, cv::Point2d p) {
  const cv::Vec3d q = h * cv::Vec3d(p.x, p.y, 1);
  return {q[0] / q[2], q[1] / q[2]};
}

// Corners clockwise from the one nearest to the top left.
Path upright(Path corners) {
  if (signed_area(corners) < 0) std::reverse(corners.begin(), corners.end());
  const auto first = std::min_element(corners.begin(), corners.end(),
                                      [](cv::Point2f a, cv::Point2f b) { return a.x + a.y < b.x + b.y; });
  std::rotate(corners.begin(), first, corners.end());
  return corners;
}

std::optional<Frame> frame_of(const Face& outer, double pen) {
  if (outer.outline.size() < 16) return std::nullopt;
  const auto fits = fit_polygons(resample(outer.outline, 96, true));
  const double size = std::sqrt(std::max(1.0, outer.area));
  if (fits[4].corners.size() != 4 || fits[4].error > std::max(0.05 * size, pen)) return std::nullopt;
  Frame frame;
  frame.corners = upright(fits[4].corners);
  const auto side = [&](std::size_t a, std::size_t b) {
    return distance(frame.corners[a], frame.corners[b]);
  };
  frame.wide = (side(0, 1) + side(3, 2)) / 2;
  frame.high = (side(0, 3) + side(1, 2)) / 2;
  const Path unit_square{{0, 0}, {1, 0}, {1, 1}, {0, 1}};
  const cv::Mat h = cv::getPerspectiveTransform(frame.corners, unit_square);
  if (std::abs(cv::determinant(h)) < 1e-15) return std::nullopt;
  frame.to_unit = cv::Matx33d(h.ptr<double>());
  frame.to_image = frame.to_unit.inv();
  return frame;
}

// Pieces of drawn line in the raster's frame, along or across it.
struct Step {
  double along = 0, across = 0, length = 0;
};

using Profile = std::array<double, bins + 1>;

class Ruler {
 public:
  void add(const Step& step) {
    const int bin = std::clamp(static_cast<int>(std::lround(step.across * bins)), 0, bins);
    profile_[static_cast<std::size_t>(bin)] += step.length;
    steps_.push_back(step);
  }

  // Where lines run that wander by no more than `slack`, in order; strokes of marks that add up to one are
  // among them.
  std::vector<double> lines(double slack) const {
    std::vector<double> found;
    votes_.clear();
    for (int reach = static_cast<int>(slack * bins), b = 0; b <= bins; ++b) {
      const double here = window(b, reach);
      if (here < line_vote) continue;
      const double at = centre(b, reach);
      if (found.empty() || at - found.back() > 2.2 * slack)
        found.push_back(at), votes_.push_back(here);
      else if (here > votes_.back())
        found.back() = at, votes_.back() = here;
    }
    return found;
  }
  // Where a line runs between two places along it: in the middle of all that lies near, as a mark may lie
  // beside it.
  double local(double line, double from, double to, double reach) const {
    std::vector<Step> near;
    double length = 0;
    for (const Step& step : steps_)
      if (step.along >= from && step.along <= to && std::abs(step.across - line) <= reach)
        near.push_back(step), length += step.length;
    return length > 0.3 * (to - from) ? middle_of(near, length) : line;
  }

 private:
  static double middle_of(std::vector<Step>& steps, double length) {
    std::ranges::sort(steps, {}, &Step::across);
    for (double before = 0; const Step& step : steps)
      if ((before += step.length) >= length / 2) return step.across;
    return steps.back().across;
  }
  double window(int bin, int reach) const {
    double sum = 0;
    for (int b = std::max(0, bin - reach); b <= std::min(bins, bin + reach); ++b)
      sum += profile_[static_cast<std::size_t>(b)];
    return sum;
  }
  double centre(int bin, int reach) const {
    double sum = 0, weights = 0;
    for (int b = std::max(0, bin - reach); b <= std::min(bins, bin + reach); ++b) {
      sum += profile_[static_cast<std::size_t>(b)] * b;
      weights += profile_[static_cast<std::size_t>(b)];
    }
    return weights > 0 ? sum / weights / bins : double(bin) / bins;
  }

  Profile profile_{};
  mutable std::vector<double> votes_;
  std::vector<Step> steps_;
};

// Hands waver by as much in a short line as in a long one: across a slim raster that is more of its side.
double slack_for(double side, double other) {
  return std::min(most_slack, usual_slack * std::sqrt(std::max(1.0, other / side)));
}

// An even scale from one side of the raster to the other, and how it lies by lines that were found: each step
// takes the line nearest to it, or its own place where there is none.
struct Scale {
  std::vector<double> lines;
  int faults = 0;  // steps without a line, and lines that are no step's
};

Scale scale_of(const std::vector<double>& found, int steps) {
  constexpr double reach = 0.32;  // of a step
  const double step = 1.0 / steps;
  const double first = found.front() < step / 2 ? found.front() : 0,
               last = found.back() > 1 - step / 2 ? found.back() : 1;
  Scale scale;
  int taken = 0;
  for (int i = 0; i <= steps; ++i) {
    const double place = first + (last - first) * i / steps;
    const double line = *std::ranges::min_element(found, {}, [&](double at) { return std::abs(at - place); });
    const bool near = std::abs(line - place) < reach * step;
    scale.lines.push_back(near ? line : place);
    taken += near;
  }
  scale.faults = steps + 1 - taken + static_cast<int>(found.size()) - taken;
  return scale;
}

// The lines of the raster: marks add some that are none, and cover others. Empty where no scale fits.
Scale even_lines(const std::vector<double>& found) {
  constexpr double most_faults = 0.34;  // of the steps
  if (found.size() < 2) return {};
  Scale best;
  for (int steps = 1; steps <= most_steps; ++steps) {
    Scale scale = scale_of(found, steps);
    if (best.lines.empty() || scale.faults < best.faults) best = std::move(scale);
  }
  const double allowed = std::max(1.0, most_faults * static_cast<double>(best.lines.size() - 1));
  return best.faults <= allowed ? best : Scale{};
}

// Lines that waver by more are looked for where those that do not leave faults.
Scale even_lines(const Ruler& ruler, double side, double other) {
  Scale scale = even_lines(ruler.lines(usual_slack));
  if (!scale.lines.empty() && scale.faults == 0) return scale;
  Scale wavering = even_lines(ruler.lines(slack_for(side, other)));
  const bool better = !wavering.lines.empty() && (scale.lines.empty() || wavering.faults < scale.faults);
  return better ? wavering : scale;
}

// A hatched figure has long lines and no room between them: cells are not that slim.
bool has_cells(const GridFound& grid) {
  constexpr double slimmest = 4;
  const double wide = grid.box.width / static_cast<float>(grid.columns),
               high = grid.box.height / static_cast<float>(grid.rows);
  return wide < slimmest * high && high < slimmest * wide;
}

class GridReader {
 public:
  GridReader(const Graph& graph, const std::vector<int>& edges, const MarkMasks& masks, const Frame& frame,
             double pen)
      : masks_(masks), frame_(frame), line_(pen / 2 + 1) {
    for (const int e : edges) vote(graph.edges[static_cast<std::size_t>(e)].points);
  }

  std::optional<GridFound> run() {
    const Scale rows = even_lines(across_, frame_.high, frame_.wide),
                columns = even_lines(down_, frame_.wide, frame_.high);
    v_ = rows.lines, u_ = columns.lines;
    if (v_.size() < 2 || u_.size() < 3) return std::nullopt;
    GridFound grid;
    grid.rows = static_cast<int>(v_.size()) - 1;
    grid.columns = static_cast<int>(u_.size()) - 1;
    if (grid.rows * grid.columns < 8) return std::nullopt;
    grid.faults = double(rows.faults + columns.faults) / (grid.rows + grid.columns);
    grid.corners = frame_.corners;
    grid.box = bounds_of(frame_.corners);
    if (!has_cells(grid)) return std::nullopt;
    for (const double v : v_)
      for (const double u : u_) grid.crossings.emplace_back(map(frame_.to_image, {u, v}));
    for (int r = 0; r < grid.rows; ++r) {
      grid.cells.emplace_back();
      for (int c = 0; c < grid.columns; ++c)
        grid.cells.back().push_back(cell(static_cast<std::size_t>(r), static_cast<std::size_t>(c)));
    }
    return grid;
  }

 private:
  void vote(const Path& points) {
    const std::size_t step = 4;
    for (std::size_t i = 0; i + 1 < points.size(); i += step) {
      const auto a = map(frame_.to_unit, points[i]),
                 b = map(frame_.to_unit, points[std::min(i + step, points.size() - 1)]);
      const double du = std::abs(b.x - a.x), dv = std::abs(b.y - a.y);
      if (du > 2 * dv) across_.add({(a.x + b.x) / 2, (a.y + b.y) / 2, du});
      if (dv > 2 * du) down_.add({(a.y + b.y) / 2, (a.x + b.x) / 2, dv});
    }
  }
  double cell(std::size_t r, std::size_t c) const {
    const double left = u_[c], right = u_[c + 1], top = v_[r], bottom = v_[r + 1];
    const double wide = right - left, high = bottom - top;
    const double x0 = down_.local(left, top, bottom, 0.35 * wide),
                 x1 = down_.local(right, top, bottom, 0.35 * wide);
    const double y0 = across_.local(top, left, right, 0.35 * high),
                 y1 = across_.local(bottom, left, right, 0.35 * high);
    const auto lies_in = [&](const cv::Mat& mask) {
      return [&, this](double s, double t) {
        return is_set(mask, map(frame_.to_image, {x0 + (x1 - x0) * s, y0 + (y1 - y0) * t}));
      };
    };
    const cv::Point2d out{margin_in(wide * frame_.wide), margin_in(high * frame_.high)};
    const double ink = share_of(lies_in(masks_.ink), out), faint = share_of(lies_in(masks_.faint), out);
    if (ink >= least_mark ||
        is_ringed(lies_in(masks_.ink), ring_way_in(std::min(wide * frame_.wide, high * frame_.high))))
      return std::min(1.0, mark + ink);
    return faint >= least_faint_mark ? std::min(1.0, mark + faint) : 0;
  }
  // The margin of a cell, which is so many pixels wide, holds its lines, however small it is.
  double margin_in(double pixels) const {
    constexpr double most = 0.4;
    return std::clamp(line_ / pixels + 0.06, margin, most);
  }
  double ring_way_in(double pixels) const { return std::clamp(0.44 - line_ / pixels, 0.1, longest_ring_way); }
  template <class InkAt>
  static double share_of(const InkAt& ink_at, cv::Point2d out) {
    int ink = 0;
    for (int j = 0; j < probes; ++j)
      for (int i = 0; i < probes; ++i)
        ink += ink_at(out.x + (1 - 2 * out.x) * (i + 0.5) / probes,
                      out.y + (1 - 2 * out.y) * (j + 0.5) / probes);
    return double(ink) / (probes * probes);
  }
  // A ring as wide as its cell lies in the margins, but in the way from the middle to each corner.
  template <class InkAt>
  static bool is_ringed(const InkAt& ink_at, double ring_way) {
    int met = 0;
    for (const double right : {-1.0, 1.0})
      for (const double down : {-1.0, 1.0}) {
        bool ink = false;
        for (double way = 0; way < ring_way; way += 0.02)
          ink = ink || ink_at(0.5 + right * way, 0.5 + down * way);
        met += ink;
      }
    return met >= 3;
  }
  static bool is_set(const cv::Mat& mask, cv::Point2d p) {
    const cv::Point at(cvRound(p.x), cvRound(p.y));
    return cv::Rect(0, 0, mask.cols, mask.rows).contains(at) && mask.at<uchar>(at) != 0;
  }

  const MarkMasks& masks_;
  const Frame& frame_;
  double line_;  // how far from its centre a line may reach, pixels
  Ruler across_, down_;
  std::vector<double> v_, u_;
};

// Euler: how many areas the lines of one part enclose.
std::size_t areas_of(const Graph& graph, const std::vector<int>& edges) {
  std::vector<int> nodes;
  for (const int e : edges)
    for (const int n :
         {graph.edges[static_cast<std::size_t>(e)].a, graph.edges[static_cast<std::size_t>(e)].b})
      nodes.push_back(n);
  std::ranges::sort(nodes);
  const auto count = std::ranges::unique(nodes).begin() - nodes.begin();
  return edges.size() + 1 - static_cast<std::size_t>(count);
}

}  // namespace

std::optional<GridFound> find_drawn_grid(const Graph& graph, const MarkMasks& masks, double pen) {
  std::optional<GridFound> best;
  for (const auto& edges : edges_by_part(graph)) {
    if (edges.size() < 16 || areas_of(graph, edges) < least_areas) continue;
    const Enclosure enclosure = enclose(graph, edges, pen);
    for (const Block& block : enclosure.blocks) {
      if (block.faces.size() < least_areas) continue;
      const auto frame = frame_of(block.outer, pen);
      if (!frame) continue;
      auto grid = GridReader(graph, block.edges, masks, *frame, pen).run();
      if (grid && (!best || grid->box.area() > best->box.area())) best = std::move(grid);
    }
  }
  return best;
}

}  // namespace doodled::sight
