#include "core/reader/decode/decode.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "core/reader/decode/png_chunks.hpp"
#include "core/reader/decode/vips_image.hpp"

namespace doodled {
namespace {

using namespace decoding;

struct Size {
  int width = 0, height = 0;
};

struct Opened {
  PictureFormat format;
  Image image;
  ImageInfo info;
};

int stored_orientation(VipsImage* image) { return vips_image_get_orientation(image); }

bool is_set(VipsImage* image, const char* name) {
  int value = 0;
  return vips_image_get_typeof(image, name) == G_TYPE_INT && !vips_image_get_int(image, name, &value) &&
         value;
}

bool has_field(VipsImage* image, const char* name) { return vips_image_get_typeof(image, name) != 0; }

// What must be held in memory at once to unpack the picture. Upper bounds: a progressive JPEG keeps two bytes
// a coefficient; libheif holds the planes, up to 16 bits deep, beside the converted picture.
std::int64_t unpacked_bytes(PictureFormat format, VipsImage* image) {
  const std::int64_t pixels = std::int64_t{image->Xsize} * image->Ysize;
  const auto whole = static_cast<std::int64_t>(pixels * VIPS_IMAGE_SIZEOF_PEL(image));
  switch (format) {
    case PictureFormat::jpeg:
      return is_set(image, "jpeg-multiscan") ? whole * 2 : 0;
    case PictureFormat::png:
      return is_set(image, "interlaced") ? whole : 0;
    case PictureFormat::tiff:
      return whole;
    case PictureFormat::webp:
    case PictureFormat::gif:
      return pixels * 4;
    case PictureFormat::heic:
    case PictureFormat::avif:
      return whole + pixels * 3;
  }
  return whole;
}

std::string megapixels(std::int64_t pixels) {
  return std::to_string(pixels / 1'000'000) + "." + std::to_string(pixels / 100'000 % 10) + " megapixels";
}

void check_limits(const Opened& opened, const DecodeLimits& limits) {
  const std::int64_t pixels = std::int64_t{opened.info.width} * opened.info.height;
  if (pixels > limits.max_pixels)
    throw ErrorException({"too_many_pixels", "The picture has " + megapixels(pixels) + " (" +
                                                 std::to_string(opened.info.width) + " x " +
                                                 std::to_string(opened.info.height) + "); at most " +
                                                 megapixels(limits.max_pixels) + " are read."});
  const std::int64_t bytes = unpacked_bytes(opened.format, opened.image.get());
  if (bytes > limits.max_unpacked_bytes)
    throw ErrorException({"too_much_memory", "Unpacking the picture would take " +
                                                 std::to_string(bytes / 1'000'000) + " MB; at most " +
                                                 std::to_string(limits.max_unpacked_bytes / 1'000'000) +
                                                 " MB are given. Save it smaller or as a baseline JPEG."});
}

Opened open(Bytes encoded, const DecodeLimits& limits) {
  const PictureFormat format = sniff(encoded).value();
  if (format == PictureFormat::png && !png_chunks_are_credible(encoded))
    throw ErrorException(
        {"damaged_picture", "The picture is damaged: a part of it claims more bytes than the file has."});
  Opened opened{format, load(format, encoded, 1), {}};
  VipsImage* image = opened.image.get();
  const int orientation = stored_orientation(image);
  opened.info = {std::string(media_type(format)), image->Xsize, image->Ysize, orientation};
  if (orientation >= 5) std::swap(opened.info.width, opened.info.height);
  check_limits(opened, limits);
  return opened;
}

double scale_to_fit(Size picture, Size target) {
  return std::min({1.0, static_cast<double>(target.width) / picture.width,
                   static_cast<double>(target.height) / picture.height});
}

// Unpacking a JPEG at a half, quarter or eighth costs far less than resampling it, so a size down to three
// quarters of what was asked for is taken as it comes. `smaller_side` keeps at least eight pixels, as a side
// of none is refused.
double load_scale(PictureFormat format, double wanted, int smaller_side) {
  const double least = 8.0 / smaller_side;
  if (format == PictureFormat::webp) return std::min(1.0, std::max(wanted, least));
  if (format != PictureFormat::jpeg) return 1;
  for (const double scale : {0.5, 0.25, 0.125}) {
    if (scale >= least && scale <= wanted && scale >= 0.75 * wanted) return scale;
  }
  for (const double scale : {0.125, 0.25, 0.5}) {
    if (scale >= least && scale >= wanted) return scale;
  }
  return 1;
}

Image with_at_most_four_bands(Image image) {
  if (image->Bands <= 4) return image;
  return made_by([&](VipsImage** out) { return vips_extract_band(image.get(), out, 0, "n", 3, nullptr); });
}

bool has_profile(VipsImage* image) { return has_field(image, VIPS_META_ICC_NAME); }

bool profile_is_srgb(VipsImage* image) {
  const void* data = nullptr;
  std::size_t size = 0;
  if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &data, &size)) return true;
  const std::string_view profile(static_cast<const char*>(data), size);
  return profile.find("sRGB") != std::string_view::npos ||
         profile.find(std::string_view("s\0R\0G\0B", 7)) != std::string_view::npos;
}

// An embedded profile that cannot be used is left out of account rather than refusing the picture.
Image by_profile_to_srgb(Image image) {
  VipsImage* out = nullptr;
  if (vips_icc_transform(image.get(), &out, "srgb", "embedded", TRUE, "depth", 8, nullptr)) {
    vips_error_clear();
    return image;
  }
  return Image(out);
}

Image to_srgb(Image image) {
  image = with_at_most_four_bands(std::move(image));
  if (image->Type == VIPS_INTERPRETATION_CMYK && has_profile(image.get()))
    image = by_profile_to_srgb(std::move(image));
  if (image->Type == VIPS_INTERPRETATION_sRGB && image->BandFmt == VIPS_FORMAT_UCHAR && image->Bands >= 3)
    return image;
  return made_by(
      [&](VipsImage** out) { return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_sRGB, nullptr); });
}

Image on_white(Image image) {
  if (!vips_image_hasalpha(image.get())) return image;
  VipsArrayDouble* white = vips_array_double_newv(1, 255.0);
  struct Release {
    VipsArrayDouble* array;
    ~Release() { vips_area_unref(VIPS_AREA(array)); }
  } release{white};
  return made_by(
      [&](VipsImage** out) { return vips_flatten(image.get(), out, "background", white, nullptr); });
}

int scaled(int side, double scale, int most) {
  return std::clamp(static_cast<int>(std::lround(side * scale)), 1, most);
}

// Never enlarges; keeps at least one pixel each way.
Image shrunk(Image image, Size target) {
  const Size size{image->Xsize, image->Ysize};
  const double scale = scale_to_fit(size, target);
  if (scale >= 1) return image;
  const double across = static_cast<double>(scaled(size.width, scale, target.width)) / size.width;
  const double down = static_cast<double>(scaled(size.height, scale, target.height)) / size.height;
  return made_by([&](VipsImage** out) {
    return vips_resize(image.get(), out, across, "vscale", down, "kernel", VIPS_KERNEL_LINEAR, nullptr);
  });
}

Image three_bytes_a_pixel(Image image) {
  if (image->Bands != 3)
    image = made_by([&](VipsImage** out) { return vips_extract_band(image.get(), out, 0, "n", 3, nullptr); });
  if (image->BandFmt == VIPS_FORMAT_UCHAR) return image;
  return made_by([&](VipsImage** out) { return vips_cast_uchar(image.get(), out, nullptr); });
}

// Turning reads columns, so the pixels are fetched first.
Image upright(Image image) {
  if (stored_orientation(image.get()) == 1) return image;
  Image fetched(vips_image_copy_memory(image.get()));
  if (!fetched) throw ErrorException(take_error());
  return made_by([&](VipsImage** out) { return vips_autorot(fetched.get(), out, nullptr); });
}

struct UnrefRegion {
  void operator()(VipsRegion* region) const { g_object_unref(region); }
};

// By this thread, for pictures that another would take longer to start than to unpack.
void fetch_here(const Image& image, Raster& raster) {
  const std::unique_ptr<VipsRegion, UnrefRegion> region(vips_region_new(image.get()));
  const VipsRect whole{0, 0, image->Xsize, image->Ysize};
  if (!region || vips_region_prepare(region.get(), &whole)) throw ErrorException(take_error());
  raster.pixels.resize(std::size_t(raster.width) * std::size_t(raster.height) * 3);
  const std::size_t row = std::size_t(raster.width) * 3;
  for (int y = 0; y < raster.height; ++y)
    std::memcpy(raster.pixels.data() + row * std::size_t(y), VIPS_REGION_ADDR(region.get(), 0, y), row);
}

Raster fetch(const Image& image) {
  constexpr std::int64_t small = 256 * 256;  // pixels
  Raster raster{image->Xsize, image->Ysize, image->Xsize, image->Ysize, {}};
  if (std::int64_t{raster.width} * raster.height <= small) {
    fetch_here(image, raster);
    return raster;
  }
  std::size_t size = 0;
  const std::unique_ptr<void, decltype(&g_free)> pixels(vips_image_write_to_memory(image.get(), &size),
                                                        &g_free);
  if (!pixels) throw ErrorException(take_error());
  const auto* first = static_cast<const std::uint8_t*>(pixels.get());
  raster.pixels.assign(first, first + size);
  return raster;
}

Raster unpack(Bytes encoded, Opened opened, Size upright_target) {
  const Size target =
      opened.info.orientation >= 5 ? Size{upright_target.height, upright_target.width} : upright_target;
  const double wanted = scale_to_fit({opened.image->Xsize, opened.image->Ysize}, target);
  const double scale = load_scale(opened.format, wanted, std::min(opened.info.width, opened.info.height));
  if (scale < 1) opened.image = load(opened.format, encoded, scale);
  Image image = shrunk(on_white(to_srgb(std::move(opened.image))), target);
  if (has_profile(image.get()) && !profile_is_srgb(image.get())) image = by_profile_to_srgb(std::move(image));
  Raster raster = fetch(upright(three_bytes_a_pixel(std::move(image))));
  raster.source_width = opened.info.width;
  raster.source_height = opened.info.height;
  return raster;
}

template <class Work>
auto with_errors_returned(Work work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

Size thumbnail_size(int width) { return {width, width * 4}; }

std::vector<std::uint8_t> owned_bytes(void* data, std::size_t size) {
  const std::unique_ptr<void, decltype(&g_free)> owner(data, &g_free);
  const auto* first = static_cast<const std::uint8_t*>(data);
  return {first, first + size};
}

std::vector<std::uint8_t> to_jpeg(const Image& image, int quality) {
  void* data = nullptr;
  std::size_t size = 0;
  if (vips_jpegsave_buffer(image.get(), &data, &size, "Q", quality, "strip", TRUE, nullptr))
    throw ErrorException(take_error());
  return owned_bytes(data, size);
}

// Lives no longer than the raster.
Image image_of(const Raster& raster) {
  Image image(vips_image_new_from_memory(raster.pixels.data(), raster.pixels.size(), raster.width,
                                         raster.height, 3, VIPS_FORMAT_UCHAR));
  if (!image) throw ErrorException(take_error());
  image->Type = VIPS_INTERPRETATION_sRGB;
  return image;
}

}  // namespace

Result<ImageInfo> image_info(Bytes encoded, const DecodeLimits& limits) {
  return with_errors_returned([&] { return open(encoded, limits).info; });
}

Result<Raster> decode(Bytes encoded, const DecodeLimits& limits) {
  auto decoded = decode_with_info(encoded, limits);
  if (!decoded) return decoded.error();
  return std::move(decoded->raster);
}

Result<DecodedPicture> decode_with_info(Bytes encoded, const DecodeLimits& limits,
                                        const std::function<void(const ImageInfo&)>& header) {
  return with_errors_returned([&] {
    auto opened = open(encoded, limits);
    auto info = opened.info;
    if (header) header(info);
    return DecodedPicture{std::move(info),
                          unpack(encoded, std::move(opened), {limits.target_side, limits.target_side})};
  });
}

Result<std::vector<std::uint8_t>> thumbnail(Bytes encoded, int width, const DecodeLimits& limits) {
  return with_errors_returned([&] {
    const Size size = thumbnail_size(width);
    return thumbnail(unpack(encoded, open(encoded, limits), size), width);
  });
}

std::vector<std::uint8_t> thumbnail(const Raster& raster, int width) {
  return to_jpeg(shrunk(image_of(raster), thumbnail_size(width)), 80);
}

std::vector<std::uint8_t> to_png(const Raster& raster, int compression) {
  void* data = nullptr;
  std::size_t size = 0;
  const Image image = image_of(raster);
  if (vips_pngsave_buffer(image.get(), &data, &size, "compression", compression, "strip", TRUE, nullptr))
    throw ErrorException(take_error());
  return owned_bytes(data, size);
}

EncodedPicture encode(const Raster& raster, bool png) {
  return {{png ? "image/png" : "image/jpeg", raster.width, raster.height, 1},
          png ? to_png(raster, 2) : to_jpeg(image_of(raster), 88)};
}

}  // namespace doodled
