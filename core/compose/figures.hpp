// A drawing as music reads it: its figures on the page, in a frame of their own, and what they are together.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "core/compose/plane.hpp"
#include "core/compose/rulebook.hpp"

namespace doodled::composing {

// A shape that sounds. All places are fractions of the frame, y down.
struct Figure {
  int index = 0;  // into Reading::shapes
  const Shape* shape = nullptr;
  double left = 0, right = 0, top = 0, bottom = 0;
  std::vector<Point> outline;  // closed figures: around; open ones: along
  bool closed = true;
  int inside = -1;  // index into Figures::all of the figure around it, or -1

  double width() const { return right - left; }
  double height() const { return bottom - top; }
  double area() const { return width() * height(); }
  double extent() const { return std::hypot(width(), height()); }
  // How far each quarter (of an open figure: each half) bulges beyond the mean of its mirror images, as a
  // share of the figure: from the left along the top, then back along the bottom.
  std::vector<double> bulges() const;
  double sharpness = 0;  // of its corners, 0 round .. 1
  // Higher than three times its width: a stroke that stands.
  bool upright = false;
  // A closed figure with strokes all over its inside, or hatching without an outline; not one that is
  // painted.
  bool hatched = false;
  // How dark it is drawn, 0 outline only .. 1 solid; a hatched figure at least half.
  double shade() const;
  // Mean height of the upper (lower) edge between two places, 0 top .. 1 bottom; of an open figure the line.
  double upper(double from, double to) const;
  double lower(double from, double to) const;
};

class Figures {
 public:
  Figures(const Reading& reading, const Rulebook& rules);

  const Reading& reading() const { return reading_; }
  const std::vector<Figure>& all() const { return all_; }  // in the reading's order, without arrows
  // The one that covers most; null when there is none.
  const Figure* largest() const;

  double roundness() const { return roundness_; }  // 0 a line .. 1 a circle
  double corners() const {
    return corners_;
  }  // how sharp those of the figures are, 0 round .. 1, by their areas
  // How much of each of these is seen, 0..1, by the table 'seen' of the rules.
  double density() const { return density_; }  // ink over the drawing's frame, 0 faint .. 1 dark
  double shading() const { return shading_; }  // the darkest figure, 0..1
  double tall() const { return tall_; }        // the largest figure, 0 wide .. 1 high
  double wide() const { return wide_; }        // how much of the page's width there is for a figure
  double high() const { return high_; }        // how much of its height the frame takes
  double uneven() const { return uneven_; }    // how far the figures are from symmetry
  double weight() const { return weight_; }    // which side of their middles the figures' ink is, 0 left .. 1
  double lift() const { return lift_; }        // the same, 0 at their bottom .. 1 at their top
  double flare() const { return flare_; }      // at which side they are taller, 0 left .. 1 right
  double round() const { return round_; }      // how round the drawing is beside others
  double width() const { return width_; }      // of the frame, as a fraction of the page
  double height() const { return height_; }

  // Regions of the picture: what lies between two places of the frame, and the whole frame.
  std::vector<Point> slice(double left, double top, double right, double bottom) const;
  std::vector<Point> frame() const { return slice(0, 0, 1, 1); }
  // The outline of a figure on the picture, as the reader gave it.
  std::vector<Point> region(const Figure& figure) const;

 private:
  Point in_frame(const Point& picture) const;
  void drop_shading();
  bool shades(const Figure& figure, const std::vector<int>& strokes) const;
  void find_frame();
  void measure(const Rulebook& rules);
  double parts() const;
  void measure_hand(const Rulebook& rules);

  const Reading& reading_;
  Plane plane_;
  double left_ = 0, top_ = 0, width_ = 1, height_ = 1;
  std::vector<Figure> all_;
  double roundness_ = 0.7;  // of a page with nothing but a grid, as a box
  double corners_ = 0.5, density_ = 0, shading_ = 0, tall_ = 0.5, wide_ = 0.5, high_ = 0.5;
  double uneven_ = 0, weight_ = 0.5, lift_ = 0.5, flare_ = 0.5, round_ = 0.5;
};

// 'circle, 93 %'
std::string named(const Shape& shape);

}  // namespace doodled::composing
