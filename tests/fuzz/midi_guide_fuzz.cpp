// Tables of midi.guide and profiles on any bytes: refused with a reason, or a profile that says the same
// again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/play/midi_guide.hpp"
#include "core/play/profile_shelf.hpp"

using namespace doodled;

namespace {

void use(const Result<DeviceProfile>& profile) {
  if (!profile) {
    if (profile.error().message.empty()) std::abort();
    return;
  }
  (void)profile_remarks(*profile);
  const auto again = profile_from_json(to_json(*profile));
  if (!again || to_json(*again) != to_json(*profile)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  use(profile_from_midi_guide(input));
  if (const auto json = parse_json(input)) use(profile_from_json(*json));
  return 0;
}
