#include "core/reader/protocol/reading_bytes.hpp"

#include <cmath>
#include <limits>

#include "core/base/utf8.hpp"
#include "core/image/reading_fields.hpp"
#include "core/reader/protocol/wire.hpp"

namespace doodled::reader {
namespace {

constexpr double in_one = 1e5;
constexpr std::size_t longest_text = 64 * 1024;

class Writing {
 public:
  explicit Writing(ByteWriter& out) : out_(out) {}

  void share(std::string_view, double value) { put(value); }
  void number(std::string_view, double value, double, double) { put(value); }
  void whole(std::string_view, int value, int, int) { put(value); }
  void point(std::string_view, const Point& value) { put(value); }
  void box(std::string_view, const Box& box) {
    for (const double value : {box.x, box.y, box.width, box.height}) put(value);
  }
  template <class Enum, std::size_t count>
  void word(std::string_view, Enum value, const EnumNames<Enum, count>&) {
    out_.put(static_cast<std::uint8_t>(value));
  }
  void colour(std::string_view, const std::array<int, 3>& value) { put(value); }
  void shares(std::string_view, const std::array<double, 9>& values) {
    for (const double value : values) put(value);
  }
  template <class Value>
  void colours(std::string_view, const std::vector<Value>& values, std::size_t) {
    put(values);
  }
  void points(std::string_view, const std::vector<Point>& values, std::size_t) { put(values); }
  void points_if_any(std::string_view, const std::vector<Point>& values, std::size_t) { put(values); }
  void paths_if_any(std::string_view, const std::vector<std::vector<Point>>& values, std::size_t) {
    put(values);
  }
  void numbers(std::string_view, const std::vector<double>& values, double, std::size_t) { put(values); }
  void rows(std::string_view, const std::vector<std::vector<double>>& rows, std::size_t) { put(rows); }
  void text_if_any(std::string_view, const std::string& value) { put(value); }
  void texts_if_any(std::string_view, const std::vector<std::string>& values, std::size_t) { put(values); }
  template <class Value>
  void object(std::string_view, const Value& value) {
    fields(*this, value);
  }
  template <class Value>
  void object_if_any(std::string_view, const std::optional<Value>& value) {
    out_.put(static_cast<std::uint8_t>(value.has_value()));
    if (value) fields(*this, *value);
  }
  template <class Value>
  void list(std::string_view, const std::vector<Value>& values, int) {
    out_.put(static_cast<std::uint32_t>(values.size()));
    for (const Value& value : values) fields(*this, value);
  }

 private:
  void put(int value) { out_.put(static_cast<std::uint32_t>(value)); }
  // What is no number comes out as one that nobody takes.
  void put(double value) {
    put(std::isfinite(value) ? static_cast<int>(std::lround(value * in_one))
                             : std::numeric_limits<int>::min());
  }
  void put(const Point& point) { put(point.x), put(point.y); }
  void put(const std::array<int, 3>& colour) {
    for (const int channel : colour) out_.put(static_cast<std::uint8_t>(channel));
  }
  void put(const std::string& text) { out_.put(std::string_view(text)); }
  template <class Value>
  void put(const std::vector<Value>& values) {
    out_.put(static_cast<std::uint32_t>(values.size()));
    for (const Value& value : values) put(value);
  }

  ByteWriter& out_;
};

class Taking {
 public:
  explicit Taking(ByteReader& in) : in_(in) {}

  void share(std::string_view, double& value) { take(value, 0, 1); }
  void number(std::string_view, double& value, double least, double most) { take(value, least, most); }
  void whole(std::string_view, int& value, int least, int most) { take(value, least, most); }
  void point(std::string_view, Point& value) { take(value); }
  void box(std::string_view, Box& box) {
    for (double* value : {&box.x, &box.y, &box.width, &box.height}) take(*value, -1, 2);
  }
  template <class Enum, std::size_t count>
  void word(std::string_view, Enum& value, const EnumNames<Enum, count>&) {
    const auto number = in_.take<std::uint8_t>();
    if (number >= count) in_.refuse();
    value = static_cast<Enum>(number < count ? number : 0);
  }
  void colour(std::string_view, std::array<int, 3>& value) { take(value); }
  void shares(std::string_view, std::array<double, 9>& values) {
    for (double& value : values) take(value, 0, 1);
  }
  void colours(std::string_view, std::vector<std::array<int, 3>>& values, std::size_t most) {
    take_list(values, most, [this](auto& value) { take(value); });
  }
  void points(std::string_view, std::vector<Point>& values, std::size_t most) {
    take_list(values, most, [this](Point& value) { take(value); });
  }
  void points_if_any(std::string_view name, std::vector<Point>& values, std::size_t most) {
    points(name, values, most);
  }
  void paths_if_any(std::string_view name, std::vector<std::vector<Point>>& values, std::size_t most) {
    take_list(values, most, [&](auto& path) { points(name, path, most_points); });
  }
  void numbers(std::string_view, std::vector<double>& values, double least, std::size_t most) {
    take_list(values, most, [&](double& value) { take(value, least, 1); });
  }
  void rows(std::string_view name, std::vector<std::vector<double>>& rows, std::size_t most) {
    take_list(rows, most, [&](auto& row) { numbers(name, row, 0, most); });
  }
  void text_if_any(std::string_view, std::string& value) { take(value); }
  void texts_if_any(std::string_view, std::vector<std::string>& values, std::size_t most) {
    take_list(values, most, [this](std::string& value) { take(value); });
  }
  template <class Value>
  void object(std::string_view, Value& value) {
    fields(*this, value);
  }
  template <class Value>
  void object_if_any(std::string_view, std::optional<Value>& value) {
    if (in_.take<std::uint8_t>() != 0) fields(*this, value.emplace());
  }
  template <class Value>
  void list(std::string_view, std::vector<Value>& values, std::size_t most) {
    take_list(values, most, [this](Value& value) { fields(*this, value); });
  }

 private:
  void take(int& value, int least, int most) {
    value = static_cast<int>(in_.take<std::uint32_t>());
    if (value < least || value > most) in_.refuse();
  }
  void take(double& value, double least, double most) {
    value = static_cast<int>(in_.take<std::uint32_t>()) / in_one;
    if (value < least || value > most) in_.refuse();
  }
  // Outlines of what touches the edge may end a little outside the picture.
  void take(Point& point) { take(point.x, -1, 2), take(point.y, -1, 2); }
  void take(std::array<int, 3>& colour) {
    for (int& channel : colour) channel = in_.take<std::uint8_t>();
  }
  void take(std::string& text) {
    text = in_.text(longest_text);
    if (!is_utf8(text)) in_.refuse();
  }
  // Grows as the bytes come: a count alone takes no memory.
  template <class Value, class Take>
  void take_list(std::vector<Value>& values, std::size_t most, Take take_one) {
    const std::size_t count = in_.count(most);
    for (std::size_t i = 0; i < count && in_.sound(); ++i) take_one(values.emplace_back());
  }

  ByteReader& in_;
};

}  // namespace

std::vector<std::uint8_t> reading_bytes(const Reading& reading) {
  ByteWriter out;
  Writing form(out);
  fields(form, reading);
  return out.take();
}

Result<Reading> reading_from_bytes(Bytes bytes) {
  ByteReader in(bytes);
  Taking form(in);
  Reading reading;
  fields(form, reading);
  if (!in.sound() || !in.at_end()) return Error{"invalid_reading", "The bytes make no reading."};
  if (const auto whole = check_parts(reading); !whole) return whole.error();
  return reading;
}

}  // namespace doodled::reader
