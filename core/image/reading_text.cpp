// A reading as JSON text.
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/image/reading_fields.hpp"

namespace doodled {
namespace {

constexpr double unit = 1e5;  // five decimals

class JsonText {
 public:
  std::string take() { return std::move(text_); }

  template <class Value>
  void object(const Value& value) {
    text_ += '{';
    fields(*this, value);
    text_ += '}';
  }

  template <class Value>
  void object(std::string_view name, const Value& value) {
    key(name);
    object(value);
  }
  template <class Value>
  void object_if_any(std::string_view name, const std::optional<Value>& value) {
    if (value) object(name, *value);
  }
  template <class Value>
  void list(std::string_view name, const std::vector<Value>& values, int) {
    key(name);
    array(values, [this](const Value& value) { object(value); });
  }

  void share(std::string_view name, double value) { key(name), put(value); }
  void number(std::string_view name, double value, double, double) { key(name), put(value); }
  void whole(std::string_view name, int value, int, int) { key(name), put(value); }
  void point(std::string_view name, const Point& value) { key(name), put(value); }
  void box(std::string_view name, const Box& box) {
    key(name);
    put(std::array{box.x, box.y, box.width, box.height});
  }
  void colour(std::string_view name, const std::array<int, 3>& value) { key(name), put(value); }
  void colours(std::string_view name, const std::vector<std::array<int, 3>>& values, std::size_t) {
    key(name), put(values);
  }
  void points(std::string_view name, const std::vector<Point>& values, std::size_t) {
    key(name), put(values);
  }
  void points_if_any(std::string_view name, const std::vector<Point>& values, std::size_t most) {
    if (!values.empty()) points(name, values, most);
  }
  void paths_if_any(std::string_view name, const std::vector<std::vector<Point>>& values, std::size_t) {
    if (!values.empty()) key(name), put(values);
  }
  void shares(std::string_view name, const std::array<double, 9>& values) { key(name), put(values); }
  void numbers(std::string_view name, const std::vector<double>& values, double, std::size_t) {
    key(name), put(values);
  }
  void rows(std::string_view name, const std::vector<std::vector<double>>& rows, std::size_t) {
    key(name), put(rows);
  }
  template <class Enum, std::size_t count>
  void word(std::string_view name, Enum value, const EnumNames<Enum, count>& names) {
    key(name);
    text_.append("\"").append(names.name(value)).append("\"");
  }
  void text_if_any(std::string_view name, const std::string& value) {
    if (!value.empty()) key(name), put(value);
  }
  void texts_if_any(std::string_view name, const std::vector<std::string>& values, std::size_t) {
    if (!values.empty()) key(name), put(values);
  }

 private:
  void key(std::string_view name) {
    if (text_.back() != '{') text_ += ',';
    text_.append("\"").append(name).append("\":");
  }
  template <class Values, class Put>
  void array(const Values& values, Put put_one) {
    text_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) text_ += ',';
      put_one(values[i]);
    }
    text_ += ']';
  }
  template <class Values>
  void put(const Values& values) {
    array(values, [this](const auto& value) { this->put(value); });
  }
  void put(const Point& point) { put(std::array{point.x, point.y}); }
  void put(const std::string& value) { text_ += to_text(Json(value)); }
  void put(int value) {
    char digits[16];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  // As a Json writes a double: at least one decimal, and the smallest with an exponent.
  void put(double value) {
    if (!std::isfinite(value)) return void(text_ += "null");
    long long rest = std::llround(value * unit);
    if (rest < 0) text_ += '-', rest = -rest;
    if (rest > 0 && rest < 10) return void((text_ += static_cast<char>('0' + rest)) += "e-05");
    char digits[32];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, rest / static_cast<int>(unit)).ptr);
    char decimals[] = ".00000";
    rest %= static_cast<int>(unit);
    for (int i = 5; i > 0; --i, rest /= 10) decimals[i] = static_cast<char>('0' + rest % 10);
    std::size_t size = 6;
    while (size > 2 && decimals[size - 1] == '0') --size;
    text_.append(decimals, size);
  }

  std::string text_;
};

}  // namespace

std::string to_text(const Reading& reading) {
  JsonText text;
  text.object(reading);
  return text.take();
}

}  // namespace doodled
