// Pictures made for these tests, and the way to the corpus.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/image/raster.hpp"

namespace doodled::testing {

using Encoded = std::vector<std::uint8_t>;

struct PictureSpec {
  int width = 64, height = 48;
  int orientation = 1;  // the EXIF tag
  bool transparent = false;
};

// Four quarters: red top left, green top right, blue bottom left, black bottom right; or, transparent, the
// same with no opacity in the top half. `kind` is a suffix of libvips with options: ".jpg[Q=90]", ".png",
// ".webp[lossless]".
Encoded picture(const std::string& kind, const PictureSpec& spec = {});

struct Colour {
  int red = 0, green = 0, blue = 0;
};
// In the middle of the quarter: across and down are 0 or 1.
Colour quarter(const Raster& raster, int across, int down);
bool is_near(Colour a, Colour b, int tolerance = 40);

// CRC and length of an IHDR that claims this size; no pixels follow.
Encoded png_header_only(std::uint32_t width, std::uint32_t height);

Encoded contents(const std::filesystem::path& file);
// Of DOODLED_CORPUS, else ../shared/corpus beside the source; nothing when absent.
std::optional<std::filesystem::path> corpus();

}  // namespace doodled::testing
