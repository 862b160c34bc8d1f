#include "core/reader/see/paper_dots.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/path.hpp"

namespace doodled::sight {
namespace {

constexpr double largest = 0.012;      // of the page's larger side
constexpr std::size_t fewest = 100;    // more than any raster of steps holds marks in a row or two
constexpr double alike = 3;            // areas apart from the middle one
constexpr double least_spread = 0.75;  // of the page's sides that the dots reach over
constexpr double uneven = 0.12;        // of a step
constexpr double least_even = 0.7;     // of the dots have a neighbour at one step,
constexpr double least_square = 0.7;   // in directions that agree so well, right angles apart
constexpr double least_full = 0.35;    // of the places are taken

struct Dot {
  cv::Point2f at;
  cv::Rect box;
};

// Pieces at most `most` pixels wide and high, and not much larger than the usual of them; nothing where there
// are fewer than `least`.
std::vector<Dot> small_pieces(const cv::Mat& mask, int most, std::size_t least) {
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  std::vector<int> areas;
  const auto is_small = [&](int i) {
    return stats.at<int>(i, cv::CC_STAT_WIDTH) <= most && stats.at<int>(i, cv::CC_STAT_HEIGHT) <= most;
  };
  for (int i = 1; i < count; ++i)
    if (is_small(i)) areas.push_back(stats.at<int>(i, cv::CC_STAT_AREA));
  if (areas.size() < least) return {};
  std::ranges::nth_element(areas, areas.begin() + static_cast<long>(areas.size() / 2));
  const double middle = areas[areas.size() / 2];
  std::vector<Dot> dots;
  for (int i = 1; i < count; ++i) {
    if (!is_small(i) || stats.at<int>(i, cv::CC_STAT_AREA) > alike * middle) continue;
    dots.push_back(
        {{static_cast<float>(centres.at<double>(i, 0)), static_cast<float>(centres.at<double>(i, 1))},
         {stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
          stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)}});
  }
  return dots;
}

// From each dot to the nearest other one, among those in rows nearby; dots come by their height.
std::vector<cv::Point2f> ways_to_nearest(std::vector<Dot>& dots) {
  std::ranges::stable_sort(dots, {}, [](const Dot& dot) { return dot.at.y; });
  std::vector<cv::Point2f> ways;
  for (std::size_t i = 0; i < dots.size(); ++i) {
    cv::Point2f best(1e4F, 0);
    const auto look = [&](const Dot& other) {
      const cv::Point2f way = other.at - dots[i].at;
      if (way.dot(way) < best.dot(best)) best = way;
      return way.y * way.y < best.dot(best);
    };
    for (std::size_t k = i + 1; k < dots.size() && look(dots[k]);) ++k;
    for (std::size_t k = i; k > 0 && look(dots[k - 1]);) --k;
    ways.push_back(best);
  }
  return ways;
}

double step_of(const std::vector<cv::Point2f>& ways) {
  std::vector<double> lengths;
  for (const auto& way : ways) lengths.push_back(std::hypot(way.x, way.y));
  std::ranges::nth_element(lengths, lengths.begin() + static_cast<long>(lengths.size() / 2));
  return lengths[lengths.size() / 2];
}

// Most lie one step from the next, in one direction or square to it.
bool stand_in_squares(const std::vector<cv::Point2f>& ways, double step) {
  std::complex<double> sum;
  double even = 0;
  for (const auto& way : ways) {
    if (std::abs(std::hypot(way.x, way.y) - step) > uneven * step) continue;
    ++even;
    sum += std::polar(1.0, 4.0 * std::atan2(way.y, way.x));
  }
  return even > least_even * static_cast<double>(ways.size()) && std::abs(sum) > least_square * even;
}

bool cover(const std::vector<Dot>& dots, double step, cv::Size page) {
  cv::Rect box;
  for (const Dot& dot : dots) box |= dot.box;
  return box.width > least_spread * page.width && box.height > least_spread * page.height &&
         static_cast<double>(dots.size()) * step * step > least_full * box.area();
}

}  // namespace

bool remove_paper_dots(cv::Mat& darkness, const cv::Mat& mask) {
  const int most = std::max(4, cvRound(largest * std::max(mask.cols, mask.rows)));
  if (mask.rows < 16) return false;
  // A look at an eighth of the page spares most the rest.
  const cv::Range strip(mask.rows * 7 / 16, mask.rows * 9 / 16);
  if (small_pieces(mask.rowRange(strip), most, fewest / 16).empty()) return false;
  auto dots = small_pieces(mask, most, fewest);
  if (dots.size() < fewest) return false;
  const auto ways = ways_to_nearest(dots);
  const double step = step_of(ways);
  if (!stand_in_squares(ways, step) || !cover(dots, step, mask.size())) return false;
  const cv::Rect page({}, mask.size());
  for (const Dot& dot : dots) darkness((dot.box - cv::Point(1, 1) + cv::Size(2, 2)) & page).setTo(0);
  return true;
}

}  // namespace doodled::sight
