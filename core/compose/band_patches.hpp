// Sounds for the parts of a band.
#pragma once
#include "core/compose/brief.hpp"

namespace doodled::composing {

Patch patch_for(Role role, const Brief& brief);

}  // namespace doodled::composing
