// Closed outlines: which figure they are.
#pragma once
#include "core/image/reading.hpp"
#include "core/reader/see/path.hpp"

namespace doodled::sight {

// What is measured of an outline; errors are root mean squares of distances over the root of the area.
struct OutlineMeasures {
  double area = 0, length = 0;
  double aspect = 1;    // long over short axis of the ellipse with the same moments, >= 1
  double solidity = 1;  // area over that of the convex hull
  double ellipse_error = 0;
  double polygon_error[9] = {};  // best k-sided polygon, k = 3..8
  Path polygon[9];               // its corners
  double cornered[9] = {};       // share of the outline's turning that lies at those corners, 0..1
  int peaks = 0;                 // tips of the outline as seen from its centre
  double depth = 0;              // mean depth of the dents between tips, share of the mean radius
};

constexpr double round_aspect = 1.25;  // a circle drawn by hand is that oval

OutlineMeasures measure_outline(const Path& outline);

// A quadrilateral by its sides and by how it stands: a square on its tip is a diamond. Takes its four
// corners.
ShapeClass name_quadrilateral(const Path& corners);

struct Verdict {
  ShapeClass shape_class = ShapeClass::other;
  double confidence = 0;
};

Verdict classify_outline(const OutlineMeasures& measures);

}  // namespace doodled::sight
