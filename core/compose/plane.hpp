// The plane that music is read in: the sheet itself, however the camera was held.
#pragma once
#include <array>
#include <vector>

#include "core/image/reading.hpp"

namespace doodled::composing {

// Maps between fractions of the picture and fractions of the page. Where the reader found the sheet's
// corners, the page is the sheet; else it is the picture, turned level by the drawing's own level and upright
// edges when those agree on a lean of a few degrees. So two photographs of one page are read in one plane.
class Plane {
 public:
  explicit Plane(const Reading& reading);

  Point on_page(const Point& picture) const;
  Point in_picture(const Point& page) const;
  // Height over width of the page.
  double aspect() const { return aspect_; }
  double lean_degrees() const;

 private:
  std::array<double, 9> to_page_{1, 0, 0, 0, 1, 0, 0, 0, 1}, to_picture_{1, 0, 0, 0, 1, 0, 0, 0, 1};
  double aspect_ = 1, lean_ = 0;  // radians, clockwise
};

}  // namespace doodled::composing
