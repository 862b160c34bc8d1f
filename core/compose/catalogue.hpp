// What can be asked of a composition, for people and programs.
#pragma once
#include "core/base/json.hpp"

namespace doodled {

// Every mode with what it makes and whether it needs a picture; every option with what it may be.
Json modes_json();

}  // namespace doodled
