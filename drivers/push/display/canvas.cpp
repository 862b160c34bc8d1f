#include "drivers/push/display/canvas.hpp"

#include <algorithm>
#include <string>

#include "drivers/push/display/font.hpp"

namespace doodled::push {
namespace {

// The pixels from `begin` to before `end` of a side that is scaled from `from` to `to`, for pixel `at` of the
// result; at least one.
struct Covered {
  int begin, end;
};
Covered covered(int at, int from, int to) {
  const int begin = static_cast<int>(std::int64_t{at} * from / to);
  const int end = static_cast<int>((std::int64_t{at} + 1) * from / to);
  return {begin, std::max(begin + 1, end)};
}

Colour mean(const Raster& picture, Covered columns, Covered rows) {
  int red = 0, green = 0, blue = 0;
  for (int y = rows.begin; y < rows.end; ++y)
    for (int x = columns.begin; x < columns.end; ++x) {
      const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                       static_cast<std::size_t>(x)) *
                      3;
      red += picture.pixels[at];
      green += picture.pixels[at + 1];
      blue += picture.pixels[at + 2];
    }
  const int count = (columns.end - columns.begin) * (rows.end - rows.begin);
  const auto channel = [count](int sum) { return static_cast<std::uint8_t>((sum + count / 2) / count); };
  return {channel(red), channel(green), channel(blue)};
}

Rect fitted(const Rect& rect, const Raster& picture) {
  int width = rect.width, height = picture.height * rect.width / picture.width;
  if (height > rect.height) {
    height = rect.height;
    width = picture.width * rect.height / picture.height;
  }
  width = std::max(1, width);
  height = std::max(1, height);
  return {rect.x + (rect.width - width) / 2, rect.y + (rect.height - height) / 2, width, height};
}

}  // namespace

Canvas::Canvas(int width, int height)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

Colour Canvas::at(int x, int y) const {
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return black;
  return pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                 static_cast<std::size_t>(x)];
}

void Canvas::set(int x, int y, Colour colour) {
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
  pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)] =
      colour;
}

void Canvas::clear(Colour colour) { std::ranges::fill(pixels_, colour); }

void Canvas::fill(const Rect& rect, Colour colour) {
  const int right = std::min(width_, rect.x + rect.width), bottom = std::min(height_, rect.y + rect.height);
  for (int y = std::max(0, rect.y); y < bottom; ++y)
    for (int x = std::max(0, rect.x); x < right; ++x) set(x, y, colour);
}

void Canvas::outline(const Rect& rect, Colour colour, int thickness) {
  const int across = std::min(thickness, rect.width), down = std::min(thickness, rect.height);
  fill({rect.x, rect.y, rect.width, down}, colour);
  fill({rect.x, rect.y + rect.height - down, rect.width, down}, colour);
  fill({rect.x, rect.y, across, rect.height}, colour);
  fill({rect.x + rect.width - across, rect.y, across, rect.height}, colour);
}

void Canvas::glyph(int x, int y, std::uint64_t bits, Colour colour, int scale) {
  for (int row = 0; row < glyph_height; ++row)
    for (int column = 0; column < glyph_width; ++column)
      if (bits >> (row * glyph_width + column) & 1)
        fill({x + column * scale, y + row * scale, scale, scale}, colour);
}

int Canvas::text(int x, int y, std::string_view text, Colour colour, int scale, int room) {
  std::u32string letters = letters_of(text);
  const auto most = static_cast<std::size_t>(std::max(0, (room + scale) / (glyph_advance * scale)));
  if (letters.size() > most) {
    letters.resize(most);
    for (std::size_t i = most >= 2 ? most - 2 : most; i < most; ++i) letters[i] = U'.';
  }
  int at = x;
  for (const char32_t letter : letters) {
    glyph(at, y, glyph_of(letter), colour, scale);
    at += glyph_advance * scale;
  }
  return at - x;
}

Rect Canvas::picture(const Rect& rect, const Raster& picture) {
  if (picture.width < 1 || picture.height < 1 || rect.width < 1 || rect.height < 1)
    return {rect.x, rect.y, 0, 0};
  const Rect place = fitted(rect, picture);
  for (int y = 0; y < place.height; ++y)
    for (int x = 0; x < place.width; ++x)
      set(place.x + x, place.y + y,
          mean(picture, covered(x, picture.width, place.width), covered(y, picture.height, place.height)));
  return place;
}

int text_width(std::string_view text, int scale) {
  return static_cast<int>(letters_of(text).size()) * glyph_advance * scale;
}

}  // namespace doodled::push
