// A page of strokes on its way to the reader: all that is needed to draw it. Numbers of strokes and times
// stay behind.
#pragma once
#include <cstdint>
#include <vector>

#include "core/base/ids.hpp"
#include "core/image/strokes.hpp"

namespace doodled::reader {

// Places and pressures with five decimals, as they are stored.
std::vector<std::uint8_t> page_bytes(const StrokePage& page);
// Errors: 'invalid_page', 'invalid_stroke', 'too_many_strokes'.
Result<StrokePage> page_from_bytes(Bytes bytes);

}  // namespace doodled::reader
