// Plain facts of a picture become a reading, of which the builtin rules make music: for models that can
// answer no more.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/compose/compose.hpp"
#include "core/interpret/llm/answer/parts.hpp"

namespace doodled::llm {
namespace {

constexpr double confidence = 0.5;  // a model of this size is right every other time

double unit(const Json& json, const char* key) { return json.at(key).get<double>() / 100; }

// Thin lines have a width as well.
Box shape_box(const Json& json) {
  Box box = box_of(json);
  box.width = std::max(box.width, 0.001);
  box.height = std::max(box.height, 0.001);
  return box;
}

Point in_box(const Box& box, double x, double y) { return {box.x + x * box.width, box.y + y * box.height}; }

bool is_open_line(ShapeClass shape) {
  return shape == ShapeClass::line || shape == ShapeClass::arc || shape == ShapeClass::wave ||
         shape == ShapeClass::zigzag || shape == ShapeClass::staircase;
}

// The height, 0..1 upwards, at 0..1 along a line of this class.
double height_along(ShapeClass shape, double x) {
  const double third = std::fmod(x * 3, 1.0);
  if (shape == ShapeClass::wave) return 0.5 + std::sin(2 * std::numbers::pi * 3 * x) / 2;
  if (shape == ShapeClass::zigzag) return third < 0.5 ? 2 * third : 2 - 2 * third;
  if (shape == ShapeClass::staircase) return std::floor(std::min(x, 0.999) * 5) / 4;
  if (shape == ShapeClass::arc) return std::sin(std::numbers::pi * x);
  return 1 - x;
}

std::vector<Point> corners(ShapeClass shape, const Box& box) {
  if (shape == ShapeClass::triangle) return {in_box(box, 0.5, 0), in_box(box, 1, 1), in_box(box, 0, 1)};
  if (shape == ShapeClass::diamond)
    return {in_box(box, 0.5, 0), in_box(box, 1, 0.5), in_box(box, 0.5, 1), in_box(box, 0, 0.5)};
  const bool round = shape == ShapeClass::circle || shape == ShapeClass::ellipse ||
                     shape == ShapeClass::spiral || shape == ShapeClass::dot;
  if (!round) return {in_box(box, 0, 0), in_box(box, 1, 0), in_box(box, 1, 1), in_box(box, 0, 1)};
  std::vector<Point> points;
  for (int i = 0; i < 32; ++i) {
    const double angle = 2 * std::numbers::pi * i / 32;
    points.push_back(in_box(box, 0.5 + std::cos(angle) / 2, 0.5 + std::sin(angle) / 2));
  }
  return points;
}

std::vector<Point> stroke(ShapeClass shape, const Box& box) {
  std::vector<Point> points;
  for (int i = 0; i < 64; ++i) points.push_back(in_box(box, i / 63.0, 1 - height_along(shape, i / 63.0)));
  return points;
}

Curve curve(ShapeClass shape, const Box& box, int index) {
  Curve curve{{}, box, index};
  for (int i = 0; i < 64; ++i) curve.samples.push_back(2 * height_along(shape, i / 63.0) - 1);
  return curve;
}

// Only class and place were stated, so each shape is the plain one of its class in its box.
void add_shape(Reading& reading, const Json& json) {
  Shape shape;
  shape.shape_class = shape_class_from(json.at("class").get<std::string>()).value_or(ShapeClass::other);
  shape.confidence = confidence;
  shape.box = shape_box(json.at("box"));
  shape.thickness = 0.01;
  const bool filled = shape.shape_class == ShapeClass::dot || shape.shape_class == ShapeClass::hatching;
  shape.fill = filled ? 1 : 0;
  if (is_open_line(shape.shape_class)) {
    shape.stroke = stroke(shape.shape_class, shape.box);
    reading.curves.push_back(curve(shape.shape_class, shape.box, static_cast<int>(reading.shapes.size())));
  } else {
    shape.polygon = corners(shape.shape_class, shape.box);
  }
  reading.shapes.push_back(std::move(shape));
}

Reading reading_of(const Json& facts) {
  Reading reading;
  const bool photo = facts.at("kind") == "photo";
  reading.kind = photo ? PictureKind::photo : PictureKind::drawing;
  reading.confidence = confidence;
  reading.width = reading.height = 1000;
  reading.ink = unit(facts, "texture") / 4;
  for (const auto& shape : facts.at("shapes")) add_shape(reading, shape);
  auto& features = reading.photo;
  features.luminance = unit(facts, "brightness");
  features.contrast = unit(facts, "contrast");
  features.saturation = unit(facts, "colour");
  features.warmth = unit(facts, "warmth");
  features.texture = unit(facts, "texture");
  features.sharpness = unit(facts, "sharpness");
  features.depth = unit(facts, "depth");
  features.hue_degrees = facts.at("hue").get<double>();
  for (std::size_t i = 0; i < 9; ++i) features.cells[i] = facts.at("cells").at(i).get<double>() / 100;
  return reading;
}

}  // namespace

Result<Session> session_of_facts(const Json& answer, const Wish& wish) {
  const Reading reading = reading_of(answer);
  if (reading.kind == PictureKind::drawing && reading.shapes.empty())
    return Error{
        "nothing_found", "The drawing has no shapes", {{"/shapes", "is empty, though this is a drawing"}}};
  auto session = compose(reading, wish.options);
  if (!session) return session.error();
  session->provenance.transforms.push_back(
      "composed by the builtin rules from plain facts; shapes are those of their class");
  return session;
}

}  // namespace doodled::llm
