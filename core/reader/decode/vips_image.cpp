#include "core/reader/decode/vips_image.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <string_view>

namespace doodled::decoding {
namespace {

std::string in_lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

bool mentions_early_end(const std::string& text) {
  constexpr std::array signs{"premature end", "unexpected end", "truncated",
                             "end of file",   "end of stream",  "not enough data",
                             "read error",    "end of data",    "bad seek"};
  return std::any_of(signs.begin(), signs.end(),
                     [&](const char* sign) { return text.find(sign) != std::string::npos; });
}

// The last line says why it failed; those before it are warnings.
std::string last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  const auto before = text.rfind('\n');
  return std::string(before == std::string_view::npos ? text : text.substr(before + 1)).substr(0, 200);
}

// libpng's reasons reach libvips' log only, from whichever thread unpacks.
struct LastWarning {
  std::mutex mutex;
  std::string text;
};

LastWarning& last_warning() {
  static LastWarning warning;
  return warning;
}

}  // namespace

void note_warning(const char* text) {
  const std::lock_guard lock(last_warning().mutex);
  last_warning().text = text ? text : "";
}

Error take_error() {
  const std::string all = vips_error_buffer();
  vips_error_clear();
  if (mentions_early_end(in_lower_case(all)))
    return {"truncated_picture", "The picture ends before all of it has come."};
  std::string text = last_line(all);
  if (text.empty()) {
    const std::lock_guard lock(last_warning().mutex);
    text = last_line(last_warning().text);
  }
  return {"damaged_picture", "The picture is damaged" + (text.empty() ? "." : ": " + text)};
}

namespace {

Image load_unchecked(PictureFormat format, Bytes encoded, double scale) {
  auto* data = const_cast<std::uint8_t*>(encoded.data());
  const std::size_t size = encoded.size();
  const auto fail_on = VIPS_FAIL_ON_TRUNCATED;
  const auto access = VIPS_ACCESS_SEQUENTIAL;
  return made_by([&](VipsImage** out) {
    switch (format) {
      case PictureFormat::jpeg:
        return vips_jpegload_buffer(data, size, out, "access", access, "fail_on", fail_on, "shrink",
                                    static_cast<int>(std::lround(1 / scale)), nullptr);
      case PictureFormat::png:
        return vips_pngload_buffer(data, size, out, "access", access, "fail_on", fail_on, nullptr);
      case PictureFormat::webp:
        return vips_webpload_buffer(data, size, out, "access", access, "fail_on", fail_on, "scale", scale,
                                    nullptr);
      case PictureFormat::gif:
        return vips_gifload_buffer(data, size, out, "access", access, "fail_on", fail_on, nullptr);
      case PictureFormat::tiff:
        return vips_tiffload_buffer(data, size, out, "access", access, "fail_on", fail_on, nullptr);
      case PictureFormat::heic:
      case PictureFormat::avif:
        return vips_heifload_buffer(data, size, out, "access", access, "fail_on", fail_on, nullptr);
    }
    return -1;
  });
}

}  // namespace

Image load(PictureFormat format, Bytes encoded, double scale) {
  note_warning("");
  Image image = load_unchecked(format, encoded, scale);
  // libvips asserts when asked for the pixels of an image without a width or a height.
  if (image->Xsize < 1 || image->Ysize < 1)
    throw ErrorException(
        {"damaged_picture", "The picture is damaged: it claims to have no width or no height."});
  return image;
}

}  // namespace doodled::decoding
