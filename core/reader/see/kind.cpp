#include "core/reader/see/kind.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/clearness.hpp"
#include "core/reader/see/lab.hpp"
#include "core/reader/see/painted.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int smallest_picture = 16;  // pixels of the shorter side
constexpr double plain_level = 18;    // of darkness: paper is plain below

struct Ground {
  double lightness = 0;  // mean, 0..100
  double contrast = 0;   // standard deviation of the lightness
  double colours = 0;    // standard deviation of the colour in CIELAB
  double chroma = 0;     // of the mean colour
};

// The deviation of the colour where the paper is plain.
double colours_of_paper(const cv::Mat& lab, const Ink& ink) {
  cv::Mat paper;
  cv::threshold(shrunk(ink.darkness, lab.size()), paper, plain_level, 255, cv::THRESH_BINARY_INV);
  cv::Scalar mean, deviation;
  cv::meanStdDev(lab, mean, deviation, paper);
  return std::hypot(deviation[1], deviation[2]);
}

Ground measure_ground(const cv::Mat& rgb, const Ink& ink, Found found) {
  const cv::Mat lab = lab_of(shrunk(rgb, cv::Size(64, 64)));
  cv::Scalar mean, deviation;
  cv::meanStdDev(lab, mean, deviation);
  const double colours =
      found == Found::picture ? std::hypot(deviation[1], deviation[2]) : colours_of_paper(lab, ink);
  return {mean[0], deviation[0], colours, std::hypot(mean[1], mean[2])};
}

double share_below(const cv::Mat& darkness, double level) {
  cv::Mat below;
  cv::threshold(darkness, below, level, 1, cv::THRESH_BINARY_INV);
  return double(cv::countNonZero(below)) / double(below.total());
}

// Exported drawings have 67 to 99 % plain ground, and little that is only somewhat darker. What was painted
// with one colour is as plain as the ground.
double score_of_cover(const cv::Mat& darkness) {
  const double painted = share_painted(darkness);
  return 13 * (share_below(darkness, plain_level) + painted - 0.65) +
         10 * (share_below(darkness, 40) + painted - 0.82);
}

// Whether even ground without a line is paper shows when no figure is found on it.
bool is_empty(const Clearness& seen) { return seen.strokes < 12 && seen.uneven < 1.5; }

// On blank paper under soft shadows steps reach 16 levels, those of the faintest pencils 35.
bool is_blank(const Clearness& seen) { return is_empty(seen) && seen.edge < 20; }

// Fitted, as what follows, to photographs and to photographed pages, none of them in the corpus. On a page
// strokes mostly stand out by 100 times as much as the ground deviates, what is thin in a photograph by 10
// times. A sheet that was cut out is a page, so what is broad was painted on it.
double score_on_sheet(const Clearness& seen) {
  return is_empty(seen) ? 0 : 3.1 * std::log((seen.strokes + 1) / (seen.uneven + 1)) - 7.7;
}

// Elsewhere what is broad counts, too: hardly anything else than strokes is dark on a page, and its ground is
// no more uneven than its grain lets one expect.
double score_on_paper(const Clearness& seen) {
  if (is_empty(seen)) return 0;
  return 2.6 * std::log(seen.strokes + 1) - 5.75 * std::log(seen.uneven + 1) +
         1.2 * std::log(seen.grain + 1) + 1.9 * seen.share - 8.3;
}

// Chalk is nearly as light as a picture gets, and the board may be blotched by what was wiped off as long as
// that is soft; what is light and thin in a photograph is paler, or one of many.
double score_on_board(const Clearness& seen) {
  return 0.063 * seen.strokes - 0.102 * seen.grain + 10.5 * seen.share - 18.7;
}

// Pages have one colour, and neither paper nor board is dark and strongly coloured.
double penalty_of_colours(const Ground& ground) {
  const double dusk = ground.lightness < 50 ? std::max(0.0, ground.chroma - 20) : 0;
  return 0.2 * std::max(0.0, ground.colours - 6) + 0.3 * dusk;
}

// The logarithm of the odds that what a camera saw as a whole is a drawing. Photographs lose by the other
// measures, so colours count for less than they do alone.
double picture_score(const Clearness& seen, const Ground& ground, bool board) {
  return (board ? score_on_board(seen) : score_on_paper(seen)) - 0.3 * penalty_of_colours(ground);
}

// The logarithm of the odds that this is a drawing.
double drawing_score(const Clearness& seen, const Ink& ink, const Ground& ground, Found found) {
  if (found == Found::exported) return score_of_cover(ink.darkness) - penalty_of_colours(ground);
  if (found == Found::picture) return picture_score(seen, ground, ink.inverted);
  return score_on_sheet(seen) - penalty_of_colours(ground);
}

KindVerdict nothing(std::string advice) { return {PictureKind::nothing, 0.95, std::move(advice)}; }

}  // namespace

KindVerdict decide_kind(const cv::Mat& rgb, const Ink& ink, Found found) {
  if (std::min(rgb.cols, rgb.rows) < smallest_picture)
    return nothing("The picture is too small to see anything in it. Send one of at least 64 pixels a side.");
  const Ground ground = measure_ground(rgb, ink, found);
  if (ground.lightness < 4 && ground.contrast < 2)
    return nothing("The picture is black. Take the lens cap off, or turn the light on.");
  if (ground.contrast < 0.4 && cv::countNonZero(ink.mask) < 16)
    return nothing(
        "The picture is empty: it has the same colour everywhere. Draw something, or come closer.");
  const Clearness seen =
      found == Found::exported ? Clearness{} : clearness_of(ink.darkness, std::max(rgb.cols, rgb.rows));
  const double score = drawing_score(seen, ink, ground, found);
  const double sure = 1 / (1 + std::exp(-std::abs(score)));
  const bool blank = found != Found::exported && is_blank(seen);
  return {score >= 0 ? PictureKind::drawing : PictureKind::photo, sure, "", blank};
}

bool is_board(const cv::Mat& rgb, const KindVerdict& otherwise) {
  constexpr int side = 320;        // strokes are looked for at no larger one
  constexpr double sure = 4.5;     // of the logarithm of the odds: no board passes for a page so surely
  constexpr double lightest = 80;  // no chalk stands out of what is lighter
  if (otherwise.kind == PictureKind::nothing) return false;
  const double odds = std::log(otherwise.confidence / (1 - otherwise.confidence));
  const double least = otherwise.kind == PictureKind::drawing ? odds : 0;
  if (least > sure) return false;
  const cv::Mat small = shrunk(rgb, side), negative = cv::Scalar::all(255) - small;
  const Ground ground = measure_ground(small, {}, Found::picture);
  if (ground.lightness > lightest) return false;
  return picture_score(clearness_of(darkness_of(negative), side), ground, true) > least;
}

}  // namespace doodled::sight
