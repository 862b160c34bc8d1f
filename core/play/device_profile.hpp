// What a device understands, as data: config/profiles/<id>.json, described by schemas/profile.schema.json.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/music/parameters.hpp"
#include "core/music/pitch.hpp"
#include "core/music/session.hpp"
#include "core/play/parameter_route.hpp"

namespace doodled {

// Where an MPE zone lies (MIDI RP-053): lower has its manager on channel 1 and members from 2 up, upper its
// manager on 16 and members from 15 down.
enum class MpeZone { lower, upper };
std::string_view to_string(MpeZone zone);

enum class PadMap { general_midi, chromatic_c1, chromatic_c_minus_2, classic, custom };
std::string_view to_string(PadMap map);

// What a track of a role begins with.
struct ProgramChoice {
  int program = 0;  // 1..128
  int bank = -1;    // 128 * high + low (controllers 0 and 32), -1: not sent
  std::string source = {};
};

struct DeviceProfile {
  std::string id = "generic";
  std::string name = "Any MIDI device";
  MiddleC middle_c = MiddleC::c4;
  std::array<ParameterRoute, parameter_count> controllers{};
  PadMap pad_map = PadMap::general_midi;
  std::array<int, 128> custom_pads{};       // note of pad index 0..127 for PadMap::custom
  int drum_channel = 10;                    // 1..16
  std::map<Role, int> channels = {};        // 1..16: of the tracks of a role, but for drums; else the track's
  int lowest_note = 0, highest_note = 127;  // notes outside move by octaves; drums stay
  int polyphony = 128;                      // 1..128; one more note ends the oldest
  int mpe_members = 0;  // 1..15: melodic tracks share an MPE zone of so many members; 0: no MPE
  MpeZone mpe_zone = MpeZone::lower;
  std::map<Role, ProgramChoice> programs = {};      // sent when a play starts
  std::map<std::string, std::string> sources = {};  // what the profile's values are cited from
  // At most so many changes of one parameter a second, 0..1000; 0: all that the session has. What comes
  // closer is left out, but for the last of a movement.
  int changes_per_second = 0;
  int sysex_gap_ms = 0;  // 0..1000: the least time between two SysEx messages
  int bend_range = 2;    // 1..96 semitones: what the device makes of a full bend outside of MPE
};

// 'A01'..'H16' -> 0..127, or -1; and back.
int pad_index(std::string_view name);
std::string pad_name(int index);

// Where the parameters of any synthesiser are expected: the General MIDI sound controllers.
DeviceProfile generic_profile();

Json to_json(const DeviceProfile& profile);
// Absent members keep their defaults; unknown ones are errors ("invalid_profile", pointers '/controllers/x').
Result<DeviceProfile> profile_from_json(const Json& json);
}  // namespace doodled
