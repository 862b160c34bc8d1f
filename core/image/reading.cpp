#include "core/image/reading.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/image/reading_fields.hpp"

namespace doodled {
namespace {

// Walks a JSON value that may hold anything; the first misfit ends it with the pointer of the place.
class Source {
 public:
  Source(const Json& value, std::string pointer) : value_(value), pointer_(std::move(pointer)) {}

  Source at(const char* key) const {
    if (!value_.is_object() || !value_.contains(key))
      fail("the member \"" + std::string(key) + "\" is missing");
    return {value_.at(key), pointer_ + "/" + key};
  }
  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }
  Source at(std::size_t index) const { return {value_.at(index), pointer_ + "/" + std::to_string(index)}; }

  std::size_t size(std::size_t least, std::size_t most) const {
    if (!value_.is_array() || value_.size() < least || value_.size() > most)
      fail("a list of " + std::to_string(least) + " to " + std::to_string(most) + " entries is expected");
    return value_.size();
  }
  double number(double least, double most) const {
    if (!value_.is_number()) fail("a number is expected");
    const double number = value_.get<double>();
    if (!(number >= least && number <= most)) fail("the number is out of range");
    return number;
  }
  double share() const { return number(0, 1); }
  int integer(int least, int most) const {
    if (!value_.is_number_integer()) fail("a whole number is expected");
    return static_cast<int>(number(least, most));
  }
  std::string text() const {
    if (!value_.is_string()) fail("a text is expected");
    return value_.get<std::string>();
  }
  [[noreturn]] void fail(std::string message) const {
    throw ErrorException(
        {"invalid_reading", "the reading does not have the expected form", {{pointer_, message}}});
  }

 private:
  const Json& value_;
  std::string pointer_;
};

bool is_even(const Grid& grid) {
  return grid.cells.size() == static_cast<std::size_t>(grid.rows) &&
         std::all_of(grid.cells.begin(), grid.cells.end(),
                     [&](const auto& row) { return row.size() == static_cast<std::size_t>(grid.columns); });
}

template <class T, class Read>
std::vector<T> list_of(const Source& source, std::size_t most, Read read) {
  std::vector<T> list;
  const std::size_t count = source.size(0, most);
  for (std::size_t i = 0; i < count; ++i) list.push_back(read(source.at(i)));
  return list;
}

// Outlines of what touches the edge may end a little outside the picture.
Point point_of(const Source& source) {
  source.size(2, 2);
  return {source.at(std::size_t{0}).number(-1, 2), source.at(std::size_t{1}).number(-1, 2)};
}

std::vector<Point> points_of(const Source& source) { return list_of<Point>(source, most_points, point_of); }

Box box_of(const Source& source) {
  source.size(4, 4);
  const auto side = [&](std::size_t i) { return source.at(i).number(-1, 2); };
  return {side(0), side(1), side(2), side(3)};
}

std::array<int, 3> colour_of(const Source& source) {
  source.size(3, 3);
  const auto channel = [&](std::size_t i) { return source.at(i).integer(0, 255); };
  return {channel(0), channel(1), channel(2)};
}

Shape shape_of(const Source& source) {
  Shape shape;
  const auto shape_class = shape_class_from(source.at("class").text());
  if (!shape_class) source.at("class").fail("there is no such shape class");
  shape.shape_class = *shape_class;
  shape.confidence = source.at("confidence").share();
  shape.box = box_of(source.at("box"));
  shape.polygon = points_of(source.at("polygon"));
  shape.stroke = points_of(source.at("stroke"));
  shape.fill = source.at("fill").share();
  shape.colour = colour_of(source.at("colour"));
  shape.thickness = source.at("thickness").share();
  shape.inside = source.at("inside").integer(-1, most_shapes);
  return shape;
}

Curve curve_of(const Source& source) {
  const auto sample = [](const Source& value) { return value.number(-1, 1); };
  return {list_of<double>(source.at("samples"), most_samples, sample), box_of(source.at("box")),
          source.at("shape").integer(-1, most_shapes)};
}

Arrow arrow_of(const Source& source) {
  return {source.at("from").integer(-1, most_shapes),
          source.at("to").integer(-1, most_shapes),
          source.at("depth").share(),
          source.at("shape").integer(-1, most_shapes),
          point_of(source.at("tail")),
          point_of(source.at("head"))};
}

Grid grid_of(const Source& source) {
  Grid grid;
  grid.rows = source.at("rows").integer(1, most_lines);
  grid.columns = source.at("columns").integer(1, most_lines);
  grid.box = box_of(source.at("box"));
  const auto columns = static_cast<std::size_t>(grid.columns);
  source.at("cells").size(static_cast<std::size_t>(grid.rows), static_cast<std::size_t>(grid.rows));
  grid.cells = list_of<std::vector<double>>(source.at("cells"), most_lines, [&](const Source& row) {
    row.size(columns, columns);
    return list_of<double>(row, most_lines, [](const Source& cell) { return cell.share(); });
  });
  return grid;
}

PhotoFeatures photo_of(const Source& source) {
  PhotoFeatures photo;
  photo.luminance = source.at("luminance").share();
  photo.contrast = source.at("contrast").share();
  photo.saturation = source.at("saturation").share();
  photo.warmth = source.at("warmth").share();
  photo.texture = source.at("texture").share();
  photo.sharpness = source.at("sharpness").share();
  photo.hue_degrees = source.at("hue_degrees").number(0, 360);
  photo.palette = list_of<std::array<int, 3>>(source.at("palette"), most_colours, colour_of);
  photo.focal_points = list_of<Point>(source.at("focal_points"), most_focal_points, point_of);
  photo.balance = source.at("balance").share();
  photo.horizon = source.at("horizon").number(-1, 1);
  photo.depth = source.at("depth").share();
  const Source cells = source.at("cells");
  cells.size(photo.cells.size(), photo.cells.size());
  for (std::size_t i = 0; i < photo.cells.size(); ++i) photo.cells[i] = cells.at(i).share();
  return photo;
}

PictureKind kind_of(const Source& source) {
  const auto kind = kind_names.value(source.text());
  if (!kind) source.fail("there is no such kind of picture");
  return *kind;
}

Reading reading_of(const Source& source) {
  Reading reading;
  reading.kind = kind_of(source.at("kind"));
  reading.confidence = source.at("confidence").share();
  reading.width = source.at("width").integer(0, most_pixels);
  reading.height = source.at("height").integer(0, most_pixels);
  reading.ink = source.at("ink").share();
  if (source.has("page")) reading.page = points_of(source.at("page"));
  reading.shapes = list_of<Shape>(source.at("shapes"), most_shapes, shape_of);
  reading.curves = list_of<Curve>(source.at("curves"), most_shapes, curve_of);
  reading.arrows = list_of<Arrow>(source.at("arrows"), most_shapes, arrow_of);
  if (source.has("grid")) reading.grid = grid_of(source.at("grid"));
  reading.photo = photo_of(source.at("photo"));
  if (source.has("advice")) reading.advice = source.at("advice").text();
  if (source.has("notes"))
    reading.notes =
        list_of<std::string>(source.at("notes"), most_notes, [](const Source& note) { return note.text(); });
  check_parts(reading).value();
  return reading;
}

}  // namespace

std::string_view to_string(ShapeClass shape_class) { return shape_names.name(shape_class); }

std::optional<ShapeClass> shape_class_from(std::string_view name) { return shape_names.value(name); }

std::string_view to_string(PictureKind kind) { return kind_names.name(kind); }

Json to_json(const Reading& reading) { return parse_json(to_text(reading)).value(); }

Result<void> check_parts(const Reading& reading) {
  const auto misfit = [](std::string pointer, std::string message) {
    return Error{"invalid_reading",
                 "the reading does not have the expected form",
                 {{std::move(pointer), std::move(message)}}};
  };
  const int count = static_cast<int>(reading.shapes.size());
  const auto beyond = [&](int index) { return index >= count; };
  for (const Shape& shape : reading.shapes)
    if (beyond(shape.inside)) return misfit("/shapes", "a shape lies inside one that does not exist");
  for (const Curve& curve : reading.curves)
    if (beyond(curve.shape)) return misfit("/curves", "a curve names a shape that does not exist");
  for (const Arrow& arrow : reading.arrows)
    if (beyond(arrow.from) || beyond(arrow.to) || beyond(arrow.shape))
      return misfit("/arrows", "an arrow names a shape that does not exist");
  if (reading.grid && !is_even(*reading.grid))
    return misfit("/grid/cells", "there are not as many as rows and columns say");
  return {};
}

Result<Reading> reading_from_json(const Json& json) {
  try {
    return reading_of(Source(json, ""));
  } catch (const ErrorException& misfit) {
    return misfit.error();
  }
}

}  // namespace doodled
