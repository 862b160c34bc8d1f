#include "core/image/reading.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/image/reading_fields.hpp"

namespace doodled {
namespace {

Error misfit(std::string pointer, std::string message) {
  return {"invalid_reading",
          "the reading does not have the expected form",
          {{std::move(pointer), std::move(message)}}};
}

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
    throw ErrorException(misfit(pointer_, std::move(message)));
  }

 private:
  const Json& value_;
  std::string pointer_;
};

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

// The members of a JSON object.
class JsonObject {
 public:
  template <class Value>
  static Value read(const Source& source) {
    Value value;
    JsonObject form(source);
    fields(form, value);
    return value;
  }

  void share(const char* name, double& value) { value = source_.at(name).share(); }
  void number(const char* name, double& value, double least, double most) {
    value = source_.at(name).number(least, most);
  }
  void whole(const char* name, int& value, int least, int most) {
    value = source_.at(name).integer(least, most);
  }
  void point(const char* name, Point& value) { value = point_of(source_.at(name)); }
  void box(const char* name, Box& value) { value = box_of(source_.at(name)); }
  void colour(const char* name, std::array<int, 3>& value) { value = colour_of(source_.at(name)); }
  template <class Enum, std::size_t count>
  void word(const char* name, Enum& value, const EnumNames<Enum, count>& names) {
    const auto known = names.value(source_.at(name).text());
    if (!known) source_.at(name).fail("is none of the words that are known here");
    value = *known;
  }
  void shares(const char* name, std::array<double, 9>& values) {
    const Source list = source_.at(name);
    list.size(values.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = list.at(i).share();
  }
  void colours(const char* name, std::vector<std::array<int, 3>>& values, std::size_t most) {
    values = list_of<std::array<int, 3>>(source_.at(name), most, colour_of);
  }
  void points(const char* name, std::vector<Point>& values, std::size_t most) {
    values = list_of<Point>(source_.at(name), most, point_of);
  }
  void points_if_any(const char* name, std::vector<Point>& values, std::size_t most) {
    if (source_.has(name)) points(name, values, most);
  }
  void paths_if_any(const char* name, std::vector<std::vector<Point>>& values, std::size_t most) {
    if (source_.has(name))
      values = list_of<std::vector<Point>>(source_.at(name), most, [](const Source& path) {
        return list_of<Point>(path, most_points, point_of);
      });
  }
  void numbers(const char* name, std::vector<double>& values, double least, std::size_t most) {
    values = numbers_of(source_.at(name), least, most);
  }
  void rows(const char* name, std::vector<std::vector<double>>& rows, std::size_t most) {
    rows = list_of<std::vector<double>>(source_.at(name), most,
                                        [most](const Source& row) { return numbers_of(row, 0, most); });
  }
  void text_if_any(const char* name, std::string& value) {
    if (source_.has(name)) value = source_.at(name).text();
  }
  void texts_if_any(const char* name, std::vector<std::string>& values, std::size_t most) {
    if (source_.has(name))
      values = list_of<std::string>(source_.at(name), most, [](const Source& text) { return text.text(); });
  }
  template <class Value>
  void object(const char* name, Value& value) {
    value = read<Value>(source_.at(name));
  }
  template <class Value>
  void object_if_any(const char* name, std::optional<Value>& value) {
    if (source_.has(name)) value = read<Value>(source_.at(name));
  }
  template <class Value>
  void list(const char* name, std::vector<Value>& values, std::size_t most) {
    values = list_of<Value>(source_.at(name), most, read<Value>);
  }

 private:
  explicit JsonObject(const Source& source) : source_(source) {}
  static std::vector<double> numbers_of(const Source& source, double least, std::size_t most) {
    return list_of<double>(source, most, [least](const Source& one) { return one.number(least, 1); });
  }

  const Source& source_;
};

Result<void> check_cells(const Grid& grid) {
  const auto wanted = [](int number, const char* what) {
    return "there must be " + std::to_string(number) + " " + what;
  };
  if (grid.cells.size() != static_cast<std::size_t>(grid.rows))
    return misfit("/grid/cells", wanted(grid.rows, "rows"));
  for (std::size_t i = 0; i < grid.cells.size(); ++i)
    if (grid.cells[i].size() != static_cast<std::size_t>(grid.columns))
      return misfit("/grid/cells/" + std::to_string(i), wanted(grid.columns, "cells"));
  return {};
}

}  // namespace

std::string_view to_string(ShapeClass shape_class) { return shape_names.name(shape_class); }

std::optional<ShapeClass> shape_class_from(std::string_view name) { return shape_names.value(name); }

std::string_view to_string(PictureKind kind) { return kind_names.name(kind); }

Json to_json(const Reading& reading) { return parse_json(to_text(reading)).value(); }

Result<void> check_parts(const Reading& reading) {
  const int count = static_cast<int>(reading.shapes.size());
  const auto beyond = [&](int index) { return index >= count; };
  for (const Shape& shape : reading.shapes)
    if (beyond(shape.inside)) return misfit("/shapes", "a shape lies inside one that does not exist");
  for (const Curve& curve : reading.curves)
    if (beyond(curve.shape)) return misfit("/curves", "a curve names a shape that does not exist");
  for (const Arrow& arrow : reading.arrows)
    if (beyond(arrow.from) || beyond(arrow.to) || beyond(arrow.shape))
      return misfit("/arrows", "an arrow names a shape that does not exist");
  return reading.grid ? check_cells(*reading.grid) : Result<void>();
}

Result<Reading> reading_from_json(const Json& json) {
  try {
    auto reading = JsonObject::read<Reading>(Source(json, ""));
    if (const auto whole = check_parts(reading); !whole) return whole.error();
    return reading;
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

}  // namespace doodled
