// Readings for the tests of the composition.
#pragma once
#include <vector>

#include <doctest/doctest.h>

#include "core/compose/compose.hpp"

namespace doodled::test {

inline Shape shape(ShapeClass shape_class, Box box) {
  Shape made;
  made.shape_class = shape_class;
  made.confidence = 0.9;
  made.box = box;
  made.polygon = {{box.x, box.y},
                  {box.x + box.width, box.y},
                  {box.x + box.width, box.y + box.height},
                  {box.x, box.y + box.height}};
  made.thickness = 0.01;
  return made;
}

inline Reading drawing(std::vector<Shape> shapes) {
  Reading reading;
  reading.kind = PictureKind::drawing;
  reading.confidence = 1;
  reading.width = reading.height = 500;
  reading.ink = 0.05;
  reading.shapes = std::move(shapes);
  return reading;
}

inline Reading photo(double luminance = 0.5, double texture = 0.5, double hue_degrees = 60) {
  Reading reading;
  reading.kind = PictureKind::photo;
  reading.confidence = 1;
  reading.width = 600, reading.height = 400;
  reading.photo.luminance = luminance;
  reading.photo.texture = texture;
  reading.photo.hue_degrees = hue_degrees;
  reading.photo.saturation = 0.5;
  reading.photo.contrast = 0.5;
  reading.photo.palette = {{200, 120, 40}, {40, 60, 20}, {240, 240, 230}};
  reading.photo.cells = {0.1, 0.5, 0.9, 0.3, 0.2, 0.7, 0.4, 0.6, 0.8};
  reading.photo.focal_points = {{0.3, 0.4}, {0.8, 0.2}};
  return reading;
}

// A wave, a circle with a triangle inside, an arrow from wave to circle, and something hatched.
inline Reading busy_drawing() {
  using enum ShapeClass;
  Reading reading = drawing({shape(wave, {0.05, 0.7, 0.5, 0.2}), shape(circle, {0.5, 0.1, 0.4, 0.4}),
                             shape(triangle, {0.6, 0.2, 0.1, 0.1}), shape(arrow, {0.4, 0.5, 0.15, 0.15}),
                             shape(hatching, {0.1, 0.1, 0.25, 0.3})});
  reading.shapes[2].inside = 1;
  reading.shapes[4].fill = 0.6;
  reading.shapes[0].stroke = {{0.05, 0.8}, {0.15, 0.7}, {0.3, 0.9}, {0.45, 0.7}, {0.55, 0.8}};
  reading.curves.push_back({{0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5}, reading.shapes[0].box, 0});
  reading.arrows.push_back({0, 1, 0.2, 3, {0.4, 0.65}, {0.55, 0.5}});
  return reading;
}

inline Reading grid_page(int rows, int columns) {
  Reading reading = drawing({shape(ShapeClass::rectangle, {0.1, 0.1, 0.8, 0.4})});
  Grid grid{rows, columns, {}, {0.1, 0.1, 0.8, 0.4}};
  grid.cells.assign(static_cast<std::size_t>(rows),
                    std::vector<double>(static_cast<std::size_t>(columns), 0));
  reading.grid = grid;
  return reading;
}

inline Session composed(const Reading& reading, const ComposeOptions& options = {}) {
  auto session = compose(reading, options);
  REQUIRE(session.has_value());
  return *session;
}

}  // namespace doodled::test
