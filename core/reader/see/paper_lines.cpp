#include "core/reader/see/paper_lines.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr double faintest = 7;        // of 255: printed lines are seen from here on
constexpr int least_lines = 5;        // in each margin
constexpr double unevenness = 0.22;   // of the steps between lines
constexpr double rim = 0.012;         // of the width: what is printed mostly runs out of the picture there
constexpr double palest_share = 0.5;  // of the ink's darkness: print that ends before the rim is fainter

struct Comb {
  int lines = 0;
  double step = 0;
};

// Centres of the runs in which a profile is above half.
std::vector<double> peaks_of(const cv::Mat& profile) {
  std::vector<double> peaks;
  int start = -1;
  for (int y = 0; y <= profile.rows; ++y) {
    const bool on = y < profile.rows && profile.at<float>(y, 0) > 0.5F;
    if (on && start < 0) start = y;
    if (!on && start >= 0) peaks.push_back((start + y - 1) / 2.0), start = -1;
  }
  return peaks;
}

// Evenly spaced lines in a strip of a mask; steps over a hidden line count as two.
Comb comb_of(const cv::Mat& mask, cv::Range columns) {
  cv::Mat profile;
  cv::reduce(mask.colRange(columns), profile, 1, cv::REDUCE_AVG, CV_32F);
  profile /= 255;
  const auto peaks = peaks_of(profile);
  std::vector<double> steps;
  for (std::size_t i = 1; i < peaks.size(); ++i) steps.push_back(peaks[i] - peaks[i - 1]);
  if (static_cast<int>(steps.size()) + 1 < least_lines) return {};
  auto sorted = steps;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<long>(sorted.size() / 2), sorted.end());
  const double step = sorted[sorted.size() / 2];
  int even = 0;
  for (const double s : steps) {
    const double whole = std::max(1.0, std::round(s / step));
    even += std::abs(s / whole - step) < unevenness * step;
  }
  if (step < 4 || even < 0.7 * static_cast<double>(steps.size())) return {};
  return {static_cast<int>(peaks.size()), step};
}

// Pixels on long lines along x, a little slope allowed.
cv::Mat long_lines(const cv::Mat& ink) {
  cv::Mat thick, lines;
  cv::dilate(ink, thick, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
  const int reach = std::max(9, ink.cols / 18);
  cv::morphologyEx(thick, lines, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {reach, 1}));
  return lines;
}

// Print lies in both margins, and between them, too: somewhere a drawing leaves it free.
bool crosses_page(const cv::Mat& lines, double& step) {
  const int width = lines.cols;
  const auto strip = [&](double from) {
    const int first = static_cast<int>(from * width);
    return comb_of(lines, {first, std::max(first + 1, static_cast<int>((from + 0.08) * width))});
  };
  const Comb left = strip(0.02), right = strip(0.9);
  if (left.lines < least_lines || right.lines < least_lines) return false;
  step = (left.step + right.step) / 2;
  const auto fits = [&](const Comb& comb) { return std::abs(comb.step - step) < unevenness * step; };
  return std::abs(left.step - right.step) < unevenness * step &&
         (fits(strip(0.22)) || fits(strip(0.46)) || fits(strip(0.7)));
}

double darkness_on(const cv::Mat& darkness, const cv::Mat& lines, double share) {
  std::vector<uchar> values;
  for (int y = 0; y < darkness.rows; ++y)
    for (int x = 0; x < darkness.cols; x += 3)
      if (lines.at<uchar>(y, x) && darkness.at<uchar>(y, x) > faintest)
        values.push_back(darkness.at<uchar>(y, x));
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<long>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// Drawings hardly ever reach into the margins: how dark the print is shows there. A margin that is far darker
// than the other holds more than print, as does one that is far darker than most of the lines. At the edge of
// a sheet that was cut out a sliver of the ground may be left.
double print_darkness(const cv::Mat& darkness, const cv::Mat& lines, bool cut_out) {
  constexpr double most_apart = 2.2, most_apart_on_sheet = 1.6;
  const int edge = cut_out ? darkness.cols / 40 : 0, margin = std::max(8, darkness.cols * 6 / 100);
  const auto strip = [&](int from) {
    const cv::Range columns(from, from + margin);
    return darkness_on(darkness.colRange(columns), lines.colRange(columns), 0.7);
  };
  const auto [light, dark] = std::minmax({strip(edge), strip(darkness.cols - edge - margin)});
  const double print =
      light > 0 ? std::min(dark, (cut_out ? most_apart_on_sheet : most_apart) * light) : dark;
  return std::min(print, most_apart * darkness_on(darkness, lines, 0.5));
}

// A raster that was drawn may fill the page as print does, but ends before its rim.
bool runs_out(const cv::Mat& lines) {
  const int width = std::max(2, cvRound(rim * lines.cols));
  return comb_of(lines, {0, width}).lines >= least_lines &&
         comb_of(lines, {lines.cols - width, lines.cols}).lines >= least_lines;
}

bool is_faint(const cv::Mat& darkness, double print) {
  constexpr double darkest = 0.98;
  const cv::Mat everywhere(darkness.size(), CV_8U, cv::Scalar(255));
  return print < palest_share * darkness_on(darkness, everywhere, darkest);
}

// Lines in one direction; the pictures are turned so that they run along x.
struct Printed {
  cv::Mat lines;  // with some room at both sides
  double darkness = 0, step = 0;
};

// `small` is `darkness` at half size.
std::optional<Printed> find_along_x(const cv::Mat& darkness, const cv::Mat& small, bool cut_out) {
  cv::Mat ink;
  cv::threshold(small, ink, faintest, 255, cv::THRESH_BINARY);
  cv::Mat lines = long_lines(ink);
  Printed printed;
  if (!crosses_page(lines, printed.step)) return std::nullopt;
  const bool ends = !cut_out && !runs_out(lines);
  printed.step *= double(darkness.rows) / small.rows;
  cv::resize(lines, lines, darkness.size(), 0, 0, cv::INTER_NEAREST);
  cv::dilate(lines, printed.lines, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
  printed.darkness = print_darkness(darkness, printed.lines, cut_out);
  if (ends && !is_faint(darkness, printed.darkness)) return std::nullopt;
  return printed;
}

// What is darker is drawn on them.
void erase(cv::Mat& darkness, const Printed& printed) {
  const double limit = 1.4 * printed.darkness + 8;
  cv::Mat faint;
  cv::threshold(darkness, faint, limit, 255, cv::THRESH_BINARY_INV);
  cv::bitwise_and(faint, printed.lines, faint);
  darkness.setTo(0, faint);
}

cv::Mat turned(const cv::Mat& picture) {
  cv::Mat result;
  cv::transpose(picture, result);
  return result;
}

// Those that run down, in turned pictures: what runs across is no ink beside them.
std::optional<Printed> find_down(cv::Mat darkness, const cv::Mat& small, bool cut_out,
                                 const std::optional<Printed>& across) {
  if (across) darkness = darkness.clone(), erase(darkness, *across);
  return find_along_x(turned(darkness), turned(small), cut_out);
}

// Squares are printed with one ink.
void share_ink(Printed& across, Printed& down) {
  constexpr double most_apart = 2;
  const double most = most_apart * std::min(across.darkness, down.darkness);
  for (Printed* printed : {&across, &down}) printed->darkness = std::min(printed->darkness, most);
}

}  // namespace

PaperLines remove_paper_lines(cv::Mat& darkness, bool cut_out) {
  PaperLines found;
  if (std::min(darkness.cols, darkness.rows) < 200) return found;
  const cv::Mat small = shrunk(darkness, shrunk_size(darkness, 0.5));
  auto across = find_along_x(darkness, small, cut_out);
  auto down = find_down(darkness, small, cut_out, across);
  if (across && down) share_ink(*across, *down);
  if (across) erase(darkness, *across);
  if (down) {
    cv::Mat other_way = turned(darkness);
    erase(other_way, *down);
    darkness = turned(other_way);
  }
  found.across = across.has_value();
  found.down = down.has_value();
  found.spacing = across ? across->step : down ? down->step : 0;
  return found;
}

}  // namespace doodled::sight
