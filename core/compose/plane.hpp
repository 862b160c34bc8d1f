// The plane that music is read in: the sheet itself, however the camera was held.
#pragma once
#include <array>
#include <vector>

#include "core/image/reading.hpp"

namespace doodled::composing {

// Maps between fractions of the picture and fractions of the page, by the corners that the reader gives: of
// the sheet, or of a photograph turned level. Without corners the page is the picture. So two photographs of
// one page are read in one plane.
class Plane {
 public:
  explicit Plane(const Reading& reading);

  Point on_page(const Point& picture) const;
  Point in_picture(const Point& page) const;
  // Height over width of the page.
  double aspect() const { return aspect_; }

 private:
  std::array<double, 9> to_page_{1, 0, 0, 0, 1, 0, 0, 0, 1}, to_picture_{1, 0, 0, 0, 1, 0, 0, 0, 1};
  double aspect_ = 1;
};

}  // namespace doodled::composing
