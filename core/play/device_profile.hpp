// What a device understands, as data: config/profiles/<id>.json, described by schemas/profile.schema.json.
#pragma once
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/music/parameters.hpp"
#include "core/music/pitch.hpp"

namespace doodled {

enum class PadMap { general_midi, chromatic_c1, chromatic_c_minus_2, classic, custom };

struct ControllerRoute {
  int controller = -1;      // 0..119, -1: not sent
  bool fine = false;        // 14 bits: controller n (0..31), then n + 32
  bool pitch_bend = false;  // pitch bend instead of a controller
};

struct DeviceProfile {
  std::string id = "generic";
  std::string name = "Any MIDI device";
  MiddleC middle_c = MiddleC::c4;
  std::array<ControllerRoute, parameter_count> controllers{};
  PadMap pad_map = PadMap::general_midi;
  std::array<int, 128> custom_pads{};       // note of pad index 0..127 for PadMap::custom
  int drum_channel = 10;                    // 1..16
  int lowest_note = 0, highest_note = 127;  // notes outside move by octaves; drums stay
  int polyphony = 128;                      // 1..128; one more note ends the oldest
  int mpe_members = 0;  // 1..15: melodic tracks share an MPE zone of so many channels from 2 up; 0: no MPE
  int bend_range = 2;   // 1..96 semitones: what the device makes of a full bend outside of MPE
};

// 'A01'..'H16' -> 0..127, or -1; and back.
int pad_index(std::string_view name);
std::string pad_name(int index);

// Where the parameters of any synthesiser are expected: the General MIDI sound controllers.
DeviceProfile generic_profile();

Json to_json(const DeviceProfile& profile);
// Absent members keep their defaults; unknown ones are errors ("invalid_profile", pointers '/controllers/x').
Result<DeviceProfile> profile_from_json(const Json& json);
// Every *.json of a folder, by id, with the generic profile where the folder has none of that name.
Result<std::map<std::string, DeviceProfile>> load_profiles(const std::filesystem::path& folder);

}  // namespace doodled
