// The fields of a reading, told once for every form that it takes: JSON, and bytes between processes.
//
// A form has a function for each kind of value, which takes the field's name and the value, and writes it or,
// given a value that can be changed, reads it. Fields come in the order of their names, as they do in JSON.
// An object within another is told by the form, which calls fields() for it.
#pragma once
#include <concepts>
#include <type_traits>

#include "core/base/enum_names.hpp"
#include "core/image/reading.hpp"

namespace doodled {

inline constexpr EnumNames<ShapeClass, 18> shape_names{
    {"circle", "ellipse", "triangle", "square", "rectangle", "diamond", "polygon", "star", "line", "arc",
     "wave", "zigzag", "staircase", "spiral", "arrow", "dot", "hatching", "other"}};
inline constexpr EnumNames<PictureKind, 3> kind_names{{"drawing", "photo", "nothing"}};

inline constexpr int most_shapes = 4096;
inline constexpr int most_pixels = 1 << 20;  // of one side
inline constexpr int most_lines = 256;       // of a grid, each way
inline constexpr std::size_t most_points = 256, most_samples = 4096, most_colours = 5, most_focal_points = 8,
                             most_notes = 64;

// T or const T.
template <class Value, class T>
concept Either = std::same_as<std::remove_const_t<Value>, T>;

template <class Form, Either<Shape> Value>
void fields(Form& form, Value& shape) {
  form.box("box", shape.box);
  form.word("class", shape.shape_class, shape_names);
  form.colour("colour", shape.colour);
  form.share("confidence", shape.confidence);
  form.share("fill", shape.fill);
  form.whole("inside", shape.inside, -1, most_shapes);
  form.points("polygon", shape.polygon, most_points);
  form.points("stroke", shape.stroke, most_points);
  form.share("thickness", shape.thickness);
}

template <class Form, Either<Curve> Value>
void fields(Form& form, Value& curve) {
  form.box("box", curve.box);
  form.numbers("samples", curve.samples, -1, most_samples);
  form.whole("shape", curve.shape, -1, most_shapes);
}

template <class Form, Either<Arrow> Value>
void fields(Form& form, Value& arrow) {
  form.share("depth", arrow.depth);
  form.whole("from", arrow.from, -1, most_shapes);
  form.point("head", arrow.head);
  form.whole("shape", arrow.shape, -1, most_shapes);
  form.point("tail", arrow.tail);
  form.whole("to", arrow.to, -1, most_shapes);
}

template <class Form, Either<Grid> Value>
void fields(Form& form, Value& grid) {
  form.box("box", grid.box);
  form.rows("cells", grid.cells, most_lines);
  form.whole("columns", grid.columns, 1, most_lines);
  form.whole("rows", grid.rows, 1, most_lines);
}

template <class Form, Either<PhotoFeatures> Value>
void fields(Form& form, Value& photo) {
  form.share("balance", photo.balance);
  form.shares("cells", photo.cells);
  form.share("contrast", photo.contrast);
  form.share("depth", photo.depth);
  form.points("focal_points", photo.focal_points, most_focal_points);
  form.number("horizon", photo.horizon, -1, 1);
  form.number("hue_degrees", photo.hue_degrees, 0, 360);
  form.share("luminance", photo.luminance);
  form.colours("palette", photo.palette, most_colours);
  form.share("saturation", photo.saturation);
  form.share("sharpness", photo.sharpness);
  form.share("texture", photo.texture);
  form.share("warmth", photo.warmth);
}

template <class Form, Either<Reading> Value>
void fields(Form& form, Value& reading) {
  form.text_if_any("advice", reading.advice);
  form.list("arrows", reading.arrows, most_shapes);
  form.share("confidence", reading.confidence);
  form.list("curves", reading.curves, most_shapes);
  form.object_if_any("grid", reading.grid);
  form.whole("height", reading.height, 0, most_pixels);
  form.paths_if_any("hulls", reading.hulls, most_shapes);
  form.share("ink", reading.ink);
  form.word("kind", reading.kind, kind_names);
  form.texts_if_any("notes", reading.notes, most_notes);
  form.points_if_any("page", reading.page, most_points);
  form.object("photo", reading.photo);
  form.list("shapes", reading.shapes, most_shapes);
  form.whole("width", reading.width, 0, most_pixels);
}

}  // namespace doodled
