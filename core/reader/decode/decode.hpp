// From the bytes of an untrusted picture file to pixels. Runs inside the sandboxed reader process.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/image/decode_limits.hpp"
#include "core/image/image_info.hpp"
#include "core/image/raster.hpp"

namespace doodled {

// Once per process, before the first call of any other function here and before the sandbox closes: loads
// what is loaded at run time otherwise. Not thread-safe. Throws std::runtime_error when libvips cannot start.
void start_decoder();

// Errors of all functions: "not_a_picture", "unsupported_picture", "too_many_pixels", "too_much_memory"
// (would need more than max_unpacked_bytes), "truncated_picture" (the file ends early), "damaged_picture".
// Limits are checked on the header, before anything is unpacked. Of an animation the first frame is taken.

// Reads the header only, so a truncated file passes.
Result<ImageInfo> image_info(Bytes encoded, const DecodeLimits& limits);

Result<Raster> decode(Bytes encoded, const DecodeLimits& limits);

struct DecodedPicture {
  ImageInfo info;
  Raster raster;
};
// `header`, where given, is called before anything is unpacked.
Result<DecodedPicture> decode_with_info(Bytes encoded, const DecodeLimits& limits,
                                        const std::function<void(const ImageInfo&)>& header = {});

// A JPEG, upright, at most `width` (1..4096) wide and at most four times `width` high.
Result<std::vector<std::uint8_t>> thumbnail(Bytes encoded, int width, const DecodeLimits& limits);
std::vector<std::uint8_t> thumbnail(const Raster& raster, int width);

// The raster as it is, without loss.
std::vector<std::uint8_t> to_png(const Raster& raster, int compression = 6);

struct EncodedPicture {
  ImageInfo info;
  std::vector<std::uint8_t> bytes;
};

// Without metadata. As PNG with little compression, since what shrinks at all is line art, which shrinks
// easily; else as JPEG of quality 88.
EncodedPicture encode(const Raster& raster, bool png);

}  // namespace doodled
