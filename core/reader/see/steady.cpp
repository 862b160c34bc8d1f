#include "core/reader/see/steady.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/level.hpp"
#include "core/reader/see/likeness.hpp"
#include "core/reader/see/thin.hpp"
#include "core/reader/see/turned.hpp"

namespace doodled::sight {
namespace {

double aspect_of(const Reading& reading) { return static_cast<double>(reading.height) / reading.width; }

// By its axes, or else as the drawing's edges lie.
void level_page(Reading& reading, std::optional<double> axes_lean) {
  constexpr double least = 0.2 * CV_PI / 180;
  const double aspect = aspect_of(reading), lean = axes_lean ? *axes_lean : lean_of(reading, aspect);
  if (std::abs(lean) < least) return;
  reading.page = turned_page(lean, aspect);
  reading.notes.push_back(axes_lean ? "The photograph was turned level, as the axes lie."
                                    : "The photograph was turned level, as the drawing's edges lie.");
}

// Where the pixels of a small photograph lie is chance, and lines of two or three pixels' width feel it.
bool feels_its_pixels(const cv::Mat& rgb) {
  constexpr int largest = 640;
  return std::max(rgb.cols, rgb.rows) <= largest;
}

// What brings the drawing's lean to a sixth of a right angle, by as little as does (not level: some figures
// are what they are by how they stand), so that the lines of two photographs lie alike among the pixels.
double turn_for(double lean) {
  constexpr double step = CV_PI / 12;
  return lean - step * std::round(lean / step);
}

// How a photograph is read again: turned by so little more or less that nothing changes but where the lines
// lie among the pixels, and smoothed.
struct Way {
  double aside;   // degrees
  double smooth;  // pixels of what is read, which are half of those that were given
};
constexpr Way as_it_came{1.2, 1}, enlarged_before{3, 2};

Sight steadied(const Sight& sight, double turn, double smooth) {
  constexpr double scale = 2;
  const cv::Rect drawn = cv::boundingRect(sight.ink.mask);
  const Turned turned = sight::turned(sight.rgb, drawn, turn, scale);
  cv::GaussianBlur(turned.rgb, turned.rgb, {0, 0}, smooth);
  const Paper paper{false, {}, sight.ink.inverted};
  Sight steady{
      turned.rgb, {sight.rgb.size(), turned.to_picture}, {}, find_ink(turned.rgb, paper), sight.verdict};
  if (!sight.ground.empty()) wipe(steady.ink, sight::turned(sight.ground, drawn, turn, scale).rgb);
  return steady;
}

// Those in which a drawing was found, each begun as `begun`.
std::vector<Reading> steady_readings(const Sight& sight, double turn, const Way& way, int curve_samples,
                                     const Reading& begun) {
  std::vector<Reading> readings;
  for (const double aside : {0.0, way.aside, -way.aside}) {
    Reading reading = begun;
    Sight steady = steadied(sight, turn + aside * CV_PI / 180, way.smooth);
    read_page(steady, thin(steady.ink.mask), curve_samples, reading);
    if (reading.kind == PictureKind::drawing) readings.push_back(std::move(reading));
  }
  return readings;
}

}  // namespace

void read_photograph(Sight& sight, bool enlarged, int curve_samples, Reading& reading) {
  if (!sight.ground.empty()) reading.notes.push_back("What lies beside the sheet was left out.");
  const Reading begun = reading;
  const auto axes_lean = read_page(sight, thin(sight.ink.mask), curve_samples, reading);
  if (reading.kind != PictureKind::drawing) return;
  if (feels_its_pixels(sight.rgb)) {
    const double turn = turn_for(lean_of(reading, aspect_of(reading)));
    auto steady = steady_readings(sight, turn, enlarged ? enlarged_before : as_it_came, curve_samples, begun);
    if (!steady.empty()) reading = std::move(steady[most_alike(steady)]);
  }
  level_page(reading, axes_lean);
}

}  // namespace doodled::sight
