// A device profile: refused in words, or read; what was read is the same when it was written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/play/device_profile.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doodled;
  const auto document = parse_json({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  const auto profile = profile_from_json(*document);
  if (!profile) {
    if (profile.error().code.empty()) std::abort();
    return 0;
  }
  const Json written = to_json(*profile);
  const auto again = profile_from_json(written);
  if (!again || to_json(*again) != written) std::abort();
  return 0;
}
