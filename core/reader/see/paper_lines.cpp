#include "core/reader/see/paper_lines.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/margin_line.hpp"
#include "core/reader/see/print.hpp"
#include "core/reader/see/shrink.hpp"
#include "core/reader/see/transposed.hpp"

namespace doodled::sight {
namespace {

constexpr double faintest = 7;        // of 255: printed lines are seen from here on
constexpr double palest_share = 0.5;  // of the ink's darkness: print that ends before the rim is fainter
constexpr double pale_share = 0.7;    // so is what was only seen against its surroundings

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
double print_darkness(const cv::Mat& darkness, const cv::Mat& lines, bool cut_out, cv::Range paper) {
  constexpr double most_apart = 2.2, most_apart_on_sheet = 1.6;
  const int edge = cut_out ? paper.size() / 40 : 0, margin = std::max(8, paper.size() * 6 / 100);
  const auto strip = [&](int from) {
    const cv::Range columns(from, from + margin);
    return darkness_on(darkness.colRange(columns), lines.colRange(columns), 0.7);
  };
  const auto [light, dark] = std::minmax({strip(paper.start + edge), strip(paper.end - edge - margin)});
  const double print =
      light > 0 ? std::min(dark, (cut_out ? most_apart_on_sheet : most_apart) * light) : dark;
  return std::min(print, most_apart * darkness_on(darkness, lines, 0.5));
}

bool is_faint(const cv::Mat& darkness, double print, double share) {
  constexpr double darkest = 0.98;
  const cv::Mat everywhere(darkness.size(), CV_8U, cv::Scalar(255));
  return print < share * darkness_on(darkness, everywhere, darkest);
}

// Lines in one direction; the pictures are turned so that they run along x.
struct Printed {
  cv::Mat lines;  // with some room at both sides
  double darkness = 0, step = 0, slope = 0;
};

// `small` is `darkness` at half size.
std::optional<Printed> find_along_x(const cv::Mat& darkness, const cv::Mat& small, const Paper& paper) {
  const cv::Range columns(paper.whole.x, paper.whole.br().x);
  const auto print = find_print(small, {columns.start / 2, columns.end / 2});
  if (!print || print->framed) return std::nullopt;
  Printed printed;
  printed.slope = print->slope;
  printed.step = print->step * darkness.rows / small.rows;
  cv::resize(print->lines, printed.lines, darkness.size(), 0, 0, cv::INTER_NEAREST);
  cv::dilate(printed.lines, printed.lines, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
  printed.darkness = print_darkness(darkness, printed.lines, paper.cut_out, columns);
  const bool ends = !paper.cut_out && print->ends;
  if ((ends || print->local) && !is_faint(darkness, printed.darkness, ends ? palest_share : pale_share))
    return std::nullopt;
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

// Those that run down, in turned pictures: what runs across is no ink beside them.
std::optional<Printed> find_down(cv::Mat darkness, const cv::Mat& small, const Paper& paper,
                                 const std::optional<Printed>& across) {
  if (across) darkness = darkness.clone(), erase(darkness, *across);
  const cv::Rect& whole = paper.whole;
  return find_along_x(transposed(darkness), transposed(small),
                      {paper.cut_out, {whole.y, whole.x, whole.height, whole.width}});
}

Paper with_box(Paper paper, cv::Size picture) {
  if (paper.whole.empty()) paper.whole = {{}, picture};
  return paper;
}

// Squares are printed with one ink.
void share_ink(Printed& across, Printed& down) {
  constexpr double most_apart = 2;
  const double most = most_apart * std::min(across.darkness, down.darkness);
  for (Printed* printed : {&across, &down}) printed->darkness = std::min(printed->darkness, most);
}

}  // namespace

PaperLines remove_paper_lines(cv::Mat& darkness, const Paper& sheet) {
  PaperLines found;
  if (std::min(darkness.cols, darkness.rows) < 200) return found;
  const cv::Mat small = shrunk(darkness, shrunk_size(darkness, 0.5));
  const Paper paper = with_box(sheet, darkness.size());
  auto across = find_along_x(darkness, small, paper);
  auto down = find_down(darkness, small, paper, across);
  if (across && down) share_ink(*across, *down);
  if (!across && !down) return found;
  if (across) erase(darkness, *across);
  cv::Mat other_way = transposed(darkness);
  if (down) erase(other_way, *down);
  if (across) remove_margin_line(other_way, {paper.whole.y, paper.whole.br().y}, -across->slope);
  darkness = transposed(other_way);
  if (!across) remove_margin_line(darkness, {paper.whole.x, paper.whole.br().x}, -down->slope);
  found.across = across.has_value();
  found.down = down.has_value();
  found.spacing = across ? across->step : down ? down->step : 0;
  return found;
}

}  // namespace doodled::sight
