// Which controller a MIDI Learn binding is to have, as people write it. Pure.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "drivers/mpc/project_map.hpp"

namespace doodled::mpc {

// '0=74' or '0:74', or with the name of a parameter that the profile sends on a controller: '0=cutoff'. Code:
// invalid_binding, pointer 'bind'.
Result<Rebinding> rebinding_from(const std::string& text, const DeviceProfile& profile);

// All of them; without any those that suggested() finds. Codes: invalid_binding; nothing_to_map (pointer
// 'bind') where there are none.
Result<std::vector<Rebinding>> rebindings_from(std::span<const std::string> texts,
                                               const LearnedControls& learned, const DeviceProfile& profile);

}  // namespace doodled::mpc
