#include "core/reader/see/sight.hpp"

#include <utility>

#include "core/reader/see/drawing.hpp"

namespace doodled::sight {

void wipe(Ink& ink, const cv::Mat& where) {
  ink.mask.setTo(0, where);
  ink.darkness.setTo(0, where);
}

std::optional<double> read_page(Sight& sight, cv::Mat lines, int curve_samples, Reading& reading) {
  for (const auto& corner : sight.corners) reading.page.push_back(View{sight.view.picture}.fraction(corner));
  if (!sight.corners.empty())
    reading.notes.push_back("The sheet was cut out of the picture and straightened.");
  const auto lean = read_drawing(sight.rgb, sight.ink, std::move(lines), sight.view, curve_samples, reading);
  if (!reading.shapes.empty() || reading.grid) return lean;
  reading.kind = PictureKind::nothing;
  if (!reading.advice.empty()) return lean;
  reading.advice =
      "The page is empty, or its ink is too faint. Use a darker pen and more light, and let the page fill "
      "the picture.";
  return lean;
}

}  // namespace doodled::sight
