#include "drivers/max/device/companion.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace doodled {

std::string_view purpose_of(const EmbeddedFile& file) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> purposes{{
      {"doodled.amxd", "the device for Live; keep doodled.js beside it"},
      {"doodled.js", "the device's script"},
      {"doodled.maxpat", "the device's patch for Max itself; keep doodled.js beside it"},
      {"doodled-one-file.amxd", "the device for Live with its script inside"},
  }};
  const auto* found =
      std::ranges::find(purposes, file.name, &std::pair<std::string_view, std::string_view>::first);
  return found == purposes.end() ? std::string_view{} : found->second;
}

}  // namespace doodled
