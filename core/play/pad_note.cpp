#include "core/play/pad_note.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace doodled {
namespace {

// Banks A to D of the layout of the older MPCs; banks E to H have none.
constexpr std::array<std::uint8_t, 64> classic_pads{
    37, 36, 42, 82, 40, 38, 46, 44, 48, 47, 45, 43, 49, 55, 51, 53, 54, 69, 81, 80, 65, 66,
    76, 77, 56, 62, 63, 64, 73, 74, 71, 39, 52, 57, 58, 59, 60, 61, 67, 68, 70, 72, 75, 78,
    79, 35, 41, 50, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98};

int pad_of(int pitch, const std::vector<Pad>& pads) {
  for (const auto& pad : pads)
    if (pad.pitch == pitch) return pad_index(pad.pad);
  return -1;
}

int note_of_pad(std::size_t pad, int pitch, const DeviceProfile& profile) {
  switch (profile.pad_map) {
    case PadMap::general_midi:
      return pitch;
    case PadMap::chromatic_c1:
      return static_cast<int>((pad + 36) % 128);
    case PadMap::chromatic_c_minus_2:
      return static_cast<int>(pad);
    case PadMap::classic:
      return pad < classic_pads.size() ? classic_pads[pad] : pitch;
    case PadMap::custom:
      return profile.custom_pads[pad];
  }
  return pitch;
}

}  // namespace

int pad_note(int pitch, const std::vector<Pad>& pads, const DeviceProfile& profile) {
  const int pad = pad_of(pitch, pads);
  if (pad >= 0) return note_of_pad(static_cast<std::size_t>(pad), pitch, profile);
  const int by_itself = profile.pad_map == PadMap::chromatic_c_minus_2 ? pitch - 36 : pitch;
  return std::clamp(by_itself, 0, 127);
}

}  // namespace doodled
