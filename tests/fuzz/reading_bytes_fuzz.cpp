// A reading as a reader sends it that a picture has taken over: refused in words, or taken; what was taken is
// the same when it is sent again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/reader/protocol/reading_bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doodled;
  const auto reading = reader::reading_from_bytes(Bytes(data, size));
  if (!reading) {
    if (reading.error().code.empty() || reading.error().message.empty()) std::abort();
    return 0;
  }
  const auto again = reader::reading_from_bytes(reader::reading_bytes(*reading));
  if (!again || to_text(*again) != to_text(*reading)) std::abort();
  return 0;
}
