// A reading on its way from the reader, in a tenth of the time that JSON takes.
#pragma once
#include <cstdint>
#include <vector>

#include "core/base/ids.hpp"
#include "core/image/reading.hpp"

namespace doodled::reader {

// Numbers with five decimals, as in JSON.
std::vector<std::uint8_t> reading_bytes(const Reading& reading);
// The reader may have been taken over by a picture: everything is held to its limits. Error:
// 'invalid_reading'.
Result<Reading> reading_from_bytes(Bytes bytes);

}  // namespace doodled::reader
