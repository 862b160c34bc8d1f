// A small raster to draw the display's page on: boxes, lines, text, pictures. Everything is clipped; nothing
// fails. Pixels; x to the right, y down.
#pragma once
#include <string_view>
#include <vector>

#include "core/image/raster.hpp"
#include "drivers/push/surface/colour.hpp"

namespace doodled::push {

struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Rect&) const = default;
};

class Canvas {
 public:
  Canvas(int width, int height);

  int width() const { return width_; }
  int height() const { return height_; }
  // Black outside.
  Colour at(int x, int y) const;
  void set(int x, int y, Colour colour);
  bool operator==(const Canvas&) const = default;

  void clear(Colour colour = black);
  void fill(const Rect& rect, Colour colour);
  // `thickness` pixels inwards.
  void outline(const Rect& rect, Colour colour, int thickness = 1);
  // UTF-8 in letters of 5 x 7 pixels times `scale`; text that is wider than `room` ends in '..'. Answers its
  // width.
  int text(int x, int y, std::string_view text, Colour colour, int scale = 1, int room = 10'000);
  // Scaled to the largest size within `rect`, in its middle, each pixel the mean of what it covers. Answers
  // where it is.
  Rect picture(const Rect& rect, const Raster& picture);

 private:
  void glyph(int x, int y, std::uint64_t bits, Colour colour, int scale);

  int width_, height_;
  std::vector<Colour> pixels_;
};

// Of `text` as it would be drawn whole.
int text_width(std::string_view text, int scale = 1);

}  // namespace doodled::push
