#include "tests/unit/reader_process/pictures.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include <vips/vips.h>

#include "core/reader/decode/decode.hpp"

namespace doodled::testing {
namespace {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

void start_once() { [[maybe_unused]] static const bool started = (start_decoder(), true); }

std::array<std::uint8_t, 4> pixel(const PictureSpec& spec, int x, int y) {
  const bool right = x >= spec.width / 2;
  const bool below = y >= spec.height / 2;
  const std::uint8_t opacity = spec.transparent && !below ? 0 : 255;
  if (below) return {0, 0, static_cast<std::uint8_t>(right ? 0 : 255), opacity};
  return {static_cast<std::uint8_t>(right ? 0 : 255), static_cast<std::uint8_t>(right ? 255 : 0), 0, opacity};
}

Encoded pixels(const PictureSpec& spec) {
  Encoded all;
  for (int y = 0; y < spec.height; ++y) {
    for (int x = 0; x < spec.width; ++x) {
      const auto one = pixel(spec, x, y);
      all.insert(all.end(), one.begin(), one.begin() + (spec.transparent ? 4 : 3));
    }
  }
  return all;
}

void append(Encoded& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

// PNG, ISO/IEC 15948, annex D.
std::uint32_t crc(const std::uint8_t* first, const std::uint8_t* last) {
  std::uint32_t value = 0xffffffff;
  for (; first != last; ++first) {
    value ^= *first;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value;
}

}  // namespace

Encoded picture(const std::string& kind, const PictureSpec& spec) {
  start_once();
  const Encoded raw = pixels(spec);
  const Image image(vips_image_new_from_memory_copy(raw.data(), raw.size(), spec.width, spec.height,
                                                    spec.transparent ? 4 : 3, VIPS_FORMAT_UCHAR));
  image->Type = VIPS_INTERPRETATION_sRGB;
  vips_image_set_int(image.get(), VIPS_META_ORIENTATION, spec.orientation);
  void* data = nullptr;
  std::size_t size = 0;
  if (vips_image_write_to_buffer(image.get(), kind.c_str(), &data, &size, nullptr))
    throw std::runtime_error(vips_error_buffer());
  const std::unique_ptr<void, decltype(&g_free)> owner(data, &g_free);
  const auto* first = static_cast<const std::uint8_t*>(data);
  return {first, first + size};
}

Colour quarter(const Raster& raster, int across, int down) {
  const int x = raster.width * (1 + 2 * across) / 4;
  const int y = raster.height * (1 + 2 * down) / 4;
  const std::uint8_t* at = raster.pixels.data() + (static_cast<std::size_t>(y) * raster.width + x) * 3;
  return {at[0], at[1], at[2]};
}

bool is_near(Colour a, Colour b, int tolerance) {
  return std::abs(a.red - b.red) <= tolerance && std::abs(a.green - b.green) <= tolerance &&
         std::abs(a.blue - b.blue) <= tolerance;
}

Encoded png_header_only(std::uint32_t width, std::uint32_t height) {
  Encoded bytes{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
  append(bytes, width);
  append(bytes, height);
  for (const std::uint8_t field : {8, 2, 0, 0, 0}) bytes.push_back(field);
  append(bytes, crc(bytes.data() + 12, bytes.data() + bytes.size()));
  for (const std::uint8_t byte : {0, 0, 0, 0, 'I' + 0, 'D' + 0, 'A' + 0, 'T' + 0}) bytes.push_back(byte);
  append(bytes, crc(bytes.data() + bytes.size() - 4, bytes.data() + bytes.size()));
  return bytes;
}

Encoded contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return Encoded(std::istreambuf_iterator<char>(stream), {});
}

std::optional<std::filesystem::path> corpus() {
  const char* set = std::getenv("DOODLED_CORPUS");
  const std::filesystem::path place = set ? set : DOODLED_SOURCE_DIR "/../shared/corpus";
  if (!std::filesystem::is_directory(place)) return std::nullopt;
  return place;
}

}  // namespace doodled::testing
