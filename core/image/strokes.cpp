#include "core/image/strokes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

constexpr double longest_time = 1e10;  // milliseconds: four months of drawing
constexpr double thinnest = 0.001, widest = 0.1;
constexpr int smallest_side = 64, largest_side = 8192, longest_shape = 8;

[[noreturn]] void refuse(std::string pointer, std::string message) {
  throw ErrorException(
      {"invalid_stroke", "the stroke can't be used", {{std::move(pointer), std::move(message)}}});
}

double number_in(const Json& value, double least, double most, const std::string& pointer,
                 const char* expected) {
  if (!value.is_number()) refuse(pointer, expected);
  const double number = value.get<double>();
  if (!(number >= least && number <= most)) refuse(pointer, expected);
  return number;
}

StrokePoint point_from(const Json& value, const std::string& pointer) {
  if (!value.is_array() || value.size() < 2 || value.size() > 4)
    refuse(pointer, "is not a list of x, y, milliseconds and pressure");
  StrokePoint point;
  point.x = number_in(value[0], 0, 1, pointer + "/0", "x is not a number from 0 to 1");
  point.y = number_in(value[1], 0, 1, pointer + "/1", "y is not a number from 0 to 1");
  if (value.size() > 2)
    point.time = number_in(value[2], 0, longest_time, pointer + "/2", "is no time in milliseconds");
  if (value.size() > 3)
    point.pressure = number_in(value[3], 0, 1, pointer + "/3", "pressure is not a number from 0 to 1");
  return point;
}

std::vector<StrokePoint> points_from(const Json& value, const std::string& pointer) {
  if (!value.is_array() || value.empty() || value.size() > max_stroke_points)
    refuse(pointer, "is not a list of 1 to " + std::to_string(max_stroke_points) + " points");
  std::vector<StrokePoint> points;
  points.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i)
    points.push_back(point_from(value[i], pointer + "/" + std::to_string(i)));
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i].time < points[i - 1].time)
      refuse(pointer + "/" + std::to_string(i) + "/2", "lies before the point that precedes it");
  return points;
}

int digit(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto at = digits.find(static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c));
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::array<int, 3> colour_from(const Json& value, const std::string& pointer) {
  const std::string text = value.is_string() ? value.get<std::string>() : "";
  const bool hex = text.size() == 7 && text[0] == '#' &&
                   std::all_of(text.begin() + 1, text.end(), [](char c) { return digit(c) >= 0; });
  if (!hex) refuse(pointer, "is no colour such as \"#1b1c21\"");
  std::array<int, 3> colour{};
  for (std::size_t i = 0; i < 3; ++i) colour[i] = digit(text[1 + 2 * i]) * 16 + digit(text[2 + 2 * i]);
  return colour;
}

std::string colour_text(const std::array<int, 3>& colour) {
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", static_cast<unsigned>(colour[0]) & 255U,
                static_cast<unsigned>(colour[1]) & 255U, static_cast<unsigned>(colour[2]) & 255U);
  return text;
}

Pen pen_from(const Json& value, const std::string& pointer) {
  const auto pen = value.is_string() ? pen_names.value(value.get<std::string>()) : std::nullopt;
  if (!pen) refuse(pointer, "is none of line, brush, dots, hatch, arrow");
  return *pen;
}

std::int64_t id_from(const Json& value, const std::string& pointer) {
  if (!value.is_number_integer() || value.get<std::int64_t>() < 1 || value.get<std::int64_t>() >= 1LL << 53)
    refuse(pointer, "is not a whole number from 1 to 2^53 - 1");
  return value.get<std::int64_t>();
}

void read_member(HandStroke& stroke, const std::string& name, const Json& value, const std::string& pointer) {
  if (name == "id")
    stroke.id = id_from(value, pointer);
  else if (name == "pen")
    stroke.pen = pen_from(value, pointer);
  else if (name == "colour")
    stroke.colour = colour_from(value, pointer);
  else if (name == "width")
    stroke.width =
        number_in(value, thinnest, widest, pointer, "is not a share of the page from 0.001 to 0.1");
  else if (name == "points")
    stroke.points = points_from(value, pointer);
  else
    refuse(pointer, "is no field of a stroke; there are id, pen, colour, width, points");
}

// A twentieth of a pixel on the largest page, and short texts.
double shortened(double value) { return std::round(value * 1e5) / 1e5; }

Json json_of(const StrokePoint& point) {
  return Json::array(
      {shortened(point.x), shortened(point.y), std::round(point.time * 10) / 10, shortened(point.pressure)});
}

Error invalid_page(std::string pointer, std::string message) {
  return {"invalid_page", "the page can't be drawn on", {{std::move(pointer), std::move(message)}}};
}

}  // namespace

Json to_json(const HandStroke& stroke) {
  Json points = Json::array();
  for (const auto& point : stroke.points) points.push_back(json_of(point));
  Json json{{"id", stroke.id},
            {"pen", pen_names.name(stroke.pen)},
            {"colour", colour_text(stroke.colour)},
            {"points", std::move(points)}};
  if (stroke.width) json["width"] = *stroke.width;
  return json;
}

Result<HandStroke> stroke_from_json(const Json& json, std::string_view pointer) {
  const std::string place(pointer);
  try {
    if (!json.is_object()) refuse(place, "is not a JSON object");
    HandStroke stroke;
    for (const auto& [name, value] : json.items()) read_member(stroke, name, value, place + "/" + name);
    if (stroke.points.empty()) refuse(place + "/points", "is missing");
    return stroke;
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

Json to_json(const StrokePage& page) {
  Json strokes = Json::array();
  for (const auto& stroke : page.strokes) strokes.push_back(to_json(*stroke));
  return {{"width", page.width}, {"height", page.height}, {"strokes", std::move(strokes)}};
}

bool is_stroke_width(double width) { return width >= thinnest && width <= widest; }

Result<void> check_page_size(std::int64_t width, std::int64_t height) {
  const auto fits = [](std::int64_t side) { return side >= smallest_side && side <= largest_side; };
  if (!fits(width)) return invalid_page("/width", "is not from 64 to 8192 pixels");
  if (!fits(height)) return invalid_page("/height", "is not from 64 to 8192 pixels");
  if (width > longest_shape * height || height > longest_shape * width)
    return invalid_page("/height", "makes a page more than eight times as long as it is wide");
  return {};
}

Result<void> check_room(const Strokes& strokes, const HandStroke& next) {
  const Error full{"too_many_strokes",
                   "the page is full",
                   {{"/points", "a page holds at most " + std::to_string(max_page_strokes) + " strokes of " +
                                    std::to_string(max_page_points) + " points together"}}};
  if (strokes.size() >= max_page_strokes) return full;
  const auto points =
      std::accumulate(strokes.begin(), strokes.end(), next.points.size(),
                      [](std::size_t sum, const auto& stroke) { return sum + stroke->points.size(); });
  if (points > max_page_points) return full;
  return {};
}

}  // namespace doodled
