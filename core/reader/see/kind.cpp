#include "core/reader/see/kind.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/lab.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int smallest_picture = 16;  // pixels of the shorter side
constexpr double plain_level = 18;    // of darkness: paper is plain below

struct Ground {
  double plain = 0;      // share that is hardly darker than the paper around it
  double faint = 0;      // share that is not clearly darker
  double lightness = 0;  // mean, 0..100
  double contrast = 0;   // standard deviation of the lightness
  double colours = 0;    // standard deviation of the colour in CIELAB
  double chroma = 0;     // of the mean colour
};

double share_below(const cv::Mat& darkness, double level) {
  cv::Mat below;
  cv::threshold(darkness, below, level, 1, cv::THRESH_BINARY_INV);
  return double(cv::countNonZero(below)) / double(below.total());
}

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
      found == Found::sheet ? colours_of_paper(lab, ink) : std::hypot(deviation[1], deviation[2]);
  return {share_below(ink.darkness, plain_level),
          share_below(ink.darkness, 40),
          mean[0],
          deviation[0],
          colours,
          std::hypot(mean[1], mean[2])};
}

// Positive for drawings. The weights were set on the tuned half of the corpus' doodles, its paper and its
// photographs: pages have 67 to 99 % plain ground and colours below 6, photographs up to 75 % and 8 to 36.
double drawing_score(const Ground& ground) {
  const double dusk = ground.lightness < 50 ? std::max(0.0, ground.chroma - 20) : 0;  // no paper, no board
  return 10 * (ground.plain - 0.65) + 8 * (ground.faint - 0.82) - 0.4 * std::max(0.0, ground.colours - 6) -
         0.15 * dusk;
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
  const double score = drawing_score(ground);
  const double sure = 1 / (1 + std::exp(-1.3 * std::abs(score)));
  return {score >= 0 ? PictureKind::drawing : PictureKind::photo, sure, ""};
}

}  // namespace doodled::sight
