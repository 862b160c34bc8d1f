// Profiles from the tables of midi.guide (github.com/pencilresearch/midi): one CSV file a device, 18 columns,
// a row a parameter. Read at run time from a folder of the user's; its licence (CC BY-SA 4.0) keeps it out of
// the program. Pure.
#pragma once
#include <optional>
#include <string_view>

#include "core/base/result.hpp"
#include "core/music/parameters.hpp"
#include "core/play/device_profile.hpp"

namespace doodled {

// Of the rows, those whose names say one of our parameters ('Filter: Cutoff', 'VCF Frequency') become routes,
// the first that fits best; a controller is preferred to an NRPN. Code: invalid_profile, with 'line 7' as the
// pointer. A file without any known parameter is an error too.
Result<DeviceProfile> profile_from_midi_guide(std::string_view csv);

// How well a row's name says the parameter: 0 best, nothing: not at all.
std::optional<int> guide_rank(Parameter parameter, std::string_view section, std::string_view name);

}  // namespace doodled
