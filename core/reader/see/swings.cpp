#include "core/reader/see/swings.hpp"

#include <array>
#include <numeric>

namespace doodled::sight {
namespace {

constexpr int looked_at = 256;              // points of the line
constexpr double least_swing = 0.1;         // of the way from its lowest to its highest point
constexpr double tip = 0.12, flank = 0.35;  // of a leg: where the direction is taken beside a turning point

// Turning points, the ends among them.
std::vector<std::size_t> turning_points(const std::vector<double>& heights) {
  const auto [low, high] = std::minmax_element(heights.begin(), heights.end());
  const double least = least_swing * (*high - *low);
  std::vector<std::size_t> points = {0};
  std::size_t lowest = 0, highest = 0;
  int rising = 0;
  for (std::size_t i = 1; i < heights.size(); ++i) {
    if (heights[i] < heights[lowest]) lowest = i;
    if (heights[i] > heights[highest]) highest = i;
    if (rising <= 0 && heights[i] > heights[lowest] + least) {
      if (rising < 0 || lowest > 0) points.push_back(lowest);
      rising = 1, highest = i;
    } else if (rising >= 0 && heights[i] < heights[highest] - least) {
      if (rising > 0 || highest > 0) points.push_back(highest);
      rising = -1, lowest = i;
    }
  }
  points.push_back(heights.size() - 1);
  return points;
}

double mean_of(const std::vector<double>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

double spread_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return values.empty() ? 0 : ratio(std::sqrt(sum / double(values.size())), mean);
}

// How far a leg leaves the straight way, as a share of it.
double bow_of(const Path& line, std::size_t from, std::size_t to) {
  double most = 0;
  for (std::size_t i = from; i <= to; ++i)
    most = std::max(most, double(segment_distance(line[i], line[from], line[to])));
  return ratio(most, distance(line[from], line[to]));
}

// By how many degrees the line turns around a turning point, looked at from a share of its legs' points.
double turn_at(const Path& line, const std::vector<std::size_t>& points, std::size_t k, double share) {
  const auto reach = [&](std::size_t a, std::size_t b) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(share * double(b - a)));
  };
  const std::size_t before = points[k] - std::min(points[k], reach(points[k - 1], points[k])),
                    after = std::min(line.size() - 1, points[k] + reach(points[k], points[k + 1]));
  return std::abs(turn(line[before], line[points[k]], line[after]));
}

}  // namespace

void add_swings(const std::string& name, const Path& line, cv::Point2f way, TraitSheet& sheet) {
  const Path even = smooth(resample(line, looked_at), 1);
  std::vector<double> heights;
  for (const auto& p : even) heights.push_back(p.ddot(way));
  const auto points = turning_points(heights);
  std::vector<double> reaches, bows, narrow, wide, steps;
  for (std::size_t k = 1; k < points.size(); ++k) {
    reaches.push_back(std::abs(heights[points[k]] - heights[points[k - 1]]));
    bows.push_back(bow_of(even, points[k - 1], points[k]));
    const cv::Point2f d = even[points[k]] - even[points[k - 1]];
    steps.push_back(double(way.x) * d.y - double(way.y) * d.x);
  }
  for (std::size_t k = 1; k + 1 < points.size(); ++k)
    narrow.push_back(turn_at(even, points, k, tip)), wide.push_back(turn_at(even, points, k, flank));
  double on = 0, all = 0;
  for (const double step : steps) on += step, all += std::abs(step);
  sheet.add(name + ": legs", double(points.size() - 1));
  sheet.add(name + ": spread of the legs", spread_of(reaches));
  sheet.add(name + ": last leg over first", std::log(ratio(reaches.back() + 1, reaches.front() + 1)));
  sheet.add(name + ": bow of the legs", mean_of(bows));
  sheet.add(name + ": straightest leg", *std::min_element(bows.begin(), bows.end()));
  sheet.add(name + ": most bent leg", *std::max_element(bows.begin(), bows.end()));
  sheet.add(name + ": turn at the tips", mean_of(narrow) / 180);
  sheet.add(name + ": turn around the tips", mean_of(wide) / 180);
  sheet.add(name + ": tips over around", ratio(mean_of(narrow), mean_of(wide)));
  sheet.add(name + ": least turn at a tip",
            narrow.empty() ? 0 : *std::min_element(narrow.begin(), narrow.end()) / 180);
  sheet.add(name + ": goes on sideways", ratio(std::abs(on), all));
}

void add_turning_course(const Path& line, TraitSheet& sheet) {
  constexpr std::size_t parts = 8, steps = 64;
  const Path even = smooth(resample(line, static_cast<int>(steps) + 2), 1);
  std::array<double, parts> turned{};
  std::vector<double> bends;
  double signed_sum = 0, all = 0;
  for (std::size_t i = 1; i + 1 < even.size(); ++i) {
    const double t = turn(even[i - 1], even[i], even[i + 1]);
    turned[std::min(parts - 1, (i - 1) * parts / steps)] += t;
    signed_sum += t, all += std::abs(t), bends.push_back(std::abs(t));
  }
  std::sort(bends.rbegin(), bends.rend());
  for (std::size_t i = 0; i < parts; ++i)
    sheet.add("turning in eighth " + std::to_string(i + 1), turned[i] * (signed_sum < 0 ? -1 : 1) / 360);
  for (const std::size_t count : {2U, 4U, 8U, 16U})
    sheet.add("turning in the sharpest " + std::to_string(count),
              ratio(std::accumulate(bends.begin(), bends.begin() + long(count), 0.0), all));
}

}  // namespace doodled::sight
