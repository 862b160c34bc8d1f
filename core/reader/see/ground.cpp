#include "core/reader/see/ground.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/sheet.hpp"
#include "core/reader/see/shrink.hpp"
#include "core/reader/see/transposed.hpp"

namespace doodled::sight {
namespace {

enum Side : std::uint8_t { top, bottom, left, right };

constexpr int search_side = 640;     // at most
constexpr int smallest_side = 240;   // pixels of the search
constexpr double deepest = 0.33;     // of the picture
constexpr double steepest = 0.3;     // slope
constexpr double shortest = 0.2;     // of the side, that an edge runs inside the picture
constexpr double least_seen = 0.45;  // of that: drawings and what lies about may touch it
constexpr int least_step = 14;       // levels of the darkest channel; coloured ground lacks one
constexpr int close = 3;             // pixels of the search that are compared
constexpr int stride = 2;            // columns

cv::Mat flipped(const cv::Mat& picture) {
  cv::Mat result;
  cv::flip(picture, result, 0);
  return result;
}

// The picture as seen from one of its sides, which is then on top; from the top it is the same pixels.
cv::Mat seen_from(std::size_t side, const cv::Mat& picture) {
  const cv::Mat upright = side >= left ? transposed(picture) : picture;
  return side == bottom || side == right ? flipped(upright) : upright;
}

cv::Mat put_back(std::size_t side, const cv::Mat& picture) {
  const cv::Mat upright = side == bottom || side == right ? flipped(picture) : picture;
  return side >= left ? transposed(upright) : upright;
}

// Other steps cost ten times as much.
cv::Mat halved(cv::Mat rgb) {
  while (std::max(rgb.cols, rgb.rows) > search_side) rgb = shrunk(rgb, cv::Size(rgb.cols / 2, rgb.rows / 2));
  return rgb;
}

// The outer part of the picture in which an edge is looked for, its side on top.
cv::Mat strip_of(const cv::Mat& level, std::size_t side) {
  const int length = side >= left ? level.cols : level.rows;
  const int deep = static_cast<int>(deepest * length) + 2 * close;
  cv::Rect part({}, level.size());
  (side >= left ? part.width : part.height) = deep;
  if (side == bottom) part.y = length - deep;
  if (side == right) part.x = length - deep;
  return seen_from(side, level(part));
}

// A strip's columns, from the rim on.
class Columns {
 public:
  explicit Columns(const cv::Mat& strip) {
    cv::boxFilter(strip, means_, CV_8U, {1, close}, {0, close - 1}, true, cv::BORDER_REPLICATE);
    brightest_ = means_.clone();
    for (int y = 1; y < strip.rows; ++y)
      brightest_.row(y) = cv::max(brightest_.row(y - 1), brightest_.row(y));
  }

  int width() const { return means_.cols; }
  int depth() const { return means_.rows; }

  // How much brighter it is behind y than anywhere between it and the rim.
  int step(int x, int y) const { return means_.at<uchar>(y + close, x) - brightest_.at<uchar>(y - 1, x); }

 private:
  cv::Mat means_, brightest_;  // of as many pixels as are close, the last of them here; and all up to here
};

struct Step {
  int along, depth;
};

// Where a column turns brighter on the way in than it was before.
std::vector<Step> steps_of(const Columns& columns) {
  std::vector<Step> steps;
  for (int x = 0; x < columns.width(); x += stride) {
    int before = 0, here = columns.step(x, 1);
    for (int y = 1; y + close + 1 < columns.depth(); ++y) {
      const int after = columns.step(x, y + 1);
      if (here >= least_step && here >= before && here > after) steps.push_back({x, y});
      before = here, here = after;
    }
  }
  return steps;
}

double depth_at(const SheetEdge& edge, int along, int width) {
  return edge.depth + edge.slope * (along - width / 2.0);
}

// Looks along the line inside the picture.
int looks_along(const SheetEdge& edge, int width) {
  int inside = 0;
  for (int x = 0; x < width; x += stride) inside += depth_at(edge, x, width) >= 1;
  return inside;
}

// The line on which the most steps lie, by votes for its slope and depth.
class Vote {
 public:
  explicit Vote(int width) : width_(width) {}

  void count(const std::vector<Step>& steps, double slope) {
    const auto depth = [&](const Step& step) {
      return static_cast<int>(std::lround(step.depth - slope * (step.along - width_ / 2.0)));
    };
    const int lowest = -static_cast<int>(steepest * width_) - 1;
    std::vector<int> votes(static_cast<std::size_t>(2 * width_ + 3), 0);
    for (const Step& step : steps) ++votes[static_cast<std::size_t>(depth(step) - lowest)];
    for (std::size_t i = 1; i + 1 < votes.size(); ++i)
      weigh({lowest + static_cast<double>(i), slope}, votes[i - 1] + votes[i] + votes[i + 1]);
  }

  std::optional<SheetEdge> best() const { return best_; }

 private:
  void weigh(const SheetEdge& edge, int seen) {
    const double least_looks = shortest * width_ / stride;
    if (seen <= most_ || seen < least_seen * least_looks) return;
    const int looks = looks_along(edge, width_);
    if (looks < least_looks || seen < least_seen * looks) return;
    most_ = seen, best_ = edge;
  }

  int width_, most_ = 0;
  std::optional<SheetEdge> best_;
};

std::optional<SheetEdge> find_edge(const cv::Mat& strip) {
  constexpr double slope_step = 0.005;
  const auto steps = steps_of(Columns(strip));
  Vote vote(strip.cols);
  for (double slope = -steepest; slope <= steepest; slope += slope_step) vote.count(steps, slope);
  return vote.best();
}

// First row of the sheet in a column of the picture seen from the edge's side.
int first_row(const SheetEdge& edge, int x, cv::Size seen) {
  constexpr double thickness = 0.006;  // of the picture: the edge's own, and its shadow's
  const double depth = depth_at(edge, x, seen.width);
  return depth < 0 ? 0 : std::clamp(cvCeil(depth + thickness * seen.height), 0, (seen.height - 1) / 2);
}

// Changes a picture seen from each side where ground lies; `change` takes a column and where the sheet
// begins.
template <class Change>
cv::Mat changed(cv::Mat picture, const Ground& ground, Change change) {
  for (std::size_t side = 0; side < ground.edges.size(); ++side) {
    const auto& edge = ground.edges[side];
    if (!edge) continue;
    cv::Mat seen = seen_from(side, picture);
    for (int x = 0; x < seen.cols; ++x) change(seen, x, first_row(*edge, x, seen.size()));
    picture = put_back(side, seen);
  }
  return picture;
}

}  // namespace

bool Ground::empty() const {
  return std::none_of(edges.begin(), edges.end(), [](const auto& edge) { return edge.has_value(); });
}

cv::Rect Ground::free_box(cv::Size picture) const {
  std::array<int, 4> taken{};
  for (std::size_t side = 0; side < edges.size(); ++side) {
    if (!edges[side]) continue;
    const int length = side >= left ? picture.height : picture.width;
    const int rows = side >= left ? picture.width : picture.height;
    for (const int end : {0, length - 1})
      taken[side] = std::max(taken[side], first_row(*edges[side], end, {length, rows}));
  }
  const cv::Rect box(taken[left], taken[top], picture.width - taken[left] - taken[right],
                     picture.height - taken[top] - taken[bottom]);
  return 3 * box.width >= picture.width && 3 * box.height >= picture.height ? box : cv::Rect();
}

cv::Mat Ground::mask(cv::Size picture) const {
  return changed(cv::Mat::zeros(picture, CV_8U), *this, [](cv::Mat& seen, int x, int sheet) {
    for (int y = 0; y < sheet; ++y) seen.at<uchar>(y, x) = 255;
  });
}

Ground find_ground(const cv::Mat& rgb) {
  Ground ground;
  const cv::Mat small = halved(rgb), level = darkest_channel(small);
  const double scale = double(small.cols) / rgb.cols;
  if (std::min(level.cols, level.rows) < smallest_side) return ground;
  for (std::size_t side = 0; side < ground.edges.size(); ++side) {
    auto& edge = ground.edges[side] = find_edge(strip_of(level, side));
    if (edge) edge->depth /= scale;
  }
  return ground;
}

cv::Mat covered(const cv::Mat& rgb, const Ground& ground) {
  // From the top it is changed where it lies.
  return changed(ground.edges[top] ? rgb.clone() : rgb, ground, [](cv::Mat& seen, int x, int sheet) {
    for (int y = 0; y < sheet; ++y) seen.at<cv::Vec3b>(y, x) = seen.at<cv::Vec3b>(2 * sheet - y, x);
  });
}

}  // namespace doodled::sight
