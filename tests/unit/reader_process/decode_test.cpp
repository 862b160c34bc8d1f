#include "core/reader/decode/decode.hpp"

#include <cmath>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/reader_process/pictures.hpp"

using namespace doodled;
using namespace doodled::testing;

namespace {

constexpr Colour red{254, 0, 0}, green{0, 255, 0}, blue{0, 0, 254}, black{0, 0, 0}, white{255, 255, 255};

std::string code_of(Bytes encoded, const DecodeLimits& limits = {}) {
  const auto raster = decode(encoded, limits);
  return raster ? "" : raster.error().code;
}

void check_quarters(const Raster& raster) {
  CHECK(raster.pixels.size() == static_cast<std::size_t>(raster.width) * raster.height * 3);
  CHECK(is_near(quarter(raster, 0, 0), red));
  CHECK(is_near(quarter(raster, 1, 0), green));
  CHECK(is_near(quarter(raster, 0, 1), blue));
  CHECK(is_near(quarter(raster, 1, 1), black));
}

double mean_difference(const Raster& a, const Raster& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(a.pixels[i] - b.pixels[i]);
  return sum / static_cast<double>(a.pixels.size());
}

}  // namespace

TEST_CASE("every supported kind of file gives the same pixels") {
  for (const char* kind :
       {".jpg[Q=95]", ".png", ".webp[Q=95]", ".gif", ".tif", ".heic[Q=90]", ".avif[Q=90]"}) {
    CAPTURE(kind);
    const auto raster = decode(picture(kind), {});
    REQUIRE(raster.has_value());
    CHECK(raster->width == 64);
    CHECK(raster->height == 48);
    check_quarters(*raster);
  }
}

TEST_CASE("the header tells the media type from the bytes and the size upright") {
  const auto info = image_info(picture(".jpg", {64, 48, 6}), {});
  REQUIRE(info.has_value());
  CHECK(*info == ImageInfo{"image/jpeg", 48, 64, 6});
  CHECK(image_info(picture(".webp"), {})->media_type == "image/webp");
  CHECK(image_info(picture(".avif"), {})->media_type == "image/avif");
  CHECK(image_info(picture(".heic"), {})->media_type == "image/heic");
}

TEST_CASE("the stored orientation is applied") {
  const auto turned = decode(picture(".jpg[Q=95]", {64, 48, 6}), {});
  REQUIRE(turned.has_value());
  CHECK(turned->width == 48);
  CHECK(turned->height == 64);
  CHECK(turned->source_width == 48);
  CHECK(is_near(quarter(*turned, 1, 0), red));
  CHECK(is_near(quarter(*turned, 1, 1), green));
  CHECK(is_near(quarter(*turned, 0, 0), blue));
}

TEST_CASE("transparent parts are laid on white") {
  const auto raster = decode(picture(".png", {64, 48, 1, true}), {});
  REQUIRE(raster.has_value());
  CHECK(is_near(quarter(*raster, 0, 0), white));
  CHECK(is_near(quarter(*raster, 0, 1), blue));
}

TEST_CASE("large pictures are shrunk to the target side and remember their size") {
  for (const char* kind : {".jpg[Q=90]", ".png[compression=1]", ".webp", ".tif"}) {
    CAPTURE(kind);
    const auto raster = decode(picture(kind, {2000, 1000}), {.target_side = 640});
    REQUIRE(raster.has_value());
    CHECK(raster->width <= 640);
    CHECK(raster->width >= 480);
    CHECK(std::abs(raster->width - 2 * raster->height) <= 2);
    CHECK(raster->source_width == 2000);
    CHECK(raster->source_height == 1000);
    check_quarters(*raster);
  }
}

TEST_CASE("a picture that is turned and shrunk keeps to the target side") {
  const auto raster = decode(picture(".jpg[Q=90]", {1500, 700, 8}), {.target_side = 600});
  REQUIRE(raster.has_value());
  CHECK(raster->height <= 600);
  CHECK(raster->height >= 450);
  CHECK(raster->source_height == 1500);
}

TEST_CASE("a picture one pixel wide stays one pixel wide") {
  for (const char* kind : {".jpg", ".png", ".webp"}) {
    CAPTURE(kind);
    const auto raster = decode(picture(kind, {1, 9000}), {.target_side = 300});
    REQUIRE(raster.has_value());
    CHECK(raster->width == 1);
    CHECK(raster->height == 300);
  }
  CHECK(decode(picture(".png", {1, 1}), {}).has_value());
}

TEST_CASE("small pictures are not enlarged") { CHECK(decode(picture(".png", {5, 7}), {})->height == 7); }

TEST_CASE("more pixels than allowed are refused on the header alone") {
  const auto refused = decode(png_header_only(20000, 20000), {});
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == "too_many_pixels");
  CHECK(refused.error().message.find("400.0 megapixels") != std::string::npos);
  CHECK(code_of(picture(".jpg", {100, 100}), {.max_pixels = 9'999}) == "too_many_pixels");
  CHECK(code_of(picture(".jpg", {100, 100}), {.max_pixels = 10'000}) == "");
}

TEST_CASE("kinds of files that must be unpacked whole are held to the memory limit") {
  const DecodeLimits tight{.max_unpacked_bytes = 50'000};
  CHECK(code_of(picture(".png[interlace]", {200, 200}), tight) == "too_much_memory");
  CHECK(code_of(picture(".jpg[interlace]", {200, 200}), tight) == "too_much_memory");
  CHECK(code_of(picture(".webp", {200, 200}), tight) == "too_much_memory");
  CHECK(code_of(picture(".heic", {200, 200}), tight) == "too_much_memory");
  CHECK(code_of(picture(".png", {200, 200}), tight) == "");
  CHECK(code_of(picture(".jpg", {200, 200}), tight) == "");
}

TEST_CASE("a file that ends early is refused as truncated") {
  for (const char* kind : {".jpg", ".png", ".tif", ".heic"}) {
    CAPTURE(kind);
    Encoded bytes = picture(kind, {400, 300});
    bytes.resize(bytes.size() * 3 / 4);
    CHECK(code_of(bytes) == "truncated_picture");
  }
}

TEST_CASE("a chunk that claims more than the file holds is refused before it is given memory") {
  Encoded png = picture(".png");
  const std::string_view text(reinterpret_cast<const char*>(png.data()), png.size());
  const auto image_data = text.find("IDAT");
  REQUIRE(image_data != std::string_view::npos);
  const Encoded huge{0x7f, 0xff, 0xff, 0xff, 'i', 'C', 'C', 'P', 0, 0, 0, 0, 0, 0, 0, 0};
  png.insert(png.begin() + static_cast<long>(image_data) - 4, huge.begin(), huge.end());
  const auto info = image_info(png, {});
  REQUIRE(info.has_error());
  CHECK(info.error().code == "damaged_picture");
  CHECK(info.error().message.find("claims more bytes") != std::string::npos);
}

TEST_CASE("bytes after the end of a PNG do no harm") {
  Encoded png = picture(".png");
  png.insert(png.end(), 100, 0xff);
  CHECK(code_of(png) == "");
}

TEST_CASE("a damaged picture is told apart from no picture") {
  Encoded png = picture(".png");
  png[20] ^= 0xff;
  CHECK(code_of(png) == "damaged_picture");
  CHECK(code_of({}) == "not_a_picture");
  CHECK(code_of(as_bytes("hello, this is a text")) == "not_a_picture");
  CHECK(code_of(as_bytes("\xff\xd8\xff")) == "truncated_picture");
}

TEST_CASE("of a file that ends within its first bytes it is said so") {
  for (const char* kind : {".jpg", ".png", ".tif", ".heic", ".webp", ".gif"}) {
    CAPTURE(kind);
    Encoded bytes = picture(kind);
    for (std::size_t size = 0; size < 32; ++size) {
      CAPTURE(size);
      const auto code = code_of(Bytes(bytes).first(size));
      CHECK((code == "not_a_picture" || code == "truncated_picture" || code == "damaged_picture"));
    }
  }
}

TEST_CASE("kinds of files that are known but not read are named") {
  using namespace std::string_view_literals;
  for (const auto text :
       {"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"sv, "%PDF-1.7\n"sv,
        "BM\0\0\0\0\0\0"sv, "8BPS\0\1"sv, "P6\n1 1\n255\n..."sv, "%!PS-Adobe"sv}) {
    CAPTURE(text);
    CHECK(code_of(as_bytes(text)) == "unsupported_picture");
  }
}

TEST_CASE("a JPEG that claims no height is refused") {
  Encoded bytes = picture(".jpg");
  for (std::size_t i = 0; i + 6 < bytes.size(); ++i) {
    if (bytes[i] == 0xff && bytes[i + 1] == 0xc0) bytes[i + 5] = bytes[i + 6] = 0;
  }
  CHECK(code_of(bytes) == "damaged_picture");
}

TEST_CASE("a thumbnail is an upright JPEG of at most the given width") {
  const auto small = thumbnail(picture(".jpg", {900, 600, 6}), 160, {});
  REQUIRE(small.has_value());
  const auto info = image_info(*small, {});
  REQUIRE(info.has_value());
  CHECK(info->media_type == "image/jpeg");
  CHECK(info->width <= 160);
  CHECK(info->width >= 120);
  CHECK(info->height > info->width);
  CHECK(info->orientation == 1);
}

TEST_CASE("a thumbnail of a very tall picture keeps to four times its width") {
  const auto small = thumbnail(picture(".png", {10, 9000}), 100, {});
  REQUIRE(small.has_value());
  CHECK(image_info(*small, {})->height == 400);
}

TEST_CASE("all orientations of a photograph give the same upright picture (corpus)") {
  const auto place = corpus();
  if (!place) {
    MESSAGE("no corpus: set DOODLED_CORPUS");
    return;
  }
  const auto file = [&](int i) {
    return *place / "orientation" / ("Landscape_" + std::to_string(i) + ".jpg");
  };
  const auto upright = decode(contents(file(1)), {});
  REQUIRE(upright.has_value());
  for (int i = 0; i <= 8; ++i) {
    CAPTURE(i);
    const auto raster = decode(contents(file(i)), {});
    REQUIRE(raster.has_value());
    CHECK(raster->source_width == 1800);
    REQUIRE(raster->pixels.size() == upright->pixels.size());
    CHECK(mean_difference(*raster, *upright) < 6);
  }
}
