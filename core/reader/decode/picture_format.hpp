// Which kind of file the bytes are, told from their first bytes alone.
#pragma once
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

namespace doodled::decoding {

enum class PictureFormat { jpeg, png, webp, gif, heic, avif, tiff };

std::string_view media_type(PictureFormat format);

// "not_a_picture" for bytes that are no picture at all, "unsupported_picture" for kinds that are known and
// refused (SVG, PDF, BMP, ...).
Result<PictureFormat> sniff(Bytes encoded);

}  // namespace doodled::decoding
